#include "sparql/exec/functions/extensions.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

#include "base/error.hpp"
#include "sparql/exec/access/places_index.hpp"
#include "sparql/exec/access/words_index.hpp"
#include "sparql/exec/functions/function.hpp"
#include "sparql/functions.hpp"
#include "sparql/term_indexes.hpp"

namespace scenograph::sparql {

namespace {

struct Extension {
  std::string_view iri;
  ArgumentCount arguments;
};

namespace f = functions;
constexpr std::array<Extension, 14> extensions = {{{f::distance, {2, 3}},
                                                   {f::envelope, {1, 1}},
                                                   {f::max_x, {1, 1}},
                                                   {f::max_y, {1, 1}},
                                                   {f::min_x, {1, 1}},
                                                   {f::min_y, {1, 1}},
                                                   {f::contains, {2, 2}},
                                                   {f::disjoint, {2, 2}},
                                                   {f::intersects, {2, 2}},
                                                   {f::within, {2, 2}},
                                                   {f::box, {4, 4}},
                                                   {f::matches, {2, 3}},
                                                   {f::point, {2, 2}},
                                                   {f::score, {2, 3}}}};

constexpr std::array<std::string_view, extensions.size()> iris_of_extensions() {
  std::array<std::string_view, extensions.size()> iris;
  for (std::size_t i = 0; i < iris.size(); ++i) iris[i] = extensions[i].iri;
  return iris;
}

}  // namespace

std::span<const std::string_view> extension_functions() {
  static constexpr auto iris = iris_of_extensions();
  return iris;
}

std::optional<ArgumentCount> argument_count(std::string_view iri) {
  for (const Extension& extension : extensions) {
    if (extension.iri == iri) return extension.arguments;
  }
  for (const Function& cast : cast_functions()) {
    if (cast.name == iri) return ArgumentCount{cast.least, cast.most};
  }
  return std::nullopt;
}

void check_arguments(std::string_view iri, std::size_t count) {
  const auto [least, most] = argument_count(iri).value();
  if (count >= least && count <= most) return;
  const std::string wanted = least == most ? fmt::format("{}", least) : fmt::format("{} to {}", least, most);
  throw base::Error(base::Code::BadSyntax, fmt::format("<{}> takes {} arguments, not {}", iri, wanted, count));
}

std::vector<std::shared_ptr<const store::TermAnalyser>> make_term_indexes() {
  return {make_words_analyser(), make_places_analyser()};
}

}  // namespace scenograph::sparql
