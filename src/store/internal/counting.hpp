#pragma once

#include "store/internal/tables.hpp"
#include "store/view.hpp"

namespace scenograph::store::internal {

/// As `View::count`, as of the transaction.
[[nodiscard]] std::uint64_t count_quads(MDB_txn* txn, const Tables& tables, const QuadId& pattern);

}  // namespace scenograph::store::internal
