#include <algorithm>
#include <numeric>

#include "store/internal/segment/encode.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t kinds = 16;
constexpr unsigned kind_shift = 60;
constexpr std::size_t first_inlined_kind = 5;

std::size_t find_kinds(Numbers values, std::array<KindRange, kinds>& found) {
  std::array<KindRange, kinds> by_kind{};
  for (const std::uint64_t value : values) {
    KindRange& range = by_kind[value >> kind_shift];
    if (range.rows++ == 0) range.least = range.most = value;
    range.least = std::min(range.least, value);
    range.most = std::max(range.most, value);
  }
  std::size_t count = 0;
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    by_kind[kind].kind = kind;
    by_kind[kind].unit = 1;
    if (by_kind[kind].rows > 0) found[count++] = by_kind[kind];
  }
  // Dates are multiples of days, prices of cents; numbers of the dictionary have no such step.
  for (KindRange& range : std::span(found).first(count)) {
    if (range.kind < first_inlined_kind) continue;
    std::uint64_t unit = 0;
    for (const std::uint64_t value : values) {
      if (value >> kind_shift != range.kind || unit == 1) continue;
      const std::uint64_t difference = value - range.least;
      if (unit == 0 || difference % unit != 0) unit = std::gcd(unit, difference);
    }
    range.unit = std::max<std::uint64_t>(unit, 1);
  }
  return count;
}

void write_ranges_header(const RangePlan& plan, unsigned width, std::size_t table_rows, std::size_t table_bytes,
                         Bytes& out) {
  append(out, static_cast<std::uint8_t>(Encoding::Ranges));
  append(out, static_cast<std::uint8_t>(width));
  append(out, static_cast<std::uint8_t>(plan.count));
  append(out, std::uint8_t{0});
  append(out, static_cast<std::uint16_t>(table_rows));
  append(out, static_cast<std::uint16_t>(table_bytes));
  std::uint64_t end = 0;
  for (std::size_t range = 0; range < plan.count; ++range) {
    end += plan.ranges[range].codes();
    append(out, plan.ranges[range].least);
    append(out, plan.ranges[range].unit);
    append(out, end);
  }
}

}  // namespace

// Each number of a kind that is left to the table takes about `entry_bytes` there.
RangePlan plan_ranges(Numbers values) {
  constexpr std::size_t entry_bytes = 6;
  std::array<KindRange, kinds> found;
  const std::size_t count = find_kinds(values, found);
  std::sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count),
            [](const KindRange& left, const KindRange& right) { return left.codes() < right.codes(); });
  RangePlan best;
  std::uint64_t codes = 0;
  std::size_t left = values.size();
  for (std::size_t taken = 1; taken <= std::min(count, RangesLayout::most_ranges); ++taken) {
    codes += found[taken - 1].codes();
    left -= found[taken - 1].rows;
    const unsigned width = bits_of(codes + left - 1);
    const std::size_t bytes = RangesLayout::header + taken * RangesLayout::range_bytes +
                              packed_bytes(values.size(), width) + left * entry_bytes;
    if (bytes >= best.bytes) continue;
    best.bytes = bytes;
    best.width = width;
    best.count = taken;
  }
  std::copy_n(found.begin(), best.count, best.ranges.begin());
  return best;
}

void write_ranges(const RangePlan& plan, Numbers values, ColumnScratch& scratch, Bytes& out) {
  constexpr std::size_t none = RangesLayout::most_ranges;
  std::array<std::size_t, kinds> range_of_kind;
  range_of_kind.fill(none);
  std::array<std::uint64_t, RangesLayout::most_ranges> firsts{};
  std::uint64_t codes = 0;
  for (std::size_t range = 0; range < plan.count; ++range) {
    range_of_kind[plan.ranges[range].kind] = range;
    firsts[range] = codes;
    codes += plan.ranges[range].codes();
  }
  scratch.start_table();
  for (std::size_t row = 0; row < values.size(); ++row) {
    const std::size_t range = range_of_kind[values[row] >> kind_shift];
    if (range == none) {
      scratch.codes[row] = scratch.entry_of(values[row]);
      continue;
    }
    const std::uint64_t difference = values[row] - plan.ranges[range].least;
    const std::uint64_t unit = plan.ranges[range].unit;
    scratch.codes[row] = firsts[range] + (unit == 1 ? difference : difference / unit);
  }
  scratch.part.clear();
  if (!scratch.entries.empty()) {
    scratch.finish_table();
    for (std::size_t row = 0; row < values.size(); ++row) {
      if (range_of_kind[values[row] >> kind_shift] == none) {
        scratch.codes[row] = codes + scratch.rank[scratch.codes[row]];
      }
    }
    write_flat(scratch.sorted, scratch.part);
  }
  const unsigned width = bits_of(codes + scratch.entries.size() - 1);
  write_ranges_header(plan, width, scratch.entries.size(), scratch.part.size(), out);
  out.insert(out.end(), scratch.part.begin(), scratch.part.end());
  append_packed(out, scratch.codes.data(), values.size(), width);
}

bool write_distinct(Numbers values, std::size_t most, ColumnScratch& scratch, Bytes& out) {
  constexpr std::size_t sample = 256;
  constexpr std::size_t entry_bytes = 2;
  const Numbers head = values.first(std::min(sample, values.size()));
  const std::size_t limit = std::min<std::size_t>(values.size() / 2, most / entry_bytes);
  if (!scratch.find_distinct(head, head.size() * 3 / 4) || !scratch.find_distinct(values, limit)) return false;
  scratch.finish_table();
  scratch.part.clear();
  write_flat(scratch.sorted, scratch.part);
  const unsigned width = bits_of(scratch.sorted.size() - 1);
  if (RangesLayout::header + scratch.part.size() + packed_bytes(values.size(), width) >= most) return false;
  for (std::size_t row = 0; row < values.size(); ++row) scratch.codes[row] = scratch.rank[scratch.codes[row]];
  write_ranges_header(RangePlan{}, width, scratch.sorted.size(), scratch.part.size(), out);
  out.insert(out.end(), scratch.part.begin(), scratch.part.end());
  append_packed(out, scratch.codes.data(), values.size(), width);
  return true;
}

}  // namespace scenograph::store::internal
