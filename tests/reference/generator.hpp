#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "rdf/term.hpp"
#include "sparql/algebra/algebra.hpp"

namespace scenograph::reference {

/// Makes small random datasets and queries, the same for the same seed, out of so few terms and variables that they
/// often meet.
class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  [[nodiscard]] std::vector<rdf::Quad> quads();

  /// A SELECT that the parser could have made.
  [[nodiscard]] sparql::algebra::Query query();

 private:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool chance(std::size_t percent) { return below(100) < percent; }

  rdf::Term resource();
  rdf::Term predicate();
  rdf::Term object();
  rdf::Term graph();
  sparql::algebra::Node variable();
  sparql::algebra::Node subject_node();
  sparql::algebra::Node object_node();
  sparql::algebra::Path path(std::size_t depth);
  sparql::algebra::TriplePattern triple();
  sparql::algebra::Pattern bgp();
  sparql::algebra::Pattern pattern(std::size_t depth);
  sparql::algebra::Pattern combined(sparql::algebra::PatternKind kind, std::size_t depth, std::size_t children);
  sparql::algebra::Pattern extend(std::size_t depth);
  sparql::algebra::Pattern values();
  sparql::algebra::Pattern sub_query(std::size_t depth);
  sparql::algebra::Pattern exists_pattern(std::size_t depth);
  sparql::algebra::Expression condition(std::size_t depth);
  sparql::algebra::Expression operand();
  void group(sparql::algebra::Query& query);

  std::mt19937 random_;
};

}  // namespace scenograph::reference
