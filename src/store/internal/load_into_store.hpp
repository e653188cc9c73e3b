#pragma once

#include <memory>

#include "store/bulk_load.hpp"
#include "store/internal/load/load_quads.hpp"
#include "store/internal/transaction.hpp"

namespace scenograph::store::internal {

/// The files of a new segment and vocabulary of this number, removed unless they are taken, or a commit that failed may
/// have taken them.
class NewFiles {
 public:
  NewFiles(const StateSource& store, std::uint64_t number);
  NewFiles(const NewFiles&) = delete;
  NewFiles& operator=(const NewFiles&) = delete;
  ~NewFiles();

  [[nodiscard]] std::uint64_t number() const { return number_; }
  [[nodiscard]] LoadPaths paths(const std::filesystem::path& scratch) const;

  /// Makes their names survive a loss of power.
  void sync() const;

  void take() { taken_ = true; }

 private:
  std::uint64_t number_;
  std::shared_ptr<MDB_env> environment_;
  std::filesystem::path segment_;
  std::filesystem::path vocabulary_;
  bool taken_ = false;
};

/// What a load adds to `Tables::counts`.
[[nodiscard]] std::vector<CountChange> to_changes(const LoadCounts& counts);

/// A bulk load into the store whose writer this is. `state` must outlive it.
[[nodiscard]] std::unique_ptr<BulkLoad> load_into_store(WriterState& state, const BulkLoadOptions& options);

}  // namespace scenograph::store::internal
