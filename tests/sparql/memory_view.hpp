#pragma once

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "store/inline_value.hpp"
#include "store/view.hpp"

namespace scenograph::sparql::tests {

/// A View over a handful of quads, simple enough to be trusted: every scan filters and sorts all of them. `term`
/// refuses local ids as a store does.
class MemoryView : public store::View {
 public:
  using TermId = store::TermId;

  TermId intern(const rdf::Term& term) {
    if (const auto known = find(term)) return *known;
    terms_.push_back(term);
    const auto kind =
        term.is_iri() ? store::IdKind::Iri : (term.is_blank() ? store::IdKind::BlankNode : store::IdKind::Literal);
    return ids_[term] = TermId::make(kind, terms_.size() - 1);
  }

  /// @return whether it is new.
  bool add(const rdf::Term& subject, const rdf::Term& predicate, const rdf::Term& object, const rdf::Term& graph = {}) {
    return quads_.insert({intern(subject), intern(predicate), intern(object), intern(graph)}).second;
  }

  std::optional<TermId> find(const rdf::Term& term) const override {
    if (term.is_default_graph()) return store::default_graph;
    if (const auto id = store::inline_id(rdf::TermView(term))) return id;
    const auto at = ids_.find(term);
    return at == ids_.end() ? std::nullopt : std::optional(at->second);
  }

  rdf::Term term(TermId id) const override {
    if (id == store::default_graph) return {};
    if (id.is_inline()) return store::inline_term(id);
    if (id.is_undefined() || id.kind() == store::IdKind::Local) throw std::logic_error("not an id of the view");
    return terms_.at(id.payload());
  }

  std::vector<rdf::Term> terms(std::span<const TermId> ids) const override {
    std::vector<rdf::Term> out;
    for (const TermId id : ids) out.push_back(term(id));
    return out;
  }

  std::unique_ptr<store::Scan> scan(const store::ScanRequest& request) const override;

  std::uint64_t count(const store::QuadId& pattern) const override {
    return static_cast<std::uint64_t>(
        std::count_if(quads_.begin(), quads_.end(), [&](const store::QuadId& quad) { return agrees(quad, pattern); }));
  }

  std::uint64_t count_between(const store::QuadId& pattern, store::Order order, TermId first,
                              TermId end) const override;

  PredicateStatistics statistics(TermId predicate) const override {
    std::set<TermId> subjects;
    std::set<TermId> objects;
    PredicateStatistics out;
    for (const auto& quad : quads_) {
      if (!predicate.is_undefined() && quad.predicate != predicate) continue;
      ++out.quads;
      subjects.insert(quad.subject);
      objects.insert(quad.object);
    }
    out.distinct_subjects = subjects.size();
    out.distinct_objects = objects.size();
    return out;
  }

  std::vector<TermId> predicates() const override {
    std::set<TermId> out;
    for (const auto& quad : quads_) out.insert(quad.predicate);
    return {out.begin(), out.end()};
  }

  std::vector<TermId> graphs() const override {
    std::set<TermId> out;
    for (const auto& quad : quads_) out.insert(quad.graph);
    return {out.begin(), out.end()};
  }

  std::uint64_t commit_number() const override { return 1; }

  static bool agrees(const store::QuadId& quad, const store::QuadId& pattern) {
    const auto fits = [](TermId id, TermId wanted) { return wanted.is_undefined() || id == wanted; };
    return fits(quad.subject, pattern.subject) && fits(quad.predicate, pattern.predicate) &&
           fits(quad.object, pattern.object) && fits(quad.graph, pattern.graph);
  }

