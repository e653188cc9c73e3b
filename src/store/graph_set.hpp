#pragma once

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "store/term_id.hpp"

namespace scenograph::store {

/// The graphs a caller may see. Every scan and count takes one; no reader can see past it.
class GraphSet {
 public:
  [[nodiscard]] static GraphSet all() { return all_but({}); }

  /// @param graphs  any order, duplicates allowed; may hold `default_graph`.
  [[nodiscard]] static GraphSet of(std::vector<TermId> graphs) { return GraphSet(true, std::move(graphs)); }

  /// @param graphs  likewise.
  [[nodiscard]] static GraphSet all_but(std::vector<TermId> graphs) { return GraphSet(false, std::move(graphs)); }

  /// Every graph but the default one.
  [[nodiscard]] static GraphSet named() { return all_but({default_graph}); }

  [[nodiscard]] bool is_all() const { return !listed_ && graphs_.empty(); }
  [[nodiscard]] bool is_listed() const { return listed_; }

  /// The sorted graphs. REQUIRES: `is_listed()`.
  [[nodiscard]] const std::vector<TermId>& graphs() const { return graphs_; }

  [[nodiscard]] bool contains(TermId graph) const {
    return std::binary_search(graphs_.begin(), graphs_.end(), graph) == listed_;
  }

  /// Whether all graphs of this are in `other`.
  [[nodiscard]] bool is_within(const GraphSet& other) const { return intersection(*this, other) == *this; }

  [[nodiscard]] friend GraphSet intersection(const GraphSet& a, const GraphSet& b) {
    std::vector<TermId> graphs;
    if (!a.listed_ && !b.listed_) {
      std::set_union(a.graphs_.begin(), a.graphs_.end(), b.graphs_.begin(), b.graphs_.end(),
                     std::back_inserter(graphs));
      return all_but(std::move(graphs));
    }
    const GraphSet& listed = a.listed_ ? a : b;
    const GraphSet& other = a.listed_ ? b : a;
    std::copy_if(listed.graphs_.begin(), listed.graphs_.end(), std::back_inserter(graphs),
                 [&other](TermId graph) { return other.contains(graph); });
    return of(std::move(graphs));
  }

  friend bool operator==(const GraphSet&, const GraphSet&) = default;

 private:
  GraphSet(bool listed, std::vector<TermId> graphs) : listed_(listed), graphs_(std::move(graphs)) {
    std::sort(graphs_.begin(), graphs_.end());
    graphs_.erase(std::unique(graphs_.begin(), graphs_.end()), graphs_.end());
  }

  bool listed_;  ///< whether `graphs_` are the graphs, or those left out
  std::vector<TermId> graphs_;
};

}  // namespace scenograph::store
