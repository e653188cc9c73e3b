#include "ingest/scratch_store.hpp"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "base/error.hpp"

namespace scenograph::ingest {

namespace fs = std::filesystem;

namespace {

store::StoreOptions scratch_options() {
  store::StoreOptions options;
  options.durability = store::Durability::Relaxed;
  options.background_merges = false;
  return options;
}

void remove_folder(const fs::path& folder) {
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

}  // namespace

ScratchStore::ScratchStore() {
  std::string pattern = (fs::temp_directory_path() / "scenograph-validate-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw base::system_error(errno, "cannot make " + pattern);
  folder_ = pattern;
  try {
    store_ = store::Store::open(folder_, scratch_options());
  } catch (...) {
    remove_folder(folder_);
    throw;
  }
}

ScratchStore::~ScratchStore() {
  store_.reset();
  remove_folder(folder_);
}

}  // namespace scenograph::ingest
