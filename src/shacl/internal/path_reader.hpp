#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/budget.hpp"
#include "shacl/internal/nodes.hpp"
#include "shacl/shapes.hpp"
#include "store/graph_set.hpp"
#include "store/term_id.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

/// What each node of a column leads to: row i holds nodes[offsets[i]] up to nodes[offsets[i + 1]], sorted, each once.
struct Rows {
  std::vector<std::uint32_t> offsets{0};
  std::vector<store::TermId> nodes;

  [[nodiscard]] std::size_t size() const { return offsets.size() - 1; }
  [[nodiscard]] std::span<const store::TermId> of(std::size_t row) const {
    return {nodes.data() + offsets[row], nodes.data() + offsets[row + 1]};
  }
  void end_row() { offsets.push_back(static_cast<std::uint32_t>(nodes.size())); }
};

/// Follows property paths from whole columns of nodes through the sorted indexes. One thread.
class PathReader {
 public:
  PathReader(const store::View& view, const store::GraphSet& graphs, Nodes& nodes, base::Budget& budget)
      : view_(&view), graphs_(&graphs), nodes_(&nodes), budget_(&budget) {}

  /// @param from  sorted, each once.
  /// @return      as many rows. Cost: where `from` is dense among the predicate's subjects one pass over that part of
  ///              the index, else one lookup a node.
  [[nodiscard]] Rows follow(const Path& path, std::span<const store::TermId> from);

  /// Subjects (objects if `inverse`) of a predicate, sorted, each once.
  [[nodiscard]] std::vector<store::TermId> ends(const rdf::Term& predicate, bool inverse);

  /// Calls `sink(predicate, object)` for each triple of the subject, predicates ascending.
  template <typename Sink>
  void each_triple(store::TermId subject, const Sink& sink) {
    if (!Nodes::is_stored(subject)) return;
    const auto scan = open({subject, {}, {}, {}}, store::Order::Spog);
    while (scan->next(batch_)) {
      const auto predicates = batch_.column(store::Position::Predicate);
      const auto objects = batch_.column(store::Position::Object);
      for (std::size_t i = 0; i < batch_.size; ++i) sink(predicates[i], objects[i]);
    }
  }

 private:
  using Ids = std::span<const store::TermId>;

  [[nodiscard]] std::unique_ptr<store::Scan> open(const store::QuadId& pattern, store::Order order) const;
  [[nodiscard]] Rows follow(const Path& path, Ids from, bool inverse);
  [[nodiscard]] Rows predicate(const rdf::Term& predicate, Ids from, bool inverse);
  [[nodiscard]] std::size_t merge(store::TermId predicate, Ids from, bool inverse, Rows& rows);
  void look_up(store::TermId predicate, Ids from, bool inverse, Rows& rows);
  [[nodiscard]] Rows sequence(const std::vector<Path>& parts, Ids from, bool inverse);
  [[nodiscard]] Rows alternative(const std::vector<Path>& parts, Ids from, bool inverse);
  [[nodiscard]] Rows closure(const Path& part, Ids from, bool inverse, bool with_start);

  const store::View* view_;
  const store::GraphSet* graphs_;
  Nodes* nodes_;
  base::Budget* budget_;
  store::QuadBatch batch_;
};

/// Sorts and removes repetitions.
void sort_unique(std::vector<store::TermId>& ids);

}  // namespace scenograph::shacl
