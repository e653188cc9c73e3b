#include <array>

#include "store/internal/segment/column.hpp"
#include "store/internal/segment/column_layout.hpp"
#include "store/internal/segment/grouped.hpp"

namespace scenograph::store::internal {

namespace {

bool is_flat(std::span<const std::byte> bytes, std::size_t rows);

bool are_ranges(std::span<const std::byte> bytes, std::size_t rows, bool nested) {
  if (bytes.size() < RangesLayout::header) return false;
  const RangesLayout layout(bytes.data());
  if (layout.width > 64 || layout.ranges > RangesLayout::most_ranges || layout.table_rows > column_rows) return false;
  if (layout.ranges == 0 && layout.table_rows == 0) return false;
  if (nested && layout.table_rows > 0) return false;
  const std::size_t before_table = RangesLayout::header + layout.ranges * RangesLayout::range_bytes;
  const std::size_t needed = before_table + layout.table_bytes + packed_bytes(rows, layout.width);
  if (bytes.size() < needed) return false;
  return layout.table_rows == 0 || is_flat(bytes.subspan(before_table, layout.table_bytes), layout.table_rows);
}

bool are_stretches(std::span<const std::byte> bytes, std::size_t rows) {
  const std::size_t stretches = (rows + stretch_rows - 1) / stretch_rows;
  if (bytes.size() < StretchesLayout::header + stretches) return false;
  const StretchesLayout layout(bytes.data(), rows);
  if (layout.head_width > 64) return false;
  std::size_t needed = StretchesLayout::header + stretches + packed_bytes(stretches, layout.head_width);
  for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
    if (layout.width(stretch) > 64) return false;
    needed += packed_bytes(layout.rows_of(stretch), layout.width(stretch));
  }
  if (bytes.size() < needed) return false;
  // The first difference is 0: searches look at heads only.
  for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
    if (layout.is_delta(stretch) && packed_at(layout.body(stretch), layout.width(stretch), 0) != 0) return false;
  }
  return true;
}

bool are_runs(std::span<const std::byte> bytes, std::size_t rows) {
  if (bytes.size() < RunsLayout::header) return false;
  const RunsLayout layout(bytes.data());
  if (layout.runs == 0 || layout.runs > rows || bytes.size() < RunsLayout::header + layout.values_bytes) return false;
  if (!is_flat(bytes.subspan(RunsLayout::header, layout.values_bytes), layout.runs)) return false;
  if (!is_flat(bytes.subspan(RunsLayout::header + layout.values_bytes), layout.runs)) return false;
  std::array<std::uint64_t, column_rows> ends;
  Column(layout.ends, layout.runs).read(0, layout.runs, ends.data());
  std::uint64_t before = 0;
  for (std::size_t run = 0; run < layout.runs; ++run) {
    if (ends[run] <= before) return false;
    before = ends[run];
  }
  return before == rows;
}

/// A column that another may hold: any encoding that holds none itself.
bool is_flat(std::span<const std::byte> bytes, std::size_t rows) {
  if (bytes.empty()) return false;
  switch (encoding_of(bytes.data())) {
    case Encoding::Constant:
      return bytes.size() >= constant_bytes;
    case Encoding::Ranges:
      return are_ranges(bytes, rows, true);
    case Encoding::Stretches:
      return are_stretches(bytes, rows);
    default:
      return false;
  }
}

bool is_grouped(std::span<const std::byte> bytes, std::size_t rows, const std::byte* selector) {
  if (selector == nullptr || encoding_of(selector) != Encoding::Ranges || bytes.size() < GroupedLayout::header) {
    return false;
  }
  const RangesLayout selecting(selector);
  const GroupedLayout layout(bytes.data(), rows);
  if (selecting.ranges > 0 || layout.groups != selecting.table_rows) return false;
  if (layout.pool_rows == 0 || layout.pool_rows > column_rows) return false;
  const std::size_t before_pool = GroupedLayout::header + layout.groups * GroupedLayout::group_bytes;
  const std::size_t stretches = (rows + stretch_rows - 1) / stretch_rows;
  const std::size_t before_codes = before_pool + layout.pool_bytes + stretches * GroupedLayout::start_bytes;
  if (bytes.size() < before_codes) return false;
  const auto pool = bytes.subspan(before_pool, layout.pool_bytes);
  if (pool.empty() || encoding_of(pool.data()) != Encoding::Ranges) return false;
  if (!are_ranges(pool, layout.pool_rows, false)) return false;
  for (std::size_t group = 0; group < layout.groups; ++group) {
    const GroupedLayout::Group described = layout.group(group);
    if (described.width > 64 || described.first >= layout.pool_rows) return false;
  }
  return GroupedReader(bytes.data(), rows, selector).fits(bytes.size() - before_codes);
}

}  // namespace

bool is_column(std::span<const std::byte> bytes, std::size_t rows, const std::byte* selector) {
  if (bytes.empty() || rows == 0 || rows > column_rows) return false;
  switch (encoding_of(bytes.data())) {
    case Encoding::Ranges:
      return are_ranges(bytes, rows, false);
    case Encoding::Runs:
      return are_runs(bytes, rows);
    case Encoding::Grouped:
      return is_grouped(bytes, rows, selector);
    default:
      return is_flat(bytes, rows);
  }
}

}  // namespace scenograph::store::internal
