#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "store/internal/segment/column.hpp"

// Where the parts of an encoded column lie, for the encoder, the check and the decoder alike.

namespace scenograph::store::internal {

[[nodiscard]] inline std::uint8_t byte_at(const std::byte* bytes, std::size_t offset) {
  return std::to_integer<std::uint8_t>(bytes[offset]);
}

[[nodiscard]] inline std::uint16_t short_at(const std::byte* bytes, std::size_t offset) {
  std::uint16_t number;
  std::memcpy(&number, bytes + offset, sizeof number);
  return number;
}

[[nodiscard]] inline Encoding encoding_of(const std::byte* bytes) { return static_cast<Encoding>(byte_at(bytes, 0)); }

inline constexpr std::size_t constant_bytes = 9;

/// Codes that stand for the members of a few ranges, one after the other, and behind them for those of a table.
struct RangesLayout {
  static constexpr std::size_t header = 8;
  static constexpr std::size_t range_bytes = 24;
  static constexpr std::size_t most_ranges = 4;

  unsigned width;
  std::size_t ranges;
  std::size_t table_rows;
  std::size_t table_bytes;
  const std::byte* parts;  ///< for each range: base, unit, first code past it
  const std::byte* table;
  const std::byte* codes;

  explicit RangesLayout(const std::byte* bytes)
      : width(byte_at(bytes, 1)),
        ranges(byte_at(bytes, 2)),
        table_rows(short_at(bytes, 4)),
        table_bytes(short_at(bytes, 6)),
        parts(bytes + header),
        table(parts + ranges * range_bytes),
        codes(table + table_bytes) {}

  [[nodiscard]] std::uint64_t base(std::size_t range) const { return load_number(parts + range * range_bytes); }
  [[nodiscard]] std::uint64_t unit(std::size_t range) const { return load_number(parts + range * range_bytes + 8); }
  [[nodiscard]] std::uint64_t end(std::size_t range) const { return load_number(parts + range * range_bytes + 16); }
};

/// Stretches of 128 numbers, each packed as what exceeds its least number or the number before.
struct StretchesLayout {
  static constexpr std::size_t header = 10;
  static constexpr std::uint8_t delta_flag = 0x80;

  std::size_t rows;
  std::size_t stretches;
  unsigned head_width;
  std::uint64_t head_base;
  const std::byte* kinds;  ///< a byte each: width, and `delta_flag` if packed as differences
  const std::byte* heads;
  const std::byte* bodies;

  StretchesLayout(const std::byte* bytes, std::size_t row_count)
      : rows(row_count),
        stretches((row_count + stretch_rows - 1) / stretch_rows),
        head_width(byte_at(bytes, 1)),
        head_base(load_number(bytes + 2)),
        kinds(bytes + header),
        heads(kinds + stretches),
        bodies(heads + packed_bytes(stretches, head_width)) {}

  [[nodiscard]] unsigned width(std::size_t stretch) const { return byte_at(kinds, stretch) & 0x7FU; }
  [[nodiscard]] bool is_delta(std::size_t stretch) const { return (byte_at(kinds, stretch) & delta_flag) != 0; }
  [[nodiscard]] std::uint64_t head(std::size_t stretch) const {
    return head_base + packed_at(heads, head_width, stretch);
  }
  [[nodiscard]] std::size_t rows_of(std::size_t stretch) const {
    return std::min(stretch_rows, rows - stretch * stretch_rows);
  }
  /// Only the last stretch is shorter than 128 rows, so widths say where each begins.
  [[nodiscard]] const std::byte* body(std::size_t stretch) const {
    std::size_t widths = 0;
    for (std::size_t before = 0; before < stretch; ++before) widths += width(before);
    return bodies + widths * (stretch_rows / 8);
  }
};

/// Numbers that repeat, each with the row past its last: two columns in one.
struct RunsLayout {
  static constexpr std::size_t header = 6;

  std::size_t runs;
  std::size_t values_bytes;
  const std::byte* values;
  const std::byte* ends;

  explicit RunsLayout(const std::byte* bytes)
      : runs(short_at(bytes, 2)),
        values_bytes(short_at(bytes, 4)),
        values(bytes + header),
        ends(values + values_bytes) {}
};

/// Numbers that another column of the block, the selector, divides into groups: each row's code has the width of its
/// group, and stands for a step from a base or for an entry of a dictionary; both are in the pool, a column too.
struct GroupedLayout {
  static constexpr std::size_t header = 8;
  static constexpr std::size_t group_bytes = 4;
  static constexpr std::size_t start_bytes = 2;

  struct Group {
    unsigned width;
    unsigned shift;
    bool is_dictionary;
    std::size_t first;  ///< in the pool: the base, or the first entry
  };

  std::size_t groups;
  std::size_t pool_rows;
  std::size_t pool_bytes;
  const std::byte* descriptions;
  const std::byte* pool;
  const std::byte* starts;  ///< where the codes of each stretch begin
  const std::byte* codes;

  GroupedLayout(const std::byte* bytes, std::size_t rows)
      : groups(short_at(bytes, 2)),
        pool_rows(short_at(bytes, 4)),
        pool_bytes(short_at(bytes, 6)),
        descriptions(bytes + header),
        pool(descriptions + groups * group_bytes),
        starts(pool + pool_bytes),
        codes(starts + (rows + stretch_rows - 1) / stretch_rows * start_bytes) {}

  [[nodiscard]] static std::size_t selector_of(const std::byte* bytes) { return byte_at(bytes, 1); }
  [[nodiscard]] std::size_t start(std::size_t stretch) const { return short_at(starts, stretch * start_bytes); }

  [[nodiscard]] Group group(std::size_t number) const {
    std::uint32_t bits;
    std::memcpy(&bits, descriptions + number * group_bytes, sizeof bits);
    return {bits & 0x7FU, bits >> 8U & 0x3FU, (bits & 0x80U) != 0, bits >> 16U};
  }
  [[nodiscard]] static std::uint32_t described(const Group& group) {
    return group.width | (group.is_dictionary ? 0x80U : 0U) | group.shift << 8U |
           static_cast<std::uint32_t>(group.first) << 16U;
  }
};

}  // namespace scenograph::store::internal
