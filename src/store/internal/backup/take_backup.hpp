#pragma once

#include "store/backup.hpp"
#include "store/internal/snapshot.hpp"

namespace scenograph::store::internal {

/// As `Store::backup`.
BackupResult take_backup(const StateSource& source, const std::filesystem::path& backup, const BackupOptions& options);

}  // namespace scenograph::store::internal
