#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "store/term_id.hpp"

namespace scenograph::store {

/// The graphs a caller may see. Every scan and count takes one; no reader can see past it.
class GraphSet {
 public:
  [[nodiscard]] static GraphSet all() { return GraphSet(true, {}); }

  /// @param graphs  any order, duplicates allowed; may hold `default_graph`.
  [[nodiscard]] static GraphSet of(std::vector<TermId> graphs) {
    std::sort(graphs.begin(), graphs.end());
    graphs.erase(std::unique(graphs.begin(), graphs.end()), graphs.end());
    return GraphSet(false, std::move(graphs));
  }

  /// Every graph but the default one.
  [[nodiscard]] static GraphSet named() {
    GraphSet set(true, {});
    set.named_only_ = true;
    return set;
  }

  [[nodiscard]] bool is_all() const { return all_ && !named_only_; }
  [[nodiscard]] bool is_listed() const { return !all_; }

  /// The sorted graphs. REQUIRES: `is_listed()`.
  [[nodiscard]] const std::vector<TermId>& graphs() const { return graphs_; }

  [[nodiscard]] bool contains(TermId graph) const {
    if (all_) return !named_only_ || graph != default_graph;
    return std::binary_search(graphs_.begin(), graphs_.end(), graph);
  }

 private:
  GraphSet(bool all, std::vector<TermId> graphs) : all_(all), graphs_(std::move(graphs)) {}

  bool all_;
  bool named_only_ = false;
  std::vector<TermId> graphs_;
};

}  // namespace scenograph::store
