#pragma once

#include <memory>
#include <span>

#include "store/internal/edits.hpp"
#include "store/internal/rows/merge.hpp"
#include "store/internal/tables.hpp"

// The memtable: quads of small commits in LMDB, those that came and those that went, each in seven orders.

namespace scenograph::store::internal {

/// The range's rows as of the transaction, which must outlive the source and not change the table meanwhile; null if
/// there are none.
[[nodiscard]] std::unique_ptr<RowSource> memtable_rows(MDB_txn* txn, const Tables& tables, Order order, Sign sign,
                                                       const RowRange& range);

/// How many rows of the range there are. Cost: one look-up for two to four bound members (and a walk over the values
/// for three); for fewer, one for each distinct pair of first members in the range.
[[nodiscard]] std::uint64_t count_memtable(MDB_txn* txn, const Tables& tables, Order order, Sign sign,
                                           const RowRange& range);

/// How many quads of both signs the memtable holds.
[[nodiscard]] std::uint64_t memtable_size(MDB_txn* txn, const Tables& tables);

/// Writes edits to all orders; one that undoes what the memtable holds removes it. Sorts them for each order, so that
/// pages are visited once: the more edits at once, the cheaper each.
///
/// REQUIRES: each quad at most once.
void write_memtable(MDB_txn* txn, const Tables& tables, std::span<const Edit> edits);

/// Empties it.
void clear_memtable(MDB_txn* txn, const Tables& tables);

}  // namespace scenograph::store::internal
