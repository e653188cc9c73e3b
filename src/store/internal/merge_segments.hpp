#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "store/internal/transaction.hpp"

namespace scenograph::store::internal {

/// Where the segments to merge begin: they go to the end, so that they are of consecutive commits. The manifest's size
/// if there is nothing to do.
///
/// A segment is merged when it is not even three times as large as all newer ones together: then a quad is rewritten a
/// few times for each fourfold growth of the store, and a scan looks into a number of segments that grows with the
/// logarithm of it.
///
/// Source: Bentley and Saxe, Decomposable searching problems, 1980 (the logarithmic method).
[[nodiscard]] std::size_t first_to_merge(const Manifest& manifest);

/// Merges segments from `first` on into one and puts it in their place; they are removed. Nothing happens if others did
/// so meanwhile. Blocks neither readers nor writers. Memory: some blocks for each segment.
///
/// @param check  called for each block; may throw to stop, which leaves everything as it was.
void merge_segments(WriterState& state, const OpenFiles& files, std::size_t first, const std::function<void()>& check);

/// A thread that merges in the background, at low priority, whenever `state.changed` is raised; until destroyed.
class Merger {
 public:
  virtual ~Merger() = default;
};

/// `state` must outlive it.
[[nodiscard]] std::unique_ptr<Merger> start_merger(WriterState& state);

}  // namespace scenograph::store::internal
