#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "store/internal/load/batch.hpp"
#include "store/internal/load/work.hpp"

namespace scenograph::store::internal {

/// Collects the quads of one thread as numbers of its own. When its memory is full, what it has goes to scratch files.
class Lane : public LoadLane {
 public:
  /// @param memory   bytes to hold before they go to disk; doubled whenever that has happened 64 times.
  /// @param scratch  the folder for that.
  Lane(std::size_t memory, std::filesystem::path scratch, Work& work);

  void add(const rdf::QuadView& quad, std::uint32_t document) override;

  /// Sorts the terms of what is still in memory. @throws  what `add` may throw.
  void close();

  /// REQUIRES: closed.
  [[nodiscard]] std::vector<std::unique_ptr<Batch>> take_batches() { return std::move(batches_); }

 private:
  [[nodiscard]] bool is_full() const;
  void spill();

  std::size_t memory_;
  std::filesystem::path scratch_;
  Work* work_;
  TermTable terms_;
  PageArray<LocalQuad> quads_;
  std::array<TermTable::Place, 4> last_;  ///< where the last quad's members are
  std::vector<std::unique_ptr<Batch>> batches_;
};

}  // namespace scenograph::store::internal
