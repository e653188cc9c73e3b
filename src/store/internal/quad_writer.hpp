#pragma once

#include <span>

#include "store/internal/change_log.hpp"
#include "store/internal/tables.hpp"

namespace scenograph::store::internal {

/// Writes edits to the six orders after Spog, and keeps the counts. Sorts the edits for each order, so that B-tree
/// pages are visited once; the more edits at once, the cheaper each.
///
/// REQUIRES: Spog has them already; edits of one quad alternate, in time's order.
void write_edits(MDB_txn* txn, const Tables& tables, std::span<const Edit> edits);

}  // namespace scenograph::store::internal
