#pragma once

#include <filesystem>
#include <functional>
#include <span>

#include "store/internal/edits.hpp"
#include "store/internal/tables.hpp"
#include "store/store.hpp"

// The change log: what each commit added and removed. That of small commits lies in LMDB; that of a commit which became
// a segment in files of its own, which are that segment's Spog runs under a second name.

namespace scenograph::store::internal {

/// Adds a commit to the log. `edits` are empty if the changes are in files (`keep_changes`).
void log_commit(MDB_txn* txn, const Tables& tables, const CommitInfo& info, std::span<const Edit> edits);

/// Gives the segment's Spog runs a second name that outlives the segment.
void keep_changes(const std::filesystem::path& store, std::uint64_t commit, const std::filesystem::path& segment);

[[nodiscard]] std::vector<CommitInfo> read_commits(MDB_txn* txn, const Tables& tables, std::uint64_t first,
                                                   std::size_t limit);

/// Deletions, then additions. @throws Error(Code::NotFound) if there is no such commit, or its changes are not kept.
void read_edits(MDB_txn* txn, const Tables& tables, const std::filesystem::path& store, std::uint64_t commit,
                const std::function<void(const Edit&)>& sink);

/// The files of changes that the log needs, as paths within the store.
[[nodiscard]] std::vector<std::filesystem::path> kept_change_files(MDB_txn* txn, const Tables& tables);

/// Bytes of files of changes that are no longer a segment's too.
[[nodiscard]] std::uint64_t unshared_change_bytes(const std::filesystem::path& store);

/// Reads the files of changes that the commit has, if any. @throws Error(Code::Corrupt)
void verify_kept_changes(const std::filesystem::path& store, std::uint64_t commit);

/// Removes the changes of all commits up to this one; their numbers, times and notes stay.
void forget_changes(MDB_txn* txn, const Tables& tables, std::uint64_t last);

/// Removes files of changes that no commit between `meta::log_start` and the last one has.
void remove_unlisted_changes(MDB_txn* txn, const Tables& tables, const std::filesystem::path& store);

}  // namespace scenograph::store::internal
