#pragma once

#include <memory>
#include <vector>

#include "store/internal/rows/row_source.hpp"

namespace scenograph::store::internal {

/// Whether rows are there, or take away a row of an older layer.
enum class Sign : std::int8_t { Removed = -1, Added = 1 };

/// Rows of one layer with one sign.
struct SignedRows {
  Sign sign = Sign::Added;
  std::unique_ptr<RowSource> rows;
  std::uint64_t size = 0;  ///< at most so many
};

/// The rows whose signs over all inputs add up to `wanted`.
///
/// Layers of consecutive commits keep this sum within -1, 0 and 1 for every row: a layer adds only what the older ones
/// have not, and removes only what they have. Over all layers the rows with the sum 1 are the quads that are there.
///
/// Cost: a search and a copy for each stretch of rows that one input has between those of the others; no copy for
/// blocks that lie between them as a whole. Memory: up to a block of rows for each input.
///
/// @param bound  how many members all rows share, and all keys that are sought; they need no comparison.
[[nodiscard]] std::unique_ptr<RowSource> merge_rows(std::vector<SignedRows> inputs, Sign wanted, std::size_t bound);

}  // namespace scenograph::store::internal
