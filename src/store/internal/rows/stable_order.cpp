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

std::uint64_t differing_bits(const std::vector<Row>& rows, std::size_t member) {
  std::uint64_t differing = 0;
  for (const Row& row : rows) differing |= row[member] ^ rows.front()[member];
  return differing;
}

std::vector<Row> sort_few(const std::vector<Row>& rows, Order from, Order to) {
  std::vector<Row> sorted;
  sorted.reserve(rows.size());
  for (const Row& row : rows) sorted.push_back(reorder(row, from, to));
  std::sort(sorted.begin(), sorted.end());
  return sorted;
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

std::vector<Row> sort_in_one_pass(const std::vector<Row>& rows, Order from, Order to) {
  if (rows.size() < few_rows) return sort_few(rows, from, to);
  const auto& places = places_of(from);
  const auto member =
      static_cast<std::size_t>(std::find(places.begin(), places.end(), places_of(to)[0]) - places.begin());
  std::vector<Key> keys;
  keys.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) keys.push_back(Key{rows[i][member]} << place_bits | i);
  base::StableSorter<Key> sorter;
  std::span<const Key> order = keys;
  for (std::uint64_t differing = differing_bits(rows, member); differing != 0;) {
    const Bits bits = take_lowest(differing);
    order = sorter.sort(order, place_bits + bits.first, bits.count, [] {});
  }
  std::vector<Row> sorted;
  sorted.reserve(rows.size());
  for (const Key key : order) {
    sorted.push_back(reorder(rows[static_cast<std::size_t>(key & ((Key{1} << place_bits) - 1))], from, to));
  }
  return sorted;
}

}  // namespace scenograph::store::internal
