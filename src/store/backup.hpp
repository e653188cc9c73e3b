#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

namespace scenograph::store {

// A backup is a folder of files named by the hash of what they hold, and an index that says which of them make up the
// store: docs/format-store.md, "Backups".

struct BackupOptions {
  /// Told how many bytes of how many are done; may throw to stop; may be null.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

struct BackupResult {
  std::uint64_t commit = 0;        ///< that the backup holds
  std::uint64_t files = 0;         ///< that make it up
  std::uint64_t bytes = 0;         ///< of them
  std::uint64_t copied_files = 0;  ///< that it did not have
  std::uint64_t copied_bytes = 0;
  std::uint64_t removed_files = 0;  ///< that only former backups needed
};

/// Makes a store in `target` from the backup in `backup`, after checking every file against its checksum. It is all
/// there or not at all: files are written beside it and renamed in one step.
///
/// @param target  must not exist, or be an empty folder.
/// @throws        Error(Code::NotFound) if there is no backup; Error(Code::Corrupt) naming a file of it that is
/// damaged;
///                Error(Code::BadArgument) if the target holds anything; Error(DiskFull, Io, Denied).
[[nodiscard]] BackupResult restore(const std::filesystem::path& backup, const std::filesystem::path& target,
                                   const BackupOptions& options = {});

}  // namespace scenograph::store
