#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rdf/term.hpp"
#include "sparql/algebra/algebra.hpp"
#include "sparql/exec/value.hpp"

namespace scenograph::reference {

using Solution = std::map<std::string, rdf::Term>;
using Solutions = std::vector<Solution>;

/// Evaluates algebra as SPARQL 1.1 Query, section 18.5, words it: every operator by itself, from the inside out, by
/// nested loops over lists. Slow on purpose, so that the engine can be held against it. Knows what `Generator` makes.
class Evaluator {
 public:
  /// @param union_default_graph  as in QueryOptions.
  Evaluator(const std::vector<rdf::Quad>& quads, bool union_default_graph);

  /// The solutions of a SELECT, in no particular order.
  [[nodiscard]] Solutions evaluate(const sparql::algebra::Query& query) const;

 private:
  using Triples = std::vector<rdf::Triple>;
  using Pairs = std::vector<std::pair<rdf::Term, rdf::Term>>;
  using End = std::optional<rdf::Term>;  ///< of a path: a term, or a variable

  Solutions query(const sparql::algebra::Query& query, const Triples& graph) const;
  Solutions groups(const sparql::algebra::Query& query, const Solutions& rows, const Triples& graph) const;
  Solutions pattern(const sparql::algebra::Pattern& pattern, const Triples& graph) const;
  Solutions bgp(const sparql::algebra::Pattern& pattern, const Triples& graph) const;
  Solutions triple(const sparql::algebra::TriplePattern& triple, const Triples& graph) const;
  Solutions left_join(const sparql::algebra::Pattern& pattern, const Triples& graph) const;
  Solutions named_graph(const sparql::algebra::Pattern& pattern) const;
  Pairs path(const End& subject, const sparql::algebra::Path& path, const End& object, const Triples& graph) const;
  Pairs sequence(const End& subject, const sparql::algebra::Path& path, const End& object, const Triples& graph) const;
  Pairs closure(const End& subject, const sparql::algebra::Path& path, const End& object, const Triples& graph) const;
  std::vector<rdf::Term> reached(const rdf::Term& from, const sparql::algebra::Path& path, bool forward,
                                 const Triples& graph) const;
  bool holds(const sparql::algebra::Expression& expression, const Solution& row, const Triples& graph) const;
  sparql::Value value(const sparql::algebra::Expression& expression, const Solution& row, const Triples& graph) const;
  sparql::Value logical(const sparql::algebra::Expression& expression, const Solution& row, const Triples& graph) const;
  sparql::Value aggregate(const sparql::algebra::Expression& expression, const Solutions& rows,
                          const Triples& graph) const;

  Triples default_graph_;
  std::map<rdf::Term, Triples> named_graphs_;
};

}  // namespace scenograph::reference
