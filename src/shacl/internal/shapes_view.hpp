#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "rdf/term.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

/// A view of data together with a shapes graph in memory, as a named graph of its own: `shapes_graph_iri`. Who asks for
/// that graph alone sees it; whoever asks for others, or for all, sees the data only. Blank nodes of the shapes graph
/// are those with `shapes_blank_prefix`. Counts and statistics for planning are the data's.
///
/// Cost: each scan of the shapes graph filters and sorts it, which is small. One thread; the view must outlive it.
class ShapesView final : public store::View {
 public:
  ShapesView(const store::View& data, std::span<const rdf::Triple> shapes);

  [[nodiscard]] std::optional<store::TermId> find(const rdf::Term& term) const override;
  [[nodiscard]] rdf::Term term(store::TermId id) const override;
  [[nodiscard]] std::vector<rdf::Term> terms(std::span<const store::TermId> ids) const override;
  [[nodiscard]] std::unique_ptr<store::TermReader> term_reader() const override { return View::term_reader(); }
  [[nodiscard]] std::unique_ptr<store::Scan> scan(const store::ScanRequest& request) const override;
  [[nodiscard]] std::uint64_t count(const store::QuadId& pattern) const override;
  [[nodiscard]] std::uint64_t count_between(const store::QuadId& pattern, store::Order order, store::TermId first,
                                            store::TermId end) const override {
    return data_->count_between(pattern, order, first, end);
  }
  [[nodiscard]] PredicateStatistics statistics(store::TermId predicate) const override {
    return data_->statistics(predicate);
  }
  [[nodiscard]] bool has_exact_statistics() const override { return false; }
  [[nodiscard]] std::vector<store::TermId> predicates() const override { return data_->predicates(); }
  [[nodiscard]] std::vector<store::TermId> graphs() const override { return data_->graphs(); }
  [[nodiscard]] std::uint64_t commit_number() const override { return data_->commit_number(); }

  /// The name of the shapes graph.
  [[nodiscard]] store::TermId graph() const { return graph_; }

 private:
  store::TermId intern(rdf::Term term);
  [[nodiscard]] bool is_own(store::TermId id) const;

  const store::View* data_;
  std::vector<rdf::Term> own_terms_;  ///< that the data does not know; their ids count down from the largest
  std::map<rdf::Term, store::TermId> own_ids_;
  std::vector<store::QuadId> quads_;
  store::TermId graph_;
};

}  // namespace scenograph::shacl
