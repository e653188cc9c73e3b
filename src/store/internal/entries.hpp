#pragma once

#include <cstdint>

#include "store/internal/tables.hpp"

// Everything that is written to LMDB goes through here: its pages have no checksums, so a sum over all entries is kept
// with them, which a changed, lost or added one does not fit.

namespace scenograph::store::internal {

/// Writes an entry whose key the table does not have yet, or may have with other values where it holds several.
/// @throws as `check`
void add_entry(MDB_txn* txn, const Tables& tables, MDB_dbi table, MDB_val key, MDB_val value, std::string_view doing);

/// Writes an entry in the place of the one with its key, if there is one. REQUIRES: a table of one value a key.
void set_entry(MDB_txn* txn, const Tables& tables, MDB_dbi table, MDB_val key, MDB_val value, std::string_view doing);

/// Removes the entry with the key. REQUIRES: a table of one value a key.
void remove_entry(MDB_txn* txn, const Tables& tables, MDB_dbi table, MDB_val key, std::string_view doing);

/// Removes all entries. Cost: reads them.
void clear_table(MDB_txn* txn, const Tables& tables, MDB_dbi table, std::string_view doing);

/// The sum of what all tables hold, which reads them, and the sum of what was written.
[[nodiscard]] std::uint64_t sum_of_entries(MDB_txn* txn, const Tables& tables);
[[nodiscard]] std::uint64_t kept_sum(MDB_txn* txn, const Tables& tables);

}  // namespace scenograph::store::internal
