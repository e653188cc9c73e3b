#pragma once

#include <vector>

#include "store/internal/layers.hpp"
#include "store/internal/wal/commit_record.hpp"

namespace scenograph::store::internal {

/// How edits change `Tables::counts`: quads in all, of each predicate and graph, distinct subjects and objects, of all
/// and of each predicate. Cost: one count in `before` for each distinct subject and object, and for each distinct pair
/// of one with a predicate.
///
/// @param before  the state without the edits.
[[nodiscard]] std::vector<CountChange> count_changes(const Layers& before, const EditSet& edits);

}  // namespace scenograph::store::internal
