#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace scenograph::sparql {

/// Which columns two sides of a join share, and where the right side's others go in the result.
struct JoinColumns {
  std::size_t left_width = 0;
  std::size_t right_width = 0;
  std::vector<std::pair<std::size_t, std::size_t>> shared;  ///< left column, right column; at most 64 are hashed
  std::vector<std::size_t> added;  ///< right columns that the result appends to the left's, in this order
  bool are_bound = false;          ///< there are shared columns, and every row of either side binds all of them

  [[nodiscard]] std::size_t width() const { return left_width + added.size(); }
};

}  // namespace scenograph::sparql
