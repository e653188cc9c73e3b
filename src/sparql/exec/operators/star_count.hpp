#pragma once

#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/scan_pattern.hpp"

namespace scenograph::sparql {

/// A pattern, and the position of the term that it shares with the others.
struct StarMemberPattern {
  ScanPattern pattern;
  std::size_t shared = 0;
};

/// One row with one column: how many rows the join of the patterns on the shared term has. None of them is made: for
/// each term the numbers of its quads are multiplied.
///
/// Cost: one pass over the first pattern's range; the others are skipped through.
/// @throws Error(Code::TooLarge) past 2^63 rows.
[[nodiscard]] OperatorPtr make_star_count(Context& context, std::vector<StarMemberPattern> members);

}  // namespace scenograph::sparql
