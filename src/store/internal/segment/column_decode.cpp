#include <algorithm>
#include <array>

#include "store/internal/segment/column.hpp"
#include "store/internal/segment/column_layout.hpp"

namespace scenograph::store::internal {

namespace {

/// Halves [low, high) by `at` until the first row that is `value` or more is found.
template <typename At>
std::size_t first_not_below(std::size_t low, std::size_t high, std::uint64_t value, const At& at) {
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (at(middle) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// Turns codes into numbers.
class RangeMap {
 public:
  explicit RangeMap(const RangesLayout& layout) : layout_(layout) {
    for (std::size_t range = 0; range < layout.ranges; ++range) {
      const std::uint64_t before = range == 0 ? 0 : layout.end(range - 1);
      ends_[range] = layout.end(range);
      units_[range] = layout.unit(range);
      shifts_[range] = layout.base(range) - before * units_[range];
    }
  }

  [[nodiscard]] bool is_offset() const { return layout_.ranges == 1 && layout_.table_rows == 0 && units_[0] == 1; }
  [[nodiscard]] std::uint64_t offset() const { return shifts_[0]; }

  /// @param table  gives the number of an entry of the table
  template <typename Table>
  [[nodiscard]] std::uint64_t map(std::uint64_t code, const Table& table) const {
    const std::size_t range = range_of(code);
    if (range < layout_.ranges) return shifts_[range] + code * units_[range];
    if (layout_.table_rows == 0) return map_without_table(code);
    const std::uint64_t first = layout_.ranges == 0 ? 0 : ends_[layout_.ranges - 1];
    return table(std::min<std::uint64_t>(code - first, layout_.table_rows - 1));
  }

  /// Codes past all ranges, which no encoder writes, count to the last.
  [[nodiscard]] std::uint64_t map_without_table(std::uint64_t code) const {
    const std::size_t range = std::min(range_of(code), layout_.ranges - 1);
    return shifts_[range] + code * units_[range];
  }

 private:
  [[nodiscard]] std::size_t range_of(std::uint64_t code) const {
    return std::size_t{code >= ends_[0]} + std::size_t{code >= ends_[1]} + std::size_t{code >= ends_[2]} +
           std::size_t{code >= ends_[3]};
  }

  static constexpr std::uint64_t never = ~std::uint64_t{0};

  const RangesLayout& layout_;
  std::array<std::uint64_t, RangesLayout::most_ranges> ends_{never, never, never, never};
  std::array<std::uint64_t, RangesLayout::most_ranges> units_{};
  std::array<std::uint64_t, RangesLayout::most_ranges> shifts_{};
};

std::uint64_t range_at(const std::byte* bytes, std::size_t row) {
  const RangesLayout layout(bytes);
  const std::uint64_t code = packed_at(layout.codes, layout.width, row);
  const Column table(layout.table, layout.table_rows);
  return RangeMap(layout).map(code, [&](std::size_t entry) { return table.at(entry); });
}

void read_ranges(const std::byte* bytes, std::size_t first, std::size_t count, std::uint64_t* out) {
  const RangesLayout layout(bytes);
  const RangeMap map(layout);
  if (map.is_offset()) {
    unpack(layout.codes, layout.width, first, count, map.offset(), out);
    return;
  }
  unpack(layout.codes, layout.width, first, count, 0, out);
  if (layout.table_rows == 0) {
    for (std::size_t row = 0; row < count; ++row) out[row] = map.map_without_table(out[row]);
    return;
  }
  const Column table(layout.table, layout.table_rows);
  if (count < layout.table_rows / 8) {
    for (std::size_t row = 0; row < count; ++row) {
      out[row] = map.map(out[row], [&](std::size_t entry) { return table.at(entry); });
    }
    return;
  }
  std::array<std::uint64_t, column_rows> entries;
  table.read(0, layout.table_rows, entries.data());
  for (std::size_t row = 0; row < count; ++row) {
    out[row] = map.map(out[row], [&](std::size_t entry) { return entries[entry]; });
  }
}

/// Decodes the first `count` rows of a stretch from its row `skip` on.
void read_stretch(const StretchesLayout& layout, std::size_t stretch, const std::byte* body, std::size_t skip,
                  std::size_t count, std::uint64_t* out) {
  const unsigned width = layout.width(stretch);
  std::uint64_t number = layout.head(stretch);
  if (!layout.is_delta(stretch)) {
    unpack(body, width, skip, count, number, out);
    return;
  }
  std::array<std::uint64_t, stretch_rows> steps;
  unpack(body, width, 0, skip + count, 0, steps.data());
  for (std::size_t row = 0; row < skip; ++row) number += steps[row];
  for (std::size_t row = 0; row < count; ++row) {
    number += steps[skip + row];
    out[row] = number;
  }
}

void read_stretches(const StretchesLayout& layout, std::size_t first, std::size_t count, std::uint64_t* out) {
  std::size_t stretch = first / stretch_rows;
  std::size_t skip = first % stretch_rows;
  const std::byte* body = layout.body(stretch);
  while (count > 0) {
    const std::size_t rows = std::min(count, stretch_rows - skip);
    read_stretch(layout, stretch, body, skip, rows, out);
    body += layout.width(stretch) * (stretch_rows / 8);
    out += rows;
    count -= rows;
    skip = 0;
    ++stretch;
  }
}

std::size_t lower_bound_in_stretches(const StretchesLayout& layout, std::size_t low, std::size_t high,
                                     std::uint64_t value) {
  // The first row of a stretch is its head if packed as differences, and else costs little.
  const auto first_of = [&](std::size_t stretch) {
    const std::uint64_t head = layout.head(stretch);
    if (layout.is_delta(stretch)) return head;
    return head + packed_at(layout.body(stretch), layout.width(stretch), 0);
  };
  const std::size_t after =
      first_not_below(low / stretch_rows + 1, (high + stretch_rows - 1) / stretch_rows, value, first_of);
  const std::size_t stretch = after - 1;
  const std::size_t from = std::max(low, stretch * stretch_rows);
  const std::size_t to = std::min(high, after * stretch_rows);
  std::array<std::uint64_t, stretch_rows> numbers;
  read_stretch(layout, stretch, layout.body(stretch), from % stretch_rows, to - from, numbers.data());
  return from + first_not_below(0, to - from, value, [&](std::size_t row) { return numbers[row]; });
}

/// The run that `row` lies in.
std::size_t run_of(const Column& ends, std::size_t runs, std::size_t row) { return ends.lower_bound(0, runs, row + 1); }

void read_runs(const RunsLayout& layout, std::size_t first, std::size_t count, std::uint64_t* out) {
  const Column values(layout.values, layout.runs);
  const Column ends(layout.ends, layout.runs);
  std::array<std::uint64_t, stretch_rows> some_values;
  std::array<std::uint64_t, stretch_rows> some_ends;
  const std::size_t last = first + count;
  for (std::size_t run = run_of(ends, layout.runs, first); first < last;) {
    const std::size_t part = std::min({stretch_rows - run % stretch_rows, layout.runs - run, last - first});
    values.read(run, part, some_values.data());
    ends.read(run, part, some_ends.data());
    for (std::size_t at = 0; at < part && first < last; ++at) {
      const std::size_t end = std::min<std::size_t>(some_ends[at], last);
      out = std::fill_n(out, end - first, some_values[at]);
      first = end;
    }
    run += part;
  }
}

std::size_t lower_bound_in_runs(const RunsLayout& layout, std::size_t low, std::size_t high, std::uint64_t value) {
  const Column values(layout.values, layout.runs);
  const Column ends(layout.ends, layout.runs);
  const std::size_t first = run_of(ends, layout.runs, low);
  const std::size_t last = run_of(ends, layout.runs, high - 1);
  const std::size_t run = values.lower_bound(first, last + 1, value);
  if (run == first) return low;
  return run > last ? high : static_cast<std::size_t>(ends.at(run - 1));
}

}  // namespace

std::uint64_t Column::at(std::size_t row) const {
  switch (encoding_of(bytes_)) {
    case Encoding::Constant:
      return load_number(bytes_ + 1);
    case Encoding::Ranges:
      return range_at(bytes_, row);
    default:
      break;
  }
  std::uint64_t number;
  read(row, 1, &number);
  return number;
}

void Column::read(std::size_t first, std::size_t count, std::uint64_t* out) const {
  switch (encoding_of(bytes_)) {
    case Encoding::Constant:
      std::fill_n(out, count, load_number(bytes_ + 1));
      break;
    case Encoding::Ranges:
      read_ranges(bytes_, first, count, out);
      break;
    case Encoding::Stretches:
      read_stretches(StretchesLayout(bytes_, rows_), first, count, out);
      break;
    case Encoding::Runs:
      read_runs(RunsLayout(bytes_), first, count, out);
      break;
  }
}

std::size_t Column::lower_bound(std::size_t low, std::size_t high, std::uint64_t value) const {
  if (low == high) return low;
  switch (encoding_of(bytes_)) {
    case Encoding::Constant:
      return load_number(bytes_ + 1) < value ? high : low;
    case Encoding::Stretches:
      return lower_bound_in_stretches(StretchesLayout(bytes_, rows_), low, high, value);
    case Encoding::Runs:
      return lower_bound_in_runs(RunsLayout(bytes_), low, high, value);
    case Encoding::Ranges:
      break;
  }
  return first_not_below(low, high, value, [&](std::size_t row) { return range_at(bytes_, row); });
}

}  // namespace scenograph::store::internal
