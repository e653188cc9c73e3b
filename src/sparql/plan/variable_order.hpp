#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace scenograph::sparql {

/// A relation of one or two variables that is joined with others, variable by variable.
struct VariableRelation {
  double rows = 0;
  std::vector<std::pair<std::uint32_t, double>> variables;  ///< one or two: number, distinct terms
  std::uint64_t source = 0;                                 ///< the same for relations of the same rows
};

/// In which order a multiway join goes through its variables.
struct VariableOrder {
  std::vector<std::uint32_t> variables;
  double rows = 0;  ///< estimated, of the result
  double cost = 0;  ///< in nanoseconds, as `order_joins` counts them: reading the relations, and going through them
};

/// A multiway join of more variables than this is not planned: the order is found in O(2^n · n²).
inline constexpr std::uint32_t most_multiway_variables = 10;

/// The order that costs least, by dynamic programming over sets of variables and the last one of each. A variable goes
/// through a list of one before it, best the last, whose members are then looked for among those of the other lists. A
/// term that was come to by the same relation on the same side has a longer list than most: those with long lists are
/// come to more often.
///
/// @param count  variables are numbered from 0 to before this; each stands in some relation. REQUIRES: at most
///               `most_multiway_variables`.
[[nodiscard]] VariableOrder order_variables(const std::vector<VariableRelation>& relations, std::uint32_t count);

}  // namespace scenograph::sparql
