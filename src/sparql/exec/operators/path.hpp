#pragma once

#include <cstdint>
#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/scan_pattern.hpp"

namespace scenograph::sparql {

enum class StepKind : std::uint8_t { Link, Inverse, Sequence, Alternative, ZeroOrOne, ZeroOrMore, OneOrMore, Negated };

/// A property path over ids. Source: SPARQL 1.1 Query, section 9.1.
struct Step {
  StepKind kind = StepKind::Link;
  store::TermId predicate;                  ///< of a Link
  std::vector<Step> parts;                  ///< of a Sequence or Alternative; the one of the others
  std::vector<store::TermId> not_forward;   ///< of a Negated
  std::vector<store::TermId> not_backward;  ///< of a Negated; tried only if `has_backward`
  bool has_forward = true;
  bool has_backward = false;
};

/// One end of a path: a constant, or a column of the result.
struct PathEnd {
  store::TermId term;
  int column = ScanPattern::none;
};

/// For each row of `left`, the pairs of nodes that a ZeroOrOne, ZeroOrMore or OneOrMore path connects, each pair once,
/// found breadth-first from whichever end is known. Columns below `left_width` are the left's; one that is Undefined is
/// filled in. Visited nodes are charged to the budget.
///
/// @param graphs  where the path's triples lie, taken as one graph.
/// Source: SPARQL 1.1 Query, section 18.4 (ALP).
[[nodiscard]] OperatorPtr make_path(Context& context, OperatorPtr left, std::size_t left_width, PathEnd subject,
                                    Step path, PathEnd object, store::GraphSet graphs, std::size_t width);

}  // namespace scenograph::sparql
