#pragma once

#include <memory>
#include <span>

#include "store/internal/rows/row_source.hpp"

namespace scenograph::store::internal {

/// Nothing.
[[nodiscard]] std::unique_ptr<RowSource> no_rows();

/// Rows `first` to `end` - 1 of the run.
[[nodiscard]] std::unique_ptr<RowSource> run_rows(std::shared_ptr<const Run> run, std::uint64_t first,
                                                  std::uint64_t end);

/// Sorted rows that outlive the source.
[[nodiscard]] std::unique_ptr<RowSource> sorted_rows(std::span<const Row> rows);

}  // namespace scenograph::store::internal
