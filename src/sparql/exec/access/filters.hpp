#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "place/box.hpp"
#include "sparql/exec/access/candidates.hpp"

// What filters ask of a variable, where an index can help.

namespace scenograph::sparql {

/// The variable's text must match.
struct TextFilter {
  std::string variable;
  std::string query;
  std::string language;
};

/// The variable's place must share something with the box; or it is a latitude of such a place.
struct PlaceFilter {
  std::string variable;
  bool is_latitude = false;
  place::Box box;
};

[[nodiscard]] std::optional<TextFilter> text_filter(const algebra::Expression& filter, const ConstantValue& constant);
[[nodiscard]] std::optional<PlaceFilter> place_filter(const algebra::Expression& filter, const ConstantValue& constant);

}  // namespace scenograph::sparql
