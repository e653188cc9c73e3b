#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

#include "store/term_id.hpp"

// Sets of ids as ascending vectors.

namespace scenograph::sparql {

inline void sort_ids(std::vector<store::TermId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

[[nodiscard]] inline std::vector<store::TermId> common_ids(const std::vector<store::TermId>& a,
                                                           const std::vector<store::TermId>& b) {
  std::vector<store::TermId> out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

}  // namespace scenograph::sparql
