#pragma once

#include <array>
#include <cstddef>

#include "store/view.hpp"

namespace scenograph::sparql {

/// A quad pattern as operators see it: each position is a constant, a column, both or neither.
struct ScanPattern {
  static constexpr int none = -1;

  store::QuadId bound;                                 ///< constants; Undefined elsewhere
  std::array<int, 4> columns{none, none, none, none};  ///< where a position's term goes; the same column twice: both
                                                       ///< positions must agree
  store::GraphSet graphs = store::GraphSet::all();
  bool distinct_triples = false;
};

/// The member of `quad` at index 0 to 3.
[[nodiscard]] inline store::TermId& member(store::QuadId& quad, std::size_t index) {
  switch (index) {
    case 0:
      return quad.subject;
    case 1:
      return quad.predicate;
    case 2:
      return quad.object;
    default:
      return quad.graph;
  }
}

[[nodiscard]] inline store::TermId member(const store::QuadId& quad, std::size_t index) {
  return member(const_cast<store::QuadId&>(quad), index);
}

/// An order in which quads that agree with the constants form one range of the index, sorted first by those of the
/// positions in `then` (subject, predicate, object), as far as any order is.
[[nodiscard]] store::Order order_for(const store::QuadId& bound, std::array<bool, 3> then = {});

}  // namespace scenograph::sparql
