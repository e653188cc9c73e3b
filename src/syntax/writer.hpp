#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "rdf/term.hpp"
#include "syntax/format.hpp"
#include "syntax/prefixes.hpp"

namespace scenograph::syntax {

struct WriteOptions {
  PrefixList prefixes = usual_prefixes();  ///< Turtle, TriG and RDF/XML write those that are used or, streaming, all
  std::string base;                        ///< written as @base and IRIs made relative to it; empty: none

  /// Turtle and TriG: memory for quads that are held until `finish`, to be arranged: subjects, predicates and objects
  /// in an order that does not depend on how they came, lists in ( ), blank nodes that are named once within [ ]. More
  /// than that are written as they come, all of them; 0: always.
  std::size_t arrange_bytes = 0;
  std::function<void()> on_too_many;  ///< called when they are more; may be null
};

/// Writes quads in one syntax, as they come. Subjects that follow each other are written as one block, so sorted input
/// reads best.
class Writer {
 public:
  virtual ~Writer() = default;

  /// The graph is passed over by syntaxes without graphs. @throws what the sink throws; Error(Code::Unsupported) for a
  /// predicate that RDF/XML cannot name.
  virtual void write(const rdf::Quad& quad) = 0;

  /// A prefix that the source of the quads has. Turtle and TriG use it from here on, unless its name is taken.
  virtual void add_prefix(std::string_view name, std::string_view iri) {
    (void)name;
    (void)iri;
  }

  /// Writes what is left. Call it once, last; without it the document is incomplete.
  virtual void finish() = 0;
};

/// @param sink  takes the output in pieces of about 64 KiB.
/// @throws  Error(Code::Unsupported) for JsonLd and Html, which are written a level up (`jsonld/any_syntax.hpp`).
[[nodiscard]] std::unique_ptr<Writer> make_writer(Format format, base::ByteSink sink, const WriteOptions& options = {});

}  // namespace scenograph::syntax
