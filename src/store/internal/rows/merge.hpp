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
};

/// The rows whose signs over all inputs add up to `wanted`.
///
/// Layers of consecutive commits keep this sum within -1, 0 and 1 for every row: a layer adds only what the older ones
/// have not, and removes only what they have. Over all layers the rows with the sum 1 are the quads that are there.
///
/// Stretches that only the largest input of the wanted sign has are copied column by column, so a few changes over many
/// rows cost a few comparisons each.
///
/// @param inputs  the first one of the wanted sign is taken for the largest.
/// @param bound   how many members all rows share, which need no comparison.
[[nodiscard]] std::unique_ptr<RowSource> merge_rows(std::vector<SignedRows> inputs, Sign wanted, std::size_t bound);

}  // namespace scenograph::store::internal
