#pragma once

#include <filesystem>
#include <string>
#include <utility>

namespace scenograph::store::internal {

/// A lock that keeps other processes out; the system gives it back when the process ends, however it ends.
class FolderLock {
 public:
  FolderLock() = default;

  /// @param file     is made if it is not there.
  /// @param refusal  what to say if another process has it.
  /// @throws         Error(Code::Locked), or why the file cannot be opened.
  FolderLock(const std::filesystem::path& file, const std::string& refusal);
  FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FolderLock& operator=(FolderLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  int descriptor_ = -1;
};

}  // namespace scenograph::store::internal
