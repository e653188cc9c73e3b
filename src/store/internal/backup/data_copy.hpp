#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "store/internal/lmdb.hpp"

namespace scenograph::store::internal {

/// What a copy of the LMDB file speaks of.
struct DataCopy {
  std::uint64_t commit = 0;
  std::vector<std::string> files;  ///< that it needs, within the store: segments, vocabularies, kept changes, logs
  std::string live_log;            ///< the one of them that still changes, if any
};

/// Writes the environment's last state to a file, without the pages that are free, and synchronises it. Writers go on
/// meanwhile. @throws Error(DiskFull, Io, Corrupt)
void copy_environment(MDB_env* environment, const std::filesystem::path& to);

/// @param file  that `copy_environment` wrote.
[[nodiscard]] DataCopy read_data_copy(const std::filesystem::path& file);

}  // namespace scenograph::store::internal
