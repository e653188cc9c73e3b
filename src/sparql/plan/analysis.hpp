#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "sparql/algebra/algebra.hpp"

namespace scenograph::sparql {

using Names = std::set<std::string, std::less<>>;

/// Variables that some solution of the pattern may bind.
[[nodiscard]] Names possible_variables(const algebra::Pattern& pattern);

/// Variables that every solution of the pattern binds (a lower bound).
[[nodiscard]] Names certain_variables(const algebra::Pattern& pattern);

/// Adds all variables that stand anywhere in the pattern, those within sub-queries aside.
void add_mentioned(const algebra::Pattern& pattern, Names& names);

/// Adds the variables an expression mentions, those of EXISTS patterns included.
void add_variables(const algebra::Expression& expression, Names& names);

/// Appends the conjuncts of a condition: it holds where each holds by itself, errors included.
void add_conjuncts(const algebra::Expression& condition, std::vector<const algebra::Expression*>& conjuncts);

[[nodiscard]] bool has_exists(const algebra::Expression& expression);

/// BNODE of a label.
[[nodiscard]] bool is_named_blank(const algebra::Expression& expression);

/// Whether a part of the expression is one, patterns of EXISTS aside.
[[nodiscard]] bool names_blanks(const algebra::Expression& expression);

/// Of the expression, patterns of EXISTS aside.
[[nodiscard]] std::size_t count_nodes(const algebra::Expression& expression);
[[nodiscard]] bool has_aggregate(const algebra::Expression& expression);

/// Whether the triple's path may have no steps: it leads from any term that is put in to itself, but from a variable
/// only where a triple has it.
[[nodiscard]] bool has_empty_path(const algebra::TriplePattern& triple);

/// Whether the pattern means the same on its own as with bindings from outside put in, so that EXISTS may be answered
/// by a join: no expression looks outside, and MINUS does not compare domains.
[[nodiscard]] bool is_closed(const algebra::Pattern& pattern);

/// The expressions that the rows of groups go into: of the projection, HAVING and ORDER BY.
[[nodiscard]] std::vector<const algebra::Expression*> expressions_after_grouping(const algebra::Query& query);

}  // namespace scenograph::sparql
