#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sparql/algebra/algebra.hpp"
#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

using IdTriple = std::array<store::TermId, 3>;

/// The template of a CONSTRUCT over columns of solutions (SPARQL 1.1 Query, section 16.2). One thread; the
/// context must outlive it, and its budget is checked.
class TripleTemplate {
 public:
  /// @param columns  the variables, by column. Those that have none are unbound.
  TripleTemplate(const std::vector<algebra::TriplePattern>& triples, const std::vector<std::string>& columns,
                 Context& context);

  /// Appends the triples of one solution, but those that would have an unbound member, a literal for a subject or
  /// anything but an IRI for a predicate. Blank nodes of the template are new each time.
  void expand(const Batch& rows, std::size_t row, std::vector<IdTriple>& out);

 private:
  struct Node {
    store::TermId constant;  ///< Undefined: a variable or a blank node
    int column = -1;
    std::string blank;
  };

  Node compile(const algebra::Node& node, const std::vector<std::string>& columns);
  store::TermId resolve(const Node& node, const Batch& rows, std::size_t row);

  Context& context_;
  std::vector<std::array<Node, 3>> triples_;
};

/// Appends the triples with their terms, each term read once. What they take is charged.
void append_triples(Context& context, std::span<const IdTriple> ids, std::vector<rdf::Triple>& out,
                    base::Charge& charge);

}  // namespace scenograph::sparql
