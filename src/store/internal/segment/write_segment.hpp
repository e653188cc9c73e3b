#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "store/internal/rows/merge.hpp"

namespace scenograph::store::internal {

/// The rows of one order and sign; asked once for each, both signs of an order in turn; the same
/// quads in each order. Null: none.
using RowsOf = std::function<std::unique_ptr<RowSource>(Order, Sign)>;

/// Quads written, by sign.
struct SegmentSize {
  std::uint64_t added = 0;
  std::uint64_t removed = 0;
};

/// Writes a segment's folder and synchronises it. Leaves nothing behind when it throws.
///
/// @param type   the id of rdf:type, 0 if no row has it.
/// @param check  called for each block; may throw to stop.
[[nodiscard]] SegmentSize write_segment(const std::filesystem::path& folder, const RowsOf& rows, std::uint64_t type,
                                        const std::function<void()>& check);

}  // namespace scenograph::store::internal
