#include <algorithm>
#include <array>

#include "sparql/exec/access/places_index.hpp"
#include "sparql/exec/access/words_index.hpp"
#include "sparql/exec/functions/function.hpp"
#include "sparql/functions.hpp"
#include "sparql/term_indexes.hpp"

namespace scenograph::sparql {

std::span<const std::string_view> extension_functions() {
  namespace f = functions;
  static constexpr std::array<std::string_view, 14> all = {
      f::distance, f::envelope,   f::max_x,  f::max_y, f::min_x,   f::min_y, f::contains,
      f::disjoint, f::intersects, f::within, f::box,   f::matches, f::point, f::score};
  return all;
}

bool has_function(std::string_view iri) {
  const auto casts = cast_functions();
  const auto extensions = extension_functions();
  return std::find(extensions.begin(), extensions.end(), iri) != extensions.end() ||
         std::any_of(casts.begin(), casts.end(), [iri](const Function& cast) { return cast.name == iri; });
}

std::vector<std::shared_ptr<const store::TermAnalyser>> make_term_indexes() {
  return {make_words_analyser(), make_places_analyser()};
}

}  // namespace scenograph::sparql
