#pragma once

#include "store/bulk_load.hpp"
#include "store/internal/transaction.hpp"

namespace scenograph::store::internal {

/// Rewrites the store as a load of all its quads would have left it: one segment, one vocabulary of the terms in use,
/// new numbers for them, an empty memtable. Blank nodes keep their labels. The changes of commits so far are dropped.
/// Snapshots taken before stay as they are. What commits change meanwhile becomes a segment of its own, whose new terms
/// are in LMDB; writers wait only while that is written. Memory: that of the load, and 100 bytes for each such change.
///
/// @param options  memory, progress and check of the load.
void compact_store(WriterState& state, const BulkLoadOptions& options);

}  // namespace scenograph::store::internal
