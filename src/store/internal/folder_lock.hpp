#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace scenograph::store::internal {

/// The file of a store that the one process that may write to it has locked.
constexpr const char* writer_lock_name = "writer.lock";

/// A lock that keeps other processes out; the system gives it back when the process ends, however it ends.
class FolderLock {
 public:
  enum class Kind : std::uint8_t {
    Exclusive,  ///< for one process alone; the file is made if it is not there
    Shared      ///< for any number that only keep out who wants it alone; the file need but be readable
  };

  FolderLock() = default;

  /// @param refusal  what to say if another process has it.
  /// @throws         Error(Code::Locked), or why the file cannot be opened.
  FolderLock(const std::filesystem::path& file, Kind kind, const std::string& refusal);
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
