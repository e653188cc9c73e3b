#pragma once

#include <filesystem>
#include <functional>

#include "store/internal/snapshot.hpp"

// The change log: what each commit added and removed. Small commits are in the write-ahead logs, which are kept; those
// which became segments in files of their own, which are that segment's Spog runs under a second name.

namespace scenograph::store::internal {

/// Where a commit's changes are in the write-ahead logs.
struct LogPlace {
  std::uint64_t wal = 0;  ///< number of the file; 0: in files of changes (`keep_changes`)
  std::uint64_t at = 0;
};

/// Lists a commit.
void log_commit(MDB_txn* txn, const Tables& tables, const CommitInfo& info, const LogPlace& place);

/// Gives the segment's Spog runs a second name that outlives the segment.
void keep_changes(const std::filesystem::path& store, std::uint64_t commit, const std::filesystem::path& segment);

/// Commits from `first` on, oldest first, at most `limit`.
[[nodiscard]] std::vector<CommitInfo> read_commits(const State& state, std::uint64_t first, std::size_t limit);

/// Deletions, then additions. @throws Error(Code::NotFound) if there is no such commit, or its changes are not kept.
void read_edits(const State& state, const std::filesystem::path& store, std::uint64_t commit,
                const std::function<void(const Edit&)>& sink);

/// The files of changes that the log needs, as paths within the store.
[[nodiscard]] std::vector<std::filesystem::path> kept_change_files(MDB_txn* txn, const Tables& tables);

/// Bytes of files of changes that are no longer a segment's too.
[[nodiscard]] std::uint64_t unshared_change_bytes(const std::filesystem::path& store);

/// Reads the files of changes that the commit has, if any. @throws Error(Code::Corrupt)
void verify_kept_changes(const std::filesystem::path& store, std::uint64_t commit);

/// Drops the changes of all commits up to `last`, and the logs before `first_wal`; numbers, times and notes stay.
void forget_changes(MDB_txn* txn, const Tables& tables, std::uint64_t last, std::uint64_t first_wal);

/// Removes files of changes and logs that no listed commit needs.
void remove_unlisted_changes(MDB_txn* txn, const Tables& tables, const std::filesystem::path& store);

}  // namespace scenograph::store::internal
