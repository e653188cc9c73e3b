#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "store/internal/segment/bit_packing.hpp"

// One column of a block: up to `block_rows` numbers in whichever encoding is the smallest. The bytes are described in
// docs/format-segment.md, "Columns".

namespace scenograph::store::internal {

enum class Encoding : std::uint8_t { Constant = 0, Ranges = 1, Stretches = 2, Runs = 3, Grouped = 4 };

/// Numbers that `Encoding::Stretches` packs by themselves, and what must be decoded at most to get at one number.
inline constexpr std::size_t stretch_rows = 128;

/// Numbers of a column at most.
inline constexpr std::size_t column_rows = 2048;

struct ColumnScratch;

/// Encodes columns, keeping its scratch memory between them. One thread.
class ColumnEncoder {
 public:
  ColumnEncoder();
  ~ColumnEncoder();

  /// Appends `values` (1 to `column_rows`) to `out`.
  void encode(std::span<const std::uint64_t> values, std::vector<std::byte>& out);

  /// Likewise, but with codes whose widths depend on another column of the same block, if that is smaller.
  ///
  /// @param member    the other column's place in the block
  /// @param selector  the other column's bytes, with `packing_slack` behind them
  void encode_grouped(std::span<const std::uint64_t> values, std::size_t member, std::span<const std::byte> selector,
                      std::vector<std::byte>& out);

 private:
  std::unique_ptr<ColumnScratch> scratch_;
};

/// Whether the bytes are a column of `rows` numbers, so that decoding it stays within them and `packing_slack` bytes
/// behind, whatever it decodes.
/// REQUIRES: `packing_slack` more bytes can be read behind them.
///
/// @param selector  the column that a grouped one depends on, accepted before; null if there is none
[[nodiscard]] bool is_column(std::span<const std::byte> bytes, std::size_t rows, const std::byte* selector = nullptr);

/// Rows of a block from `low` to before `high`.
struct RowSpan {
  std::size_t low = 0;
  std::size_t high = 0;

  [[nodiscard]] bool empty() const { return low >= high; }
};

/// Decodes a column that `is_column` accepted. Holds no memory; as cheap to make as a pointer.
class Column {
 public:
  Column(const std::byte* bytes, std::size_t rows, const std::byte* selector = nullptr)
      : bytes_(bytes), rows_(rows), selector_(selector) {}

  [[nodiscard]] std::uint64_t at(std::size_t row) const;

  /// Decodes `count` numbers from `first` on.
  void read(std::size_t first, std::size_t count, std::uint64_t* out) const;

  /// The rows of `rows` that hold `value`, or the empty range where it would stand.
  /// REQUIRES: they ascend.
  [[nodiscard]] RowSpan equal_range(RowSpan rows, std::uint64_t value) const;

 private:
  const std::byte* bytes_;
  std::size_t rows_;
  const std::byte* selector_;
};

}  // namespace scenograph::store::internal
