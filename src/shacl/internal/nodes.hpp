#pragma once

#include <deque>
#include <mutex>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/budget.hpp"
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
  /// The id of a term that a function gave: blank nodes that the view knows are the view's.
  /// @param charge  grows by the term, if it is the first time that it is met and the view lacks it.
  [[nodiscard]] store::TermId id_of_value(const rdf::Term& term, base::Charge& charge);
  [[nodiscard]] rdf::Term term(store::TermId id) const;
  [[nodiscard]] std::vector<rdf::Term> terms(std::span<const store::TermId> ids) const;

  /// Whether quads can hold it.
  [[nodiscard]] static bool is_stored(store::TermId id) {
    return !id.is_undefined() && id.kind() != store::IdKind::Local;
  }

 private:
  /// @return  whether it is new, too.
  std::pair<store::TermId, bool> add(const rdf::Term& term);

  const store::View* view_;
  mutable std::mutex mutex_;
  std::deque<rdf::Term> local_;
  std::unordered_map<rdf::Term, store::TermId> local_ids_;
};

}  // namespace scenograph::shacl
