#pragma once

#include <array>
#include <vector>

#include "store/internal/layers.hpp"
#include "store/internal/wal/commit_record.hpp"

namespace scenograph::store::internal {

/// Finds how edits change `Tables::counts`: quads in all, of each predicate and graph, distinct subjects and objects,
/// of all and of each predicate. What is counted in an order can be counted when something else needs the edits in that
/// order too.
///
/// Cost: one count in `before` for each distinct subject and object, and for each distinct pair of one with a
/// predicate; or a pass over `before` in each of four orders, where edits are more than a 64th of it.
class ChangeCounter {
 public:
  /// @param before  the state without the edits. Both must outlive this; the edits do not change.
  ChangeCounter(const Layers& before, const EditSet& edits);

  /// Counts what is counted in this order; nothing in most.
  void count(Order order);

  /// Counts what is not counted yet. @return all changes.
  [[nodiscard]] std::vector<CountChange> finish();

 private:
  const Layers& before_;
  const EditSet& edits_;
  std::vector<CountChange> changes_;
  std::array<bool, order_count> is_counted_{};
};

}  // namespace scenograph::store::internal
