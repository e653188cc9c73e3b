#include "place/cells.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>

namespace scenograph::place {

namespace {

constexpr unsigned finest = 16;

/// A box in units of the finest cells, ends included.
struct Cells {
  std::uint32_t west, south, east, north;
};

std::uint32_t column_of(double longitude) {
  const double column = std::floor((longitude + 180) / 360 * (1U << finest));
  return static_cast<std::uint32_t>(std::clamp(column, 0.0, (1U << finest) - 1.0));
}

std::uint32_t row_of(double latitude) {
  const double row = std::floor((latitude + 90) / 180 * (1U << finest));
  return static_cast<std::uint32_t>(std::clamp(row, 0.0, (1U << finest) - 1.0));
}

/// Cut at the 180th meridian, which belongs to both sides.
std::vector<Cells> cells_in(const Box& box) {
  const std::uint32_t south = row_of(box.south);
  const std::uint32_t north = row_of(box.north);
  std::vector<Cells> out = {{column_of(box.west), south, column_of(std::min(box.east, 180.0)), north}};
  if (box.east >= 180) out.push_back({0, south, column_of(box.east - 360), north});
  return out;
}

std::string name_of(std::uint32_t column, std::uint32_t row, unsigned level) {
  std::string name;
  for (unsigned bit = level; bit > 0; --bit) {
    name.push_back(static_cast<char>('0' + (column >> (bit - 1) & 1U) + 2 * (row >> (bit - 1) & 1U)));
  }
  return name;
}

/// The cells of the finest level of which no more than `most` a side cover it.
void add_cover(const Cells& cells, std::uint32_t most, std::set<std::string>& out) {
  unsigned coarser = 0;
  while ((cells.east >> coarser) - (cells.west >> coarser) >= most ||
         (cells.north >> coarser) - (cells.south >> coarser) >= most) {
    ++coarser;
  }
  for (std::uint32_t column = cells.west >> coarser; column <= cells.east >> coarser; ++column) {
    for (std::uint32_t row = cells.south >> coarser; row <= cells.north >> coarser; ++row) {
      out.insert(name_of(column, row, finest - coarser));
    }
  }
}

std::set<std::string> cover_of(const Box& box, std::uint32_t most) {
  std::set<std::string> names;
  for (const Cells& cells : cells_in(box)) add_cover(cells, most, names);
  return names;
}

}  // namespace

std::vector<std::string> cells_of(const Box& box) {
  const std::set<std::string> names = cover_of(box, 2);
  return {names.begin(), names.end()};
}

CellSearch search_of(const Box& box) {
  constexpr std::uint32_t most_a_side = 4;
  const std::set<std::string> names = cover_of(box, most_a_side);
  std::set<std::string> around;
  for (const std::string& name : names) {
    for (std::size_t size = 0; size < name.size(); ++size) around.insert(name.substr(0, size));
  }
  return {{names.begin(), names.end()}, {around.begin(), around.end()}};
}

}  // namespace scenograph::place
