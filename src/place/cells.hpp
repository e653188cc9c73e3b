#pragma once

#include <string>
#include <vector>

#include "place/box.hpp"

namespace scenograph::place {

// The map of longitudes and latitudes is cut into four again and again. A cell's name has a digit, 0 to 3, for each
// cut: it begins with the names of all cells it lies in. The finest cells are 600 m wide at the equator.

/// The finest cells, as few as four at most (eight across the 180th meridian), that cover the box.
[[nodiscard]] std::vector<std::string> cells_of(const Box& box);

/// Where to look for everything whose cells share a place with the box.
struct CellSearch {
  std::vector<std::string> beginnings;  ///< any cell whose name begins so
  std::vector<std::string> exactly;     ///< cells around those
};
[[nodiscard]] CellSearch search_of(const Box& box);

}  // namespace scenograph::place
