#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "store/internal/segment/column.hpp"
#include "store/internal/segment/column_layout.hpp"

// Each encoding's size is computed from figures gathered in a pass or two; only the smallest is then written.

namespace scenograph::store::internal {

namespace {

using Numbers = std::span<const std::uint64_t>;
using Bytes = std::vector<std::byte>;

constexpr std::size_t impossible = std::numeric_limits<std::size_t>::max();
constexpr std::size_t most_stretches = column_rows / stretch_rows;
constexpr std::size_t kinds = 16;
constexpr unsigned kind_shift = 60;
constexpr std::size_t first_inlined_kind = 5;

template <typename Number>
void append(Bytes& out, Number number) {
  const std::size_t at = out.size();
  out.resize(at + sizeof number);
  std::memcpy(out.data() + at, &number, sizeof number);
}

void append_packed(Bytes& out, const std::uint64_t* numbers, std::size_t count, unsigned width) {
  const std::size_t at = out.size();
  const std::size_t length = packed_bytes(count, width);
  out.resize(at + length + packing_slack);
  pack(numbers, count, width, out.data() + at);
  out.resize(at + length);
}

/// How to cut a column into stretches.
struct StretchPlan {
  std::size_t bytes = 0;
  std::size_t changes = 0;  ///< rows that differ from the one before
  std::array<std::uint64_t, most_stretches> heads{};
  std::array<unsigned, most_stretches> widths{};
  std::array<bool, most_stretches> deltas{};
};

StretchPlan plan_stretches(Numbers values) {
  StretchPlan plan;
  const std::size_t stretches = (values.size() + stretch_rows - 1) / stretch_rows;
  std::uint64_t before = values[0];
  plan.bytes = StretchesLayout::header + stretches;
  for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
    const Numbers part =
        values.subspan(stretch * stretch_rows).first(std::min(stretch_rows, values.size() - stretch * stretch_rows));
    plan.changes += std::size_t{part[0] != before};
    std::uint64_t least = part[0];
    std::uint64_t most = part[0];
    std::uint64_t all_steps = 0;
    std::size_t falls = 0;
    before = part[0];
    for (const std::uint64_t value : part) {
      plan.changes += std::size_t{value != before};
      falls += std::size_t{value < before};
      all_steps |= value - before;
      least = std::min(least, value);
      most = std::max(most, value);
      before = value;
    }
    const unsigned plain_width = bits_of(most - least);
    const unsigned delta_width = bits_of(all_steps);
    plan.deltas[stretch] = falls == 0 && delta_width < plain_width;
    plan.widths[stretch] = plan.deltas[stretch] ? delta_width : plain_width;
    plan.heads[stretch] = least;
    plan.bytes += packed_bytes(part.size(), plan.widths[stretch]);
  }
  const auto [low, high] = std::minmax_element(plan.heads.begin(), plan.heads.begin() + stretches);
  plan.bytes += packed_bytes(stretches, bits_of(*high - *low));
  return plan;
}

void write_stretches(const StretchPlan& plan, Numbers values, Bytes& out) {
  const std::size_t stretches = (values.size() + stretch_rows - 1) / stretch_rows;
  const auto heads_end = plan.heads.begin() + static_cast<std::ptrdiff_t>(stretches);
  const auto [low, high] = std::minmax_element(plan.heads.begin(), heads_end);
  const std::uint64_t base = *low;
  const unsigned head_width = bits_of(*high - base);
  append(out, static_cast<std::uint8_t>(Encoding::Stretches));
  append(out, static_cast<std::uint8_t>(head_width));
  append(out, base);
  std::array<std::uint64_t, stretch_rows> numbers;
  for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
    const unsigned flag = plan.deltas[stretch] ? StretchesLayout::delta_flag : 0U;
    append(out, static_cast<std::uint8_t>(plan.widths[stretch] | flag));
    numbers[stretch] = plan.heads[stretch] - base;
  }
  append_packed(out, numbers.data(), stretches, head_width);
  for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
    const Numbers part =
        values.subspan(stretch * stretch_rows).first(std::min(stretch_rows, values.size() - stretch * stretch_rows));
    if (plan.deltas[stretch]) {
      numbers[0] = 0;
      for (std::size_t row = 1; row < part.size(); ++row) numbers[row] = part[row] - part[row - 1];
    } else {
      for (std::size_t row = 0; row < part.size(); ++row) numbers[row] = part[row] - plan.heads[stretch];
    }
    append_packed(out, numbers.data(), part.size(), plan.widths[stretch]);
  }
}

/// The numbers of one kind of term.
struct KindRange {
  std::size_t kind = 0;
  std::size_t rows = 0;
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  std::uint64_t unit = 0;  ///< a common divisor of all differences

  [[nodiscard]] std::uint64_t codes() const { return (most - least) / unit + 1; }
};

/// Which kinds become ranges of codes; the others' numbers go to the table.
struct RangePlan {
  std::size_t bytes = impossible;
  unsigned width = 0;
  std::size_t count = 0;
  std::array<KindRange, RangesLayout::most_ranges> ranges{};
};

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

