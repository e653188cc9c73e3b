#pragma once

#include <vector>

#include "store/internal/layers.hpp"
#include "store/internal/wal/commit_record.hpp"

namespace scenograph::store::internal {

/// How edits change `Tables::counts`: quads in all, of each predicate and graph, distinct subjects and objects, of all
/// and of each predicate. Cost: one count in `before` for each distinct subject and object, and for each distinct pair
/// of one with a predicate; or a pass over `before` in each of four orders, where edits are more than a 64th of it.
/// Memory: 64 bytes an edit, for two sorted orders of them at a time, and 48 while one is sorted.
///
/// @param before  the state without the edits. @param edits  keep one sorted order.
[[nodiscard]] std::vector<CountChange> count_changes(const Layers& before, EditSet& edits);

}  // namespace scenograph::store::internal
