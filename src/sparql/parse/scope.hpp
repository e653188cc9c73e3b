#pragma once

#include <set>
#include <string>
#include <vector>

#include "sparql/algebra/algebra.hpp"

namespace scenograph::sparql::parse {

/// The variables in scope of a pattern, by first appearance, without blank nodes: what SELECT * projects.
/// Source: SPARQL 1.1 Query, section 18.2.1.
[[nodiscard]] std::vector<std::string> visible_variables(const algebra::Pattern& pattern);

/// Whether the variable is in scope of the pattern.
[[nodiscard]] bool is_visible(const algebra::Pattern& pattern, const std::string& variable);

/// The first variable of an expression, outside of aggregates and of EXISTS, that is not among `known`; nullptr if
/// there is none.
[[nodiscard]] const std::string* find_unknown(const algebra::Expression& expression,
                                              const std::set<std::string>& known);

}  // namespace scenograph::sparql::parse