/// Chooses how many of the widest kinds to leave to the table: each of their numbers takes about `entry_bytes` there.
RangePlan plan_ranges(Numbers values, bool may_have_table) {
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
    if (left > 0 && !may_have_table) continue;
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

}  // namespace

struct ColumnScratch {
  static constexpr std::size_t slots = 4096;

  struct Slot {
    std::uint64_t number;
    std::uint32_t round;
    std::uint32_t entry;
  };

  std::array<Slot, slots> table{};  ///< numbers seen in this round
  std::uint32_t round = 0;
  std::array<std::uint64_t, column_rows> codes;
  std::array<std::uint64_t, column_rows> run_values;
  std::array<std::uint64_t, column_rows> run_ends;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> entries;  ///< distinct numbers, and where they were found first
  std::vector<std::uint64_t> sorted;
  std::vector<std::uint64_t> rank;
  Bytes part;

  /// The entry of `number`, new if it is not there.
  std::uint32_t entry_of(std::uint64_t number) {
    std::uint64_t mixed = (number ^ (number >> 29U)) * 0x9E3779B97F4A7C15ULL;
    for (std::size_t at = mixed >> 52U;; at = (at + 1) % slots) {
      Slot& slot = table[at];
      if (slot.round == round && slot.number == number) return slot.entry;
      if (slot.round == round) continue;
      slot = {number, round, static_cast<std::uint32_t>(entries.size())};
      entries.emplace_back(number, slot.entry);
      return slot.entry;
    }
  }

  void start_table() {
    entries.clear();
    if (++round == 0) {
      table.fill({});
      round = 1;
    }
  }

  /// Sorts the entries; `sorted` and `rank` then tell their order.
  void finish_table() {
    std::sort(entries.begin(), entries.end());
    sorted.resize(entries.size());
    rank.resize(entries.size());
    for (std::size_t at = 0; at < entries.size(); ++at) {
      sorted[at] = entries[at].first;
      rank[entries[at].second] = at;
    }
  }

  /// Fills the table with the distinct numbers of `values`. @return false past `most` of them.
  bool find_distinct(Numbers values, std::size_t most) {
    start_table();
    for (std::size_t row = 0; row < values.size(); ++row) {
      codes[row] = entry_of(values[row]);
      if (entries.size() > most) return false;
    }
    return true;
  }
};

namespace {

void write_constant(std::uint64_t value, Bytes& out) {
  append(out, static_cast<std::uint8_t>(Encoding::Constant));
  append(out, value);
}

/// Writes a column in an encoding that other columns may hold.
void write_flat(Numbers values, Bytes& out) {
  const StretchPlan stretches = plan_stretches(values);
  if (stretches.changes == 0) {
    write_constant(values[0], out);
    return;
  }
  write_stretches(stretches, values, out);
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

/// Writes the table of distinct numbers, and for each row its place there, if that takes fewer than `most` bytes.
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

/// Writes runs of equal numbers, if that takes fewer than `most` bytes.
bool write_runs(Numbers values, std::size_t most, ColumnScratch& scratch, Bytes& out) {
  std::size_t runs = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    scratch.run_values[runs] = values[row];
    scratch.run_ends[runs] = row + 1;
    runs += std::size_t{row + 1 == values.size() || values[row + 1] != values[row]};
  }
  scratch.part.clear();
  write_flat({scratch.run_values.data(), runs}, scratch.part);
  const std::size_t values_bytes = scratch.part.size();
  write_flat({scratch.run_ends.data(), runs}, scratch.part);
  if (RunsLayout::header + scratch.part.size() >= most) return false;
  append(out, static_cast<std::uint8_t>(Encoding::Runs));
  append(out, std::uint8_t{0});
  append(out, static_cast<std::uint16_t>(runs));
  append(out, static_cast<std::uint16_t>(values_bytes));
  out.insert(out.end(), scratch.part.begin(), scratch.part.end());
  return true;
}

}  // namespace

ColumnEncoder::ColumnEncoder() : scratch_(std::make_unique<ColumnScratch>()) {}
ColumnEncoder::~ColumnEncoder() = default;

void ColumnEncoder::encode(std::span<const std::uint64_t> values, std::vector<std::byte>& out) {
  const StretchPlan stretches = plan_stretches(values);
  if (stretches.changes == 0) {
    write_constant(values[0], out);
    return;
  }
  // Stretches cost a little more to search and to decode.
  const std::size_t stretch_bytes = stretches.bytes + stretches.bytes / 16;
  const RangePlan ranges = plan_ranges(values, true);
  const std::size_t plain_bytes = std::min(stretch_bytes, ranges.bytes);
  if (stretches.changes < values.size() / 2 && write_runs(values, plain_bytes, *scratch_, out)) return;
  if (write_distinct(values, plain_bytes - plain_bytes / 8, *scratch_, out)) return;
  if (stretch_bytes < ranges.bytes) {
    write_stretches(stretches, values, out);
  } else {
    write_ranges(ranges, values, *scratch_, out);
  }
}

}  // namespace scenograph::store::internal
