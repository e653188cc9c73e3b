#pragma once

#include <span>

#include "store/internal/layers.hpp"
#include "store/view.hpp"

namespace scenograph::store::internal {

/// As `View::star`, from the sets of all layers. @param view  of the layers. @param type  rdf:type, or Undefined.
[[nodiscard]] StarStatistics star_of(const View& view, const Layers& layers, TermId type,
                                     std::span<const StarMember> members);

/// As `View::statistics` of all predicates together. What edits without counts add is left out.
[[nodiscard]] View::PredicateStatistics all_statistics(const Layers& layers);

}  // namespace scenograph::store::internal
