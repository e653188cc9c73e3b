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

enum class Encoding : std::uint8_t { Constant = 0, Ranges = 1, Stretches = 2, Runs = 3 };

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

 private:
  std::unique_ptr<ColumnScratch> scratch_;
};

/// Whether the bytes are a column of `rows` numbers, so that decoding it stays within them and `packing_slack` bytes
/// behind, whatever it decodes.
[[nodiscard]] bool is_column(std::span<const std::byte> bytes, std::size_t rows);

/// Decodes a column that `is_column` accepted. Holds no memory; as cheap to make as a pointer.
class Column {
 public:
  Column(const std::byte* bytes, std::size_t rows) : bytes_(bytes), rows_(rows) {}

  [[nodiscard]] std::uint64_t at(std::size_t row) const;

  /// Decodes `count` numbers from `first` on.
  void read(std::size_t first, std::size_t count, std::uint64_t* out) const;

  /// The first row of [low, high) whose number is `value` or more; `high` if none is.
  /// REQUIRES: the rows from `low` to `high` ascend.
  [[nodiscard]] std::size_t lower_bound(std::size_t low, std::size_t high, std::uint64_t value) const;

 private:
  const std::byte* bytes_;
  std::size_t rows_;
};

}  // namespace scenograph::store::internal
