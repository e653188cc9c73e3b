#pragma once

#include <memory>

#include "store/bulk_load.hpp"
#include "store/internal/transaction.hpp"

namespace scenograph::store::internal {

/// A bulk load into the store whose writer this is. `state` must outlive it.
[[nodiscard]] std::unique_ptr<BulkLoad> load_into_store(WriterState& state, const BulkLoadOptions& options);

}  // namespace scenograph::store::internal
