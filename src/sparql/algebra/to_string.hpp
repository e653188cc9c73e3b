#pragma once

#include <string>

#include "sparql/algebra/algebra.hpp"

namespace scenograph::sparql::algebra {

/// The tree, one operator a line, indented by two spaces a level; for people, in `explain`.
[[nodiscard]] std::string to_string(const Query& query);
[[nodiscard]] std::string to_string(const Pattern& pattern);

/// In prefix form: "(&& (> ?age 18) (BOUND ?name))".
[[nodiscard]] std::string to_string(const Expression& expression);

/// As SPARQL writes it: "(<p>/^<q>)*".
[[nodiscard]] std::string to_string(const Path& path);

/// A variable with its "?", a term in N-Triples.
[[nodiscard]] std::string to_string(const Node& node);

}  // namespace scenograph::sparql::algebra
