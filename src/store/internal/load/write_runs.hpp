#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "store/internal/load/batch.hpp"
#include "store/internal/load/load_quads.hpp"
#include "store/internal/load/numbering.hpp"
#include "store/internal/load/work.hpp"

namespace scenograph::store::internal {

/// Sorts the batches' quads and writes their runs, without duplicates and what `target` has. Writes nothing if no quad
/// is left.
///
/// @param memory   bytes for sorting; what does not fit goes through files.
/// @param scratch  folder for those.
[[nodiscard]] LoadCounts write_runs(std::span<const std::unique_ptr<Batch>> batches, Numbering& numbering,
                                    const LoadTarget& target, const LoadPaths& paths, std::size_t memory,
                                    const std::filesystem::path& scratch, Work& work);

}  // namespace scenograph::store::internal
