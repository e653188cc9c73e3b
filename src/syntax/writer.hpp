#pragma once

#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "rdf/term.hpp"
#include "syntax/format.hpp"
#include "syntax/prefixes.hpp"

namespace scenograph::syntax {

struct WriteOptions {
  PrefixList prefixes = usual_prefixes();  ///< Turtle, TriG and RDF/XML write those that are used or, streaming, all
  std::string base;                        ///< written as @base and IRIs made relative to it; empty: none
};

/// Writes quads in one syntax, as they come. Subjects that follow each other are written as one block, so sorted input
/// reads best.
class Writer {
 public:
  virtual ~Writer() = default;

  /// The graph is passed over by syntaxes without graphs. @throws what the sink throws; Error(Code::Unsupported) for a
  /// predicate that RDF/XML cannot name.
  virtual void write(const rdf::Quad& quad) = 0;

  /// Writes what is left. Call it once, last; without it the document is incomplete.
  virtual void finish() = 0;
};

/// @param sink  takes the output in pieces of about 64 KiB.
/// @throws  Error(Code::Unsupported) for JsonLd and Html, which are written a level up (`jsonld/any_syntax.hpp`).
[[nodiscard]] std::unique_ptr<Writer> make_writer(Format format, base::ByteSink sink, const WriteOptions& options = {});

}  // namespace scenograph::syntax