 private:
  std::vector<rdf::Term> terms_;
  std::map<rdf::Term, TermId> ids_;
  std::set<store::QuadId> quads_;
};

/// The letters of an order, as indices of S, P, O, G.
inline std::array<std::size_t, 4> positions_of(store::Order order) {
  constexpr std::array<std::array<std::size_t, 4>, 7> all = {
      {{0, 1, 2, 3}, {0, 2, 1, 3}, {1, 0, 2, 3}, {1, 2, 0, 3}, {2, 0, 1, 3}, {2, 1, 0, 3}, {3, 0, 1, 2}}};
  return all[static_cast<std::size_t>(order)];
}

class MemoryScan final : public store::Scan {
 public:
  /// @param free  the positions that the request leaves open, in its order
  MemoryScan(std::vector<std::array<store::TermId, 4>> rows, std::vector<std::size_t> free, std::array<bool, 4> wanted)
      : rows_(std::move(rows)), free_(std::move(free)), wanted_(wanted) {}

  bool next(store::QuadBatch& batch, std::size_t most) override {
    constexpr std::size_t few = 3;  // so that small data still comes in several batches
    batch.size = std::min({few, most, rows_.size() - at_});
    for (std::size_t i = 0; i < 4; ++i) {
      batch.columns[i].clear();
      for (std::size_t row = 0; row < batch.size; ++row) {
        const auto unwanted = store::TermId::make(store::IdKind::Local, row);
        batch.columns[i].push_back(wanted_[i] ? rows_[at_ + row][i] : unwanted);
      }
    }
    at_ += batch.size;
    return batch.size > 0;
  }

  void seek(store::TermId at_least, store::TermId then) override {
    if (free_.empty()) return;
    const auto is_below = [&](const auto& row) {
      if (row[free_[0]] != at_least) return row[free_[0]] < at_least;
      return free_.size() > 1 && row[free_[1]] < then;
    };
    while (at_ < rows_.size() && is_below(rows_[at_])) ++at_;
  }

 private:
  std::vector<std::array<store::TermId, 4>> rows_;
  std::vector<std::size_t> free_;
  std::array<bool, 4> wanted_;
  std::size_t at_ = 0;
};

inline std::unique_ptr<store::Scan> MemoryView::scan(const store::ScanRequest& request) const {
  std::vector<std::array<TermId, 4>> rows;
  std::set<std::array<TermId, 3>> triples;
  for (const auto& quad : quads_) {
    if (!agrees(quad, request.pattern) || !request.graphs.contains(quad.graph)) continue;
    if (request.distinct_triples && !triples.insert({quad.subject, quad.predicate, quad.object}).second) continue;
    rows.push_back({quad.subject, quad.predicate, quad.object, quad.graph});
  }
  const auto positions = positions_of(request.order);
  std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    for (const std::size_t i : positions) {
      if (a[i] != b[i]) return a[i] < b[i];
    }
    return false;
  });
  const std::array<TermId, 4> bound = {request.pattern.subject, request.pattern.predicate, request.pattern.object,
                                       request.pattern.graph};
  std::vector<std::size_t> free;
  std::copy_if(positions.begin(), positions.end(), std::back_inserter(free),
               [&](std::size_t i) { return bound[i].is_undefined(); });
  return std::make_unique<MemoryScan>(std::move(rows), std::move(free), request.wanted);
}

inline std::uint64_t MemoryView::count_between(const store::QuadId& pattern, store::Order order, TermId first,
                                               TermId end) const {
  const std::array<TermId, 4> bound = {pattern.subject, pattern.predicate, pattern.object, pattern.graph};
  const auto positions = positions_of(order);
  const auto free =
      std::find_if(positions.begin(), positions.end(), [&](std::size_t i) { return bound[i].is_undefined(); });
  const auto is_between = [&](const store::QuadId& quad) {
    const std::array<TermId, 4> members = {quad.subject, quad.predicate, quad.object, quad.graph};
    return agrees(quad, pattern) && members[*free] >= first && members[*free] < end;
  };
  return static_cast<std::uint64_t>(std::count_if(quads_.begin(), quads_.end(), is_between));
}

}  // namespace scenograph::sparql::tests
