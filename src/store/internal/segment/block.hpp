#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "store/internal/keys.hpp"
#include "store/internal/segment/column.hpp"

// A block of a run: four encoded columns, one after the other, and before them where each begins.

namespace scenograph::store::internal {

/// Encodes blocks. One thread.
class BlockEncoder {
 public:
  explicit BlockEncoder(Order order);

  /// @param columns  of equal length, 1 to `column_rows`; together ascending rows.
  /// @return  valid until the next call.
  [[nodiscard]] std::span<const std::byte> encode(const std::array<std::span<const std::uint64_t>, 4>& columns);

 private:
  ColumnEncoder encoder_;
  std::size_t selector_;  ///< the column that the encoding of `selected_` may depend on
  std::size_t selected_;
  std::array<std::vector<std::byte>, 4> parts_;
  std::vector<std::byte> bytes_;
};

/// Whether the bytes are a block of `rows` rows that can be decoded without leaving them and `packing_slack` behind.
/// REQUIRES: that many more bytes can be read there.
[[nodiscard]] bool is_block(std::span<const std::byte> bytes, std::size_t rows);

/// Decodes a block that `is_block` accepted. Holds no memory.
class Block {
 public:
  static constexpr std::size_t header = 16;

  Block(std::span<const std::byte> bytes, std::size_t rows) : bytes_(bytes.data()), rows_(rows) {}

  [[nodiscard]] Column column(std::size_t member) const;

  /// The rows whose first `bound` members are those of `key`, or the empty range where they would stand.
  [[nodiscard]] RowSpan equal_range(const Row& key, std::size_t bound) const;

  /// The first row that is `key` or more; the number of rows if none is.
  [[nodiscard]] std::size_t lower_bound(const Row& key) const { return equal_range(key, key.size()).low; }

 private:
  [[nodiscard]] std::uint32_t offset(std::size_t member) const {
    std::uint32_t number;
    std::memcpy(&number, bytes_ + member * sizeof number, sizeof number);
    return number;
  }

  const std::byte* bytes_;
  std::size_t rows_;
};

}  // namespace scenograph::store::internal
