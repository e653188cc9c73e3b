#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "store/internal/segment/column_layout.hpp"

namespace scenograph::store::internal {

/// Decodes columns of `Encoding::Ranges`.
class RangesReader {
 public:
  explicit RangesReader(const std::byte* bytes);

  [[nodiscard]] std::uint64_t at(std::size_t row) const {
    return number_of(packed_at(layout_.codes, layout_.width, row));
  }

  void read(std::size_t first, std::size_t count, std::uint64_t* out) const;

  /// Decodes the codes only. Without ranges, they are places in the table.
  void read_codes(std::size_t first, std::size_t count, std::uint64_t* out) const {
    unpack(layout_.codes, layout_.width, first, count, 0, out);
  }

 private:
  static constexpr std::uint64_t never = ~std::uint64_t{0};

  [[nodiscard]] std::uint64_t number_of(std::uint64_t code) const;
  void read_with_table(std::size_t count, std::uint64_t* out) const;

  [[nodiscard]] std::size_t range_of(std::uint64_t code) const {
    return std::size_t{code >= ends_[0]} + std::size_t{code >= ends_[1]} + std::size_t{code >= ends_[2]} +
           std::size_t{code >= ends_[3]};
  }
  [[nodiscard]] bool in_table(std::size_t range) const { return range >= layout_.ranges && layout_.table_rows > 0; }
  [[nodiscard]] std::size_t entry_of(std::uint64_t code) const {
    return std::min<std::uint64_t>(code - table_first_, layout_.table_rows - 1);
  }
  /// Codes past all ranges of a column without table, which no encoder writes, count to the last.
  [[nodiscard]] std::uint64_t in_range(std::uint64_t code, std::size_t range) const {
    const std::size_t within = std::min(range, layout_.ranges - 1);
    return shifts_[within] + code * units_[within];
  }

  RangesLayout layout_;
  std::uint64_t table_first_ = 0;
  std::array<std::uint64_t, RangesLayout::most_ranges> ends_{never, never, never, never};
  std::array<std::uint64_t, RangesLayout::most_ranges> units_{};
  std::array<std::uint64_t, RangesLayout::most_ranges> shifts_{};
};

}  // namespace scenograph::store::internal
