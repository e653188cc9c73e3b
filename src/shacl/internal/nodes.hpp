#pragma once

#include <deque>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "rdf/term.hpp"
#include "store/term_id.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

/// Ids for all terms of one validation: those of the view, and local ones for terms of the shapes that it lacks.
/// Equal ids ⇔ equal terms. As many threads as the view can do with. The view must outlive it.
class Nodes {
 public:
  explicit Nodes(const store::View& view) : view_(&view) {}

  /// The id of a term of the shapes; their blank nodes are none of the view's, whatever the labels.
  [[nodiscard]] store::TermId id(const rdf::Term& term);
  /// The id of a term that a query gave: blank nodes that the view knows are the view's.
  [[nodiscard]] store::TermId id_of_solution(const rdf::Term& term) {
    const auto found = term.is_blank() ? view_->find(term) : std::nullopt;
    return found ? *found : id(term);
  }
  [[nodiscard]] rdf::Term term(store::TermId id) const;
  [[nodiscard]] std::vector<rdf::Term> terms(std::span<const store::TermId> ids) const;

  /// Whether quads can hold it.
  [[nodiscard]] static bool is_stored(store::TermId id) {
    return !id.is_undefined() && id.kind() != store::IdKind::Local;
  }

 private:
  const store::View* view_;
  mutable std::mutex mutex_;
  std::deque<rdf::Term> local_;
  std::unordered_map<rdf::Term, store::TermId> local_ids_;
};

}  // namespace scenograph::shacl
