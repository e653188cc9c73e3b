#pragma once

#include <functional>
#include <string>

#include "base/error.hpp"
#include "base/phrase.hpp"

namespace scenograph::base {

enum class Severity : std::uint8_t { Info, Warning, Error };

/// One remark on lenient input: what was found, where, and what was made of it. Work goes on after it.
struct Diagnostic {
  Severity severity = Severity::Warning;
  Where where;        ///< source, and record or line
  std::string field;  ///< column, JSON key or property; empty for a whole record
  std::string found;  ///< the offending text, cut to 200 bytes at a character boundary
  std::string made;   ///< what it became; empty if it was left out
  Phrase message;     ///< one sentence: what is wrong and how to mend it at the source
};

/// Receives diagnostics in input order, on the thread that reads the input.
using DiagnosticSink = std::function<void(const Diagnostic&)>;

/// "agenda.csv, record 12, «Prix»: the price was written as a number (found «12 €», made «12»)"; "kept as it was" where
/// what was made is what was found.
///
/// @param language  "fr" or "en"
[[nodiscard]] std::string to_string(const Diagnostic& diagnostic, std::string_view language = "en");

}  // namespace scenograph::base
