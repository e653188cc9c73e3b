#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>

#include "store/internal/segment/run.hpp"

namespace scenograph::store::internal {

/// Rows of one order, ascending, each once, read from front to back. One thread.
class RowSource {
 public:
  virtual ~RowSource() = default;

  /// Writes the next rows to the front of `columns` (null members are passed over).
  ///
  /// @return  how many, at most `most`; 0 only at the end, and there again and again.
  [[nodiscard]] virtual std::size_t read(std::size_t most, const ColumnTargets& columns) = 0;

  /// Moves forward to the first row that is `at_least` or more; never back.
  virtual void seek(const Row& at_least) = 0;

  /// How many of the next rows are less than `key`, as far as that can be told without reading them; 0 if it cannot.
  [[nodiscard]] virtual std::uint64_t certain_below(const Row& /*key*/) const { return 0; }
};

/// The rows that start with the first `bound` members of `row`.
struct RowRange {
  Row row{};
  std::size_t bound = 0;

  [[nodiscard]] Row lower() const {
    Row first{};
    for (std::size_t i = 0; i < bound; ++i) first[i] = row[i];
    return first;
  }

  /// More than any row of the range, at most the first row after it.
  [[nodiscard]] Row upper() const {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    if (bound == 0) return {most, most, most, most};
    Row after = lower();
    ++after[bound - 1];
    return after;
  }
};

/// The part of sorted rows that lies in the range.
[[nodiscard]] inline std::span<const Row> within(std::span<const Row> rows, const RowRange& range) {
  const auto first = std::lower_bound(rows.begin(), rows.end(), range.lower());
  return {first, std::lower_bound(first, rows.end(), range.upper())};
}

/// Columns of one block that belong to whoever reads into them.
class RowBlock {
 public:
  [[nodiscard]] ColumnTargets targets() { return targets_at(0); }
  [[nodiscard]] ColumnTargets targets_at(std::size_t row) {
    return {columns_[0].data() + row, columns_[1].data() + row, columns_[2].data() + row, columns_[3].data() + row};
  }
  [[nodiscard]] Row row(std::size_t i) const {
    return {columns_[0][i], columns_[1][i], columns_[2][i], columns_[3][i]};
  }
  [[nodiscard]] const std::uint64_t* column(std::size_t i) const { return columns_[i].data(); }

 private:
  std::array<std::array<std::uint64_t, block_rows>, 4> columns_;
};

}  // namespace scenograph::store::internal
