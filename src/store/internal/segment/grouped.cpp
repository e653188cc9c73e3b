#include "store/internal/segment/grouped.hpp"

#include <algorithm>
#include <array>

namespace scenograph::store::internal {

namespace {

/// The number of `width` bits at `bit`.
std::uint64_t code_at(const std::byte* codes, std::size_t bit, unsigned width) {
  const std::byte* const at = codes + bit / 8;
  const unsigned shift = bit % 8;
  std::uint64_t code = load_number(at) >> shift;
  if (shift + width > 64) code |= load_number(at + 8) << (64 - shift);
  return code & low_bits(width);
}

}  // namespace

/// All groups and the whole pool, for many rows.
struct GroupedReader::Groups {
  std::array<GroupedLayout::Group, column_rows> all;
  std::array<std::uint64_t, column_rows> pool;
};

void GroupedReader::read_selector(std::size_t first, std::size_t count, std::uint64_t* out) const {
  selector_.read_codes(first, count, out);
  for (std::size_t row = 0; row < count; ++row) out[row] = std::min<std::uint64_t>(out[row], layout_.groups - 1);
}

void GroupedReader::read(std::size_t first, std::size_t count, std::uint64_t* out) const {
  constexpr std::size_t few = 32;
  if (count <= few) {
    read_few(first, count, out);
    return;
  }
  Groups groups;
  for (std::size_t group = 0; group < layout_.groups; ++group) groups.all[group] = layout_.group(group);
  Column(layout_.pool, layout_.pool_rows).read(0, layout_.pool_rows, groups.pool.data());
  while (count > 0) {
    const std::size_t skip = first % stretch_rows;
    const std::size_t rows = std::min(count, stretch_rows - skip);
    read_stretch(groups, first / stretch_rows, skip, rows, out);
    first += rows;
    out += rows;
    count -= rows;
  }
}

void GroupedReader::read_stretch(const Groups& groups, std::size_t stretch, std::size_t skip, std::size_t count,
                                 std::uint64_t* out) const {
  std::array<std::uint64_t, stretch_rows> selected;
  read_selector(stretch * stretch_rows, skip + count, selected.data());
  std::size_t bit = layout_.start(stretch) * 8;
  for (std::size_t row = 0; row < skip; ++row) bit += groups.all[selected[row]].width;
  for (std::size_t row = 0; row < count; ++row) {
    const GroupedLayout::Group& group = groups.all[selected[skip + row]];
    const std::uint64_t code = code_at(layout_.codes, bit, group.width);
    bit += group.width;
    const std::size_t entry = std::min<std::uint64_t>(group.first + code, layout_.pool_rows - 1);
    out[row] = group.is_dictionary ? groups.pool[entry] : groups.pool[group.first] + (code << group.shift);
  }
}

void GroupedReader::read_few(std::size_t first, std::size_t count, std::uint64_t* out) const {
  const RangesReader pool(layout_.pool);
  std::array<std::uint64_t, stretch_rows> selected;
  while (count > 0) {
    const std::size_t stretch = first / stretch_rows;
    const std::size_t skip = first % stretch_rows;
    const std::size_t rows = std::min(count, stretch_rows - skip);
    read_selector(stretch * stretch_rows, skip + rows, selected.data());
    std::size_t bit = layout_.start(stretch) * 8;
    for (std::size_t row = 0; row < skip; ++row) bit += layout_.group(selected[row]).width;
    for (std::size_t row = 0; row < rows; ++row) {
      const GroupedLayout::Group group = layout_.group(selected[skip + row]);
      const std::uint64_t code = code_at(layout_.codes, bit, group.width);
      bit += group.width;
      const std::size_t entry = std::min<std::uint64_t>(group.first + code, layout_.pool_rows - 1);
      out[row] = group.is_dictionary ? pool.at(entry) : pool.at(group.first) + (code << group.shift);
    }
    first += rows;
    out += rows;
    count -= rows;
  }
}

bool GroupedReader::fits(std::size_t bytes) const {
  std::array<std::uint64_t, stretch_rows> selected;
  for (std::size_t first = 0; first < rows_; first += stretch_rows) {
    const std::size_t count = std::min(stretch_rows, rows_ - first);
    read_selector(first, count, selected.data());
    std::size_t bits = layout_.start(first / stretch_rows) * 8;
    for (std::size_t row = 0; row < count; ++row) bits += layout_.group(selected[row]).width;
    if (bits > bytes * 8) return false;
  }
  return true;
}

}  // namespace scenograph::store::internal
