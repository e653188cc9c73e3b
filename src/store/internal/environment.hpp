#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "store/internal/lmdb.hpp"

namespace scenograph::store::internal {

/// Opens the `data.mdb` of a store, which a writer makes if it is not there.
///
/// LMDB wants readers to note in `lock.mdb` which state they read, so that writers leave its pages alone. Where this
/// process may not write that file (it is another user's, or the file system is mounted read-only, which says nothing
/// of other mounts) a reader keeps writers out instead: it holds `writer.lock` shared for as long as the environment
/// lives.
///
/// @param max_bytes  of address space.
/// @throws  Error(Code::Locked) if a reader would have to keep out a writer that is there; Error(Denied, ReadOnly,
///          NotFound, Corrupt, Io, TooLarge).
[[nodiscard]] std::shared_ptr<MDB_env> open_environment(const std::filesystem::path& folder, std::uint64_t max_bytes,
                                                        bool read_only);

}  // namespace scenograph::store::internal
