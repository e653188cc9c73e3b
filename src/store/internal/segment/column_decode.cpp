#include <algorithm>
#include <array>

#include "store/internal/segment/column.hpp"
#include "store/internal/segment/column_layout.hpp"
#include "store/internal/segment/grouped.hpp"
#include "store/internal/segment/ranges.hpp"

namespace scenograph::store::internal {

namespace {

/// Halves the rows by `at` until the first one that is `value` or more is found.
template <typename At>
std::size_t first_not_below(RowSpan rows, std::uint64_t value, const At& at) {
  while (rows.low < rows.high) {
    const std::size_t middle = rows.low + (rows.high - rows.low) / 2;
    if (at(middle) < value) {
      rows.low = middle + 1;
    } else {
      rows.high = middle;
    }
  }
  return rows.low;
}

/// The rows that are `value`, by `at`.
template <typename At>
RowSpan equal_by(RowSpan rows, std::uint64_t value, const At& at) {
  const std::size_t low = first_not_below(rows, value, at);
  if (low == rows.high || at(low) != value) return {low, low};
  if (value == ~std::uint64_t{0}) return {low, rows.high};
  return {low, first_not_below({low + 1, rows.high}, value + 1, at)};
}

/// The rows that are `value`, where at best 128 numbers are decoded at a time.
///
/// @param first_of  the first number of a stretch
/// @param read      decodes rows of one stretch
template <typename FirstOf, typename Read>
RowSpan equal_in_stretches(RowSpan rows, std::uint64_t value, const FirstOf& first_of, const Read& read) {
  const auto find = [&](RowSpan among, std::uint64_t wanted, std::array<std::uint64_t, stretch_rows>& numbers) {
    const RowSpan starts{among.low / stretch_rows + 1, (among.high + stretch_rows - 1) / stretch_rows};
    const std::size_t after = first_not_below(starts, wanted, first_of);
    const RowSpan part{std::max(among.low, (after - 1) * stretch_rows), std::min(among.high, after * stretch_rows)};
    read(part, numbers.data());
    return part;
  };
  std::array<std::uint64_t, stretch_rows> numbers;
  RowSpan part = find(rows, value, numbers);
  const auto at = [&](std::size_t row) { return numbers[row - part.low]; };
  const RowSpan found = equal_by(part, value, at);
  if (found.high < part.high || part.high == rows.high || value == ~std::uint64_t{0}) {
    return value == ~std::uint64_t{0} ? RowSpan{found.low, rows.high} : found;
  }
  part = find({part.high, rows.high}, value + 1, numbers);
  const std::size_t high = first_not_below(part, value + 1, at);
  return {found.low, high};
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

RowSpan equal_in(const StretchesLayout& layout, RowSpan rows, std::uint64_t value) {
  // The first row of a stretch is its head if packed as differences, and else costs little.
  const auto first_of = [&](std::size_t stretch) {
    const std::uint64_t head = layout.head(stretch);
    if (layout.is_delta(stretch)) return head;
    return head + packed_at(layout.body(stretch), layout.width(stretch), 0);
  };
  return equal_in_stretches(rows, value, first_of, [&](RowSpan part, std::uint64_t* out) {
    read_stretches(layout, part.low, part.high - part.low, out);
  });
}

/// The run that `row` lies in.
std::size_t run_of(const Column& ends, std::size_t runs, std::size_t row) {
  return row == 0 ? 0 : ends.equal_range({0, runs}, row + 1).low;
}

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

RowSpan equal_in(const RunsLayout& layout, std::size_t all_rows, RowSpan rows, std::uint64_t value) {
  const Column values(layout.values, layout.runs);
  const Column ends(layout.ends, layout.runs);
  const std::size_t first = run_of(ends, layout.runs, rows.low);
  const std::size_t last = rows.high == all_rows ? layout.runs - 1 : run_of(ends, layout.runs, rows.high - 1);
  const RowSpan found = values.equal_range({first, last + 1}, value);
  const auto start_of = [&](std::size_t run) {
    if (run == first) return rows.low;
    return run > last ? rows.high : static_cast<std::size_t>(ends.at(run - 1));
  };
  const std::size_t low = start_of(found.low);
  return {low, found.empty() ? low : start_of(found.high)};
}

}  // namespace

std::uint64_t Column::at(std::size_t row) const {
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
      RangesReader(bytes_).read(first, count, out);
      break;
    case Encoding::Stretches:
      read_stretches(StretchesLayout(bytes_, rows_), first, count, out);
      break;
    case Encoding::Runs:
      read_runs(RunsLayout(bytes_), first, count, out);
      break;
    case Encoding::Grouped:
      GroupedReader(bytes_, rows_, selector_).read(first, count, out);
      break;
  }
}

RowSpan Column::equal_range(RowSpan rows, std::uint64_t value) const {
  if (rows.empty()) return {rows.low, rows.low};
  switch (encoding_of(bytes_)) {
    case Encoding::Constant: {
      const std::uint64_t number = load_number(bytes_ + 1);
      if (number == value) return rows;
      return number < value ? RowSpan{rows.high, rows.high} : RowSpan{rows.low, rows.low};
    }
    case Encoding::Stretches:
      return equal_in(StretchesLayout(bytes_, rows_), rows, value);
    case Encoding::Runs:
      return equal_in(RunsLayout(bytes_), rows_, rows, value);
    case Encoding::Grouped:
      return equal_in_stretches(
          rows, value, [&](std::size_t stretch) { return at(stretch * stretch_rows); },
          [&](RowSpan part, std::uint64_t* out) { read(part.low, part.high - part.low, out); });
    case Encoding::Ranges:
      break;
  }
  const RangesReader ranges(bytes_);
  return equal_by(rows, value, [&](std::size_t row) { return ranges.at(row); });
}

}  // namespace scenograph::store::internal
