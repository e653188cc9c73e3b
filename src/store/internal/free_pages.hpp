#pragma once

#include <cstdint>
#include <filesystem>

#include "store/internal/lmdb.hpp"

namespace scenograph::store::internal {

/// LMDB never shortens its file: pages that are free stay for later. This gives their room back to the disk, as holes
/// in the file, where no reader of any process can still see them. Waits for the writer of the environment, if there is
/// one. Does nothing where the file system knows no holes.
///
/// @return  bytes given back. @throws as `check`
std::uint64_t give_back_free_pages(MDB_env* environment, const std::filesystem::path& file);

}  // namespace scenograph::store::internal
