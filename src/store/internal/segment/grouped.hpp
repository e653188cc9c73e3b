#pragma once

#include <cstddef>
#include <cstdint>

#include "store/internal/segment/column_layout.hpp"
#include "store/internal/segment/ranges.hpp"

namespace scenograph::store::internal {

/// Decodes columns of `Encoding::Grouped`.
class GroupedReader {
 public:
  /// @param selector  a column of `Encoding::Ranges` that has a table only
  GroupedReader(const std::byte* bytes, std::size_t rows, const std::byte* selector)
      : layout_(bytes, rows), selector_(selector), rows_(rows) {}

  void read(std::size_t first, std::size_t count, std::uint64_t* out) const;

  /// Whether no code lies outside `bytes` bytes of codes.
  [[nodiscard]] bool fits(std::size_t bytes) const;

 private:
  struct Groups;

  void read_few(std::size_t first, std::size_t count, std::uint64_t* out) const;
  void read_stretch(const Groups& groups, std::size_t stretch, std::size_t skip, std::size_t count,
                    std::uint64_t* out) const;
  /// The groups of rows, none past the last.
  void read_selector(std::size_t first, std::size_t count, std::uint64_t* out) const;

  GroupedLayout layout_;
  RangesReader selector_;
  std::size_t rows_;
};

}  // namespace scenograph::store::internal
