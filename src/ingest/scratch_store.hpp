#pragma once

#include <filesystem>
#include <memory>

#include "store/store.hpp"

namespace scenograph::ingest {

/// A store for the length of one task, such as the validation of files, in a folder of its own below the system's
/// folder for temporary files, which goes with it. Commits wait for no disk. Cost of making one: some milliseconds.
class ScratchStore {
 public:
  /// @throws  Error(Code::Io, Code::Denied, Code::DiskFull) if there can be none.
  ScratchStore();
  ScratchStore(const ScratchStore&) = delete;
  ScratchStore& operator=(const ScratchStore&) = delete;
  ~ScratchStore();

  [[nodiscard]] store::Store& store() { return *store_; }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace scenograph::ingest
