#pragma once

#include <memory>

#include "store/internal/tables.hpp"
#include "store/view.hpp"

namespace scenograph::store::internal {

/// A scan of one order's table as of the transaction, which must outlive it and must not change the table meanwhile.
[[nodiscard]] std::unique_ptr<Scan> scan_quads(MDB_txn* txn, const Tables& tables, const ScanRequest& request);

/// How many members of the pattern are bound at the front of the order.
[[nodiscard]] std::size_t bound_prefix(const QuadId& pattern, Order order);

}  // namespace scenograph::store::internal
