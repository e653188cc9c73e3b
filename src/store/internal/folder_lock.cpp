#include "store/internal/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.hpp"

namespace scenograph::store::internal {

FolderLock::FolderLock(const std::filesystem::path& file, Kind kind, const std::string& refusal)
    : descriptor_(::open(file.c_str(), (kind == Kind::Shared ? O_RDONLY : O_RDWR | O_CREAT) | O_CLOEXEC, 0644)) {
  if (descriptor_ < 0) throw base::system_error(errno, fmt::format("cannot open {}", file.string()));
  if (::flock(descriptor_, (kind == Kind::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0) return;
  const int reason = errno;
  ::close(descriptor_);
  if (reason != EWOULDBLOCK) throw base::system_error(reason, fmt::format("cannot lock {}", file.string()));
  throw base::Error(base::Code::Locked, refusal);
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace scenograph::store::internal
