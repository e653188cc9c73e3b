#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace scenograph::store::internal {

/// A file of the store, as a backup has it.
struct BackupEntry {
  std::string name;          ///< in the store, with / between folders
  std::string hash;          ///< of the content, in hexadecimal: its name in the backup
  std::uint64_t size = 0;    ///< bytes
  std::int64_t time_ns = 0;  ///< of the store's file when it was copied; with name and size it tells the content
};

struct BackupIndex {
  std::uint64_t commit = 0;
  std::int64_t time_ms = 0;  ///< of the backup
  std::vector<BackupEntry> entries;
};

/// The index of a backup; nullopt if the folder has none.
/// @throws Error(Code::Corrupt, Code::Unsupported) if it cannot be read or is damaged.
[[nodiscard]] std::optional<BackupIndex> read_backup_index(const std::filesystem::path& backup);

/// Puts the index in the place of the former one, in one step.
void write_backup_index(const std::filesystem::path& backup, const BackupIndex& index);

[[nodiscard]] std::filesystem::path backup_index_file(const std::filesystem::path& backup);
[[nodiscard]] std::filesystem::path backup_files_folder(const std::filesystem::path& backup);

}  // namespace scenograph::store::internal
