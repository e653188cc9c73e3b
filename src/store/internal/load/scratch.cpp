#include "store/internal/load/scratch.hpp"

#include <system_error>
#include <utility>

#include "base/file.hpp"

namespace scenograph::store::internal {

ScratchFolder::ScratchFolder(std::filesystem::path path) : path_(std::move(path)) { base::make_folder(path_); }

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace scenograph::store::internal
