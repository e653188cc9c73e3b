#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "store/star_statistics.hpp"

namespace scenograph::sparql {

/// Relations that say something of the same subject, and what is known of them together.
struct JoinStar {
  std::uint32_t variable = 0;  ///< the subject's number
  store::StarStatistics statistics;
};

/// What is known of one relation to join: its rows, its variables, and how many terms each takes.
struct JoinInput {
  double rows = 0;
  double selectivity = 1;                                   ///< of filters that look at it alone
  std::vector<std::pair<std::uint32_t, double>> variables;  ///< number, distinct terms
  std::vector<std::pair<std::uint32_t, double>> sortable;   ///< variables its index can be read by in order, and looked
                                                            ///< up by; the rows that are read so
  bool needs_left = false;          ///< looked up row by row, and costly unless a variable of it is known already
  std::optional<std::size_t> star;  ///< the star it belongs to
  std::size_t star_member = 0;      ///< which one of it
};

/// One step of a left-deep join: the input that joins what is there, and how.
struct JoinStep {
  std::size_t input = 0;
  bool by_lookup = false;                    ///< looked up by what is there, rather than read as a whole
  double rows = 0;                           ///< estimated, after this step
  std::optional<std::uint32_t> sorted = {};  ///< of the first one: the variable it is to be read in order of; of a
                                             ///< look-up: the variable that what is there is to be sorted by before
};

struct JoinOrder {
  std::vector<JoinStep> steps;
  double cost = 0;  ///< estimated, in nanoseconds
};

/// The order in which joining costs least by the estimates: dynamic programming up to 12 inputs, greedily above. Inputs
/// without shared variable come last. O(2^n · n²) for each order that rows may come in, resp. O(n³).
///
/// Joining on a variable keeps, of all pairs of rows, one in as many as the side with more distinct terms has; where
/// both sides belong to a star, as many as its statistics say.
///
/// @throws  what `budget.check` throws.
[[nodiscard]] JoinOrder order_joins(const std::vector<JoinInput>& inputs, const std::vector<JoinStar>& stars,
                                    const base::Budget& budget);

}  // namespace scenograph::sparql
