#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "store/view.hpp"

namespace scenograph::sparql::tests {

/// A View over a handful of quads, simple enough to be trusted: every scan filters and sorts all of them. Ids of the
/// dictionary kinds only; `term` refuses local ids as a store does.
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

  void add(const rdf::Term& subject, const rdf::Term& predicate, const rdf::Term& object, const rdf::Term& graph = {}) {
    quads_.insert({intern(subject), intern(predicate), intern(object), intern(graph)});
  }

  std::optional<TermId> find(const rdf::Term& term) const override {
    if (term.is_default_graph()) return store::default_graph;
    const auto at = ids_.find(term);
    return at == ids_.end() ? std::nullopt : std::optional(at->second);
  }

  rdf::Term term(TermId id) const override {
    if (id == store::default_graph) return {};
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

  PredicateStatistics statistics(TermId predicate) const override {
    std::set<TermId> subjects;
    std::set<TermId> objects;
    PredicateStatistics out;
    for (const auto& quad : quads_) {
      if (quad.predicate != predicate) continue;
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
  explicit MemoryScan(std::vector<std::array<store::TermId, 4>> rows) : rows_(std::move(rows)) {}

  bool next(store::QuadBatch& batch) override {
    constexpr std::size_t few = 3;  // so that small data still comes in several batches
    batch.size = std::min(few, rows_.size() - at_);
    for (std::size_t i = 0; i < 4; ++i) {
      batch.columns[i].clear();
      for (std::size_t row = 0; row < batch.size; ++row) batch.columns[i].push_back(rows_[at_ + row][i]);
    }
    at_ += batch.size;
    return batch.size > 0;
  }

  void seek(store::TermId) override { throw std::logic_error("not used"); }

 private:
  std::vector<std::array<store::TermId, 4>> rows_;
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
  return std::make_unique<MemoryScan>(std::move(rows));
}

}  // namespace scenograph::sparql::tests
