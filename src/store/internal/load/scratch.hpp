#pragma once

#include <filesystem>

#include "base/scratch_file.hpp"

namespace scenograph::store::internal {

/// The folder that scratch files are made in; made if needed, removed at the end with what is in it.
class ScratchFolder {
 public:
  explicit ScratchFolder(std::filesystem::path path);
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace scenograph::store::internal
