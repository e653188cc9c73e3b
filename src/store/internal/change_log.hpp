#pragma once

#include <functional>
#include <span>

#include "store/internal/tables.hpp"
#include "store/store.hpp"

namespace scenograph::store::internal {

/// A change of a transaction, in ids.
struct Edit {
  QuadId quad;
  bool added = false;
};

/// What remains of edits after those that undo each other: each quad at most once, sorted. REQUIRES: the edits of one
/// quad alternate between adding and removing.
[[nodiscard]] std::vector<Edit> net_of(std::vector<Edit> edits);

/// Adds a commit to the log. `edits` are `net_of`'s.
void log_commit(MDB_txn* txn, const Tables& tables, const CommitInfo& info, std::span<const Edit> edits);

[[nodiscard]] std::vector<CommitInfo> read_commits(MDB_txn* txn, const Tables& tables, std::uint64_t first,
                                                   std::size_t limit);

/// Deletions, then additions. @throws Error(Code::NotFound) if there is no such commit.
void read_edits(MDB_txn* txn, const Tables& tables, std::uint64_t commit, const std::function<void(const Edit&)>& sink);

}  // namespace scenograph::store::internal
