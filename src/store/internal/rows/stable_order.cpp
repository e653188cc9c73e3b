#include "store/internal/rows/stable_order.hpp"

#include <algorithm>
#include <bit>
#include <span>

#include "base/stable_sorter.hpp"

namespace scenograph::store::internal {

namespace {

/// The first member of a row, and its place below it.
__extension__ using Key = unsigned __int128;

constexpr unsigned place_bits = 32;
constexpr unsigned worthwhile_gap = 8;  ///< equal bits between others that are cheaper left out than sorted by
constexpr std::size_t few_rows = 2048;

/// A stretch of bits.
struct Bits {
  unsigned first = 0;
  unsigned count = 0;
};

/// Takes the lowest stretch of bits off those that differ.
Bits take_lowest(std::uint64_t& differing) {
  const auto first = static_cast<unsigned>(std::countr_zero(differing));
  unsigned end = first;
  while (end < 64 && (differing >> end) != 0) {
    const auto gap = static_cast<unsigned>(std::countr_zero(differing >> end));
    if (gap > worthwhile_gap) break;
    end += gap;
    end += static_cast<unsigned>(std::countr_one(differing >> end));
  }
  differing = end == 64 ? 0 : differing >> end << end;
  return {first, end - first};
}

std::uint64_t differing_bits(const std::vector<Row>& rows) {
  std::uint64_t differing = 0;
  for (const Row& row : rows) differing |= row[0] ^ rows.front()[0];
  return differing;
}

}  // namespace

bool is_one_pass_from(Order from, Order to) {
  const auto& target = places_of(to);
  std::size_t at = 1;
  for (const Position position : places_of(from)) {
    if (position == target[0]) continue;
    if (position != target[at++]) return false;
  }
  return true;
}

std::vector<Row> stable_sort_by_first(const std::vector<Row>& rows) {
  const auto less = [](const Row& a, const Row& b) { return a[0] < b[0]; };
  std::vector<Row> sorted;
  if (rows.size() < few_rows || std::is_sorted(rows.begin(), rows.end(), less)) {
    sorted = rows;
    std::stable_sort(sorted.begin(), sorted.end(), less);
    return sorted;
  }
  std::vector<Key> keys;
  keys.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) keys.push_back(Key{rows[i][0]} << place_bits | i);
  base::StableSorter<Key> sorter;
  std::span<const Key> order = keys;
  for (std::uint64_t differing = differing_bits(rows); differing != 0;) {
    const Bits bits = take_lowest(differing);
    order = sorter.sort(order, place_bits + bits.first, bits.count, [] {});
  }
  sorted.reserve(rows.size());
  for (const Key key : order) sorted.push_back(rows[static_cast<std::size_t>(key & ((Key{1} << place_bits) - 1))]);
  return sorted;
}

}  // namespace scenograph::store::internal
