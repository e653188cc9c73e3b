#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "store/internal/segment/column.hpp"
#include "store/internal/segment/column_layout.hpp"

// What the encoders of columns share. Each encoding's size is computed from figures gathered in a pass or two; only the
// smallest is then written.

namespace scenograph::store::internal {

using Numbers = std::span<const std::uint64_t>;
using Bytes = std::vector<std::byte>;

template <typename Number>
void append(Bytes& out, Number number) {
  const std::size_t at = out.size();
  out.resize(at + sizeof number);
  std::memcpy(out.data() + at, &number, sizeof number);
}

/// Appends `count` packed numbers.
void append_packed(Bytes& out, const std::uint64_t* numbers, std::size_t count, unsigned width);

/// How to cut a column into stretches.
struct StretchPlan {
  static constexpr std::size_t most_stretches = column_rows / stretch_rows;

  std::size_t bytes = 0;
  std::size_t changes = 0;  ///< rows that differ from the one before
  std::array<std::uint64_t, most_stretches> heads{};
  std::array<unsigned, most_stretches> widths{};
  std::array<bool, most_stretches> deltas{};
};

[[nodiscard]] StretchPlan plan_stretches(Numbers values);
void write_stretches(const StretchPlan& plan, Numbers values, Bytes& out);
void write_constant(std::uint64_t value, Bytes& out);

/// Writes a column in an encoding that other columns may hold.
void write_flat(Numbers values, Bytes& out);

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
/// Which kinds become ranges of codes; the others' numbers go to the table.
struct RangePlan {
  static constexpr std::size_t impossible = std::numeric_limits<std::size_t>::max();

  std::size_t bytes = impossible;
  unsigned width = 0;
  std::size_t count = 0;
  std::array<KindRange, RangesLayout::most_ranges> ranges{};
};

/// What is gathered of a grouped column; rows are sorted by group meanwhile.
struct Grouping {
  std::size_t groups = 0;
  std::array<std::uint64_t, column_rows> selected;    ///< by row
  std::array<std::uint32_t, column_rows + 1> begins;  ///< of each group
  std::array<std::uint32_t, column_rows> rows;        ///< by group
  std::array<std::uint64_t, column_rows> codes;       ///< by row
  std::array<GroupedLayout::Group, column_rows> described;
  std::vector<std::uint64_t> pool;
};

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
  Grouping grouping;

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

/// Chooses how many of the widest kinds to leave to the table.
[[nodiscard]] RangePlan plan_ranges(Numbers values);
void write_ranges(const RangePlan& plan, Numbers values, ColumnScratch& scratch, Bytes& out);

/// Writes the table of distinct numbers, and for each row its place there, if that takes fewer than `most` bytes.
bool write_distinct(Numbers values, std::size_t most, ColumnScratch& scratch, Bytes& out);

/// Replaces the column at the end of `out`, which begins at `begin`, by a grouped one if that is smaller.
void write_grouped(Numbers values, std::size_t member, std::span<const std::byte> selector, ColumnScratch& scratch,
                   std::size_t begin, Bytes& out);

}  // namespace scenograph::store::internal
