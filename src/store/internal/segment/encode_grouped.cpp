#include <algorithm>

#include "store/internal/segment/encode.hpp"
#include "store/internal/segment/ranges.hpp"

namespace scenograph::store::internal {

namespace {

using Group = GroupedLayout::Group;

/// Bits that an entry of the pool is likely to take.
constexpr std::size_t entry_bits = 28;

void sort_by_group(Grouping& grouping, std::size_t rows) {
  std::fill_n(grouping.begins.begin(), grouping.groups + 1, 0U);
  for (std::size_t row = 0; row < rows; ++row) ++grouping.begins[grouping.selected[row] + 1];
  for (std::size_t group = 0; group < grouping.groups; ++group) grouping.begins[group + 1] += grouping.begins[group];
  std::array<std::uint32_t, column_rows> next;
  std::copy_n(grouping.begins.begin(), grouping.groups, next.begin());
  for (std::size_t row = 0; row < rows; ++row) {
    grouping.rows[next[grouping.selected[row]]++] = static_cast<std::uint32_t>(row);
  }
}

/// Gives the rows of a group codes that are places in a dictionary, if there are at most `most` distinct numbers.
bool describe_as_dictionary(Numbers values, std::span<const std::uint32_t> rows, std::size_t most,
                            ColumnScratch& scratch, Grouping& grouping, Group& group) {
  scratch.start_table();
  for (const std::uint32_t row : rows) {
    grouping.codes[row] = scratch.entry_of(values[row]);
    if (scratch.entries.size() > most) return false;
  }
  group = {bits_of(scratch.entries.size() - 1), 0, true, grouping.pool.size()};
  for (const auto& entry : scratch.entries) grouping.pool.push_back(entry.first);
  return true;
}

void describe(Numbers values, std::span<const std::uint32_t> rows, ColumnScratch& scratch, Grouping& grouping,
              Group& group) {
  std::uint64_t least = values[rows[0]];
  std::uint64_t most = least;
  std::uint64_t differing = 0;
  for (const std::uint32_t row : rows) {
    differing |= values[row] ^ values[rows[0]];
    least = std::min(least, values[row]);
    most = std::max(most, values[row]);
  }
  const unsigned shift = differing == 0 ? 0 : static_cast<unsigned>(__builtin_ctzll(differing));
  const unsigned width = bits_of((most - least) >> shift);
  // A dictionary of d entries pays if it saves more bits of codes than its entries take.
  const std::size_t largest = std::min(rows.size() / 2, rows.size() * width / entry_bits);
  if (width > 1 && largest > 1 && describe_as_dictionary(values, rows, largest, scratch, grouping, group)) {
    const std::size_t dictionary_bits = rows.size() * group.width + (grouping.pool.size() - group.first) * entry_bits;
    if (dictionary_bits < rows.size() * width + entry_bits) return;
    grouping.pool.resize(group.first);
  }
  group = {width, shift, false, grouping.pool.size()};
  grouping.pool.push_back(least);
  for (const std::uint32_t row : rows) grouping.codes[row] = (values[row] - least) >> shift;
}

/// Appends the rows' codes, each stretch from a full byte on, whose places go to `starts`.
void append_codes(const Grouping& grouping, std::size_t rows, std::size_t starts, Bytes& out) {
  const std::size_t begin = out.size();
  out.resize(begin + rows * 8 + packing_slack);
  std::byte* at = out.data() + begin;
  for (std::size_t first = 0; first < rows; first += stretch_rows) {
    const auto start = static_cast<std::uint16_t>(at - (out.data() + begin));
    std::memcpy(out.data() + starts + first / stretch_rows * sizeof start, &start, sizeof start);
    std::uint64_t word = 0;
    unsigned filled = 0;
    for (std::size_t row = first; row < std::min(rows, first + stretch_rows); ++row) {
      const std::uint64_t code = grouping.codes[row];
      const unsigned width = grouping.described[grouping.selected[row]].width;
      word |= code << filled;
      filled += width;
      if (filled < 64) continue;
      store_number(at, word);
      at += 8;
      filled -= 64;
      word = filled == 0 ? 0 : code >> (width - filled);
    }
    store_number(at, word);
    at += (filled + 7) / 8;
  }
  out.resize(static_cast<std::size_t>(at - out.data()));
}

}  // namespace

void write_grouped(Numbers values, std::size_t member, std::span<const std::byte> selector, ColumnScratch& scratch,
                   std::size_t begin, Bytes& out) {
  Grouping& grouping = scratch.grouping;
  grouping.groups = RangesLayout(selector.data()).table_rows;
  grouping.pool.clear();
  RangesReader(selector.data()).read_codes(0, values.size(), grouping.selected.data());
  sort_by_group(grouping, values.size());
  std::size_t bits = 0;
  for (std::size_t group = 0; group < grouping.groups; ++group) {
    const auto rows = std::span(grouping.rows).first(grouping.begins[group + 1]).subspan(grouping.begins[group]);
    describe(values, rows, scratch, grouping, grouping.described[group]);
    bits += rows.size() * grouping.described[group].width;
  }
  const std::size_t fixed = GroupedLayout::header + grouping.groups * GroupedLayout::group_bytes;
  if (fixed + bits / 8 >= out.size() - begin) return;
  Bytes pool;
  write_ranges(plan_ranges(grouping.pool), grouping.pool, scratch, pool);
  const std::size_t starts_bytes = (values.size() + stretch_rows - 1) / stretch_rows * GroupedLayout::start_bytes;
  if (fixed + pool.size() + starts_bytes + bits / 8 + stretch_rows / 8 >= out.size() - begin) return;
  out.resize(begin);
  append(out, static_cast<std::uint8_t>(Encoding::Grouped));
  append(out, static_cast<std::uint8_t>(member));
  append(out, static_cast<std::uint16_t>(grouping.groups));
  append(out, static_cast<std::uint16_t>(grouping.pool.size()));
  append(out, static_cast<std::uint16_t>(pool.size()));
  for (std::size_t group = 0; group < grouping.groups; ++group) {
    append(out, GroupedLayout::described(grouping.described[group]));
  }
  out.insert(out.end(), pool.begin(), pool.end());
  const std::size_t starts = out.size();
  out.resize(starts + starts_bytes);
  append_codes(grouping, values.size(), starts, out);
}

}  // namespace scenograph::store::internal
