#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "rdf/term.hpp"
#include "syntax/format.hpp"

namespace scenograph::lenient {

/// What a document gave.
struct Outcome {
  std::vector<rdf::Quad> quads;
  std::vector<base::Diagnostic> diagnostics;
  std::string error;  ///< "BadSyntax" and the like; empty: none
};

/// Reads a document whose address is http://site.test/show.
[[nodiscard]] Outcome read(const std::string& text, syntax::Format format, bool lenient);

/// The name of the repair that a diagnostic tells; "" if it tells none.
[[nodiscard]] std::string repair_name(const base::Diagnostic& diagnostic);

/// As case files have it: `LINE:COLUMN NAME «FIELD» "FOUND" -> "MADE"REST`, without what is empty. What was found in a
/// text is left out, and REST is what stands after the rule's message.
[[nodiscard]] std::string to_line(const base::Diagnostic& diagnostic);

}  // namespace scenograph::lenient
