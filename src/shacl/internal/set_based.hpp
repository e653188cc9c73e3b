#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"
#include "sparql/algebra/algebra.hpp"

// One run of a query for a whole column of focus nodes, in place of a run for each of them.
//
// SHACL defines pre-binding by values insertion (appendix A): the solution μ of the pre-bound variables is joined, as a
// table of one row, with every basic graph pattern, path and GRAPH of the query. Where no part of the query looks at
// more than one solution at a time but for grouping by them, the union of the results for many μ is the result for the
// table of all of them. Two things remain to be done.
//
// First, to tell which queries these are (`obstacle_of`). Joins, unions, OPTIONAL, FILTER, EXISTS, BIND, projection and
// DISTINCT treat solutions with different rows of the table apart, as each holds its row. LIMIT and OFFSET count over
// rows; groups mix them unless they are by all pre-bound variables. A path that may have no steps leads from a term
// that is put in to itself, but from a variable only to terms that the graph has.
//
// Second, to insert the table in few places (`with_table`): each copy costs a join. A pattern is free if joining the
// table with it from outside gives the same as inserting it everywhere inside: basic graph patterns are, and what is
// made of free patterns if the pre-bound variables its expressions mention are bound by its patterns anyway; the same
// for the right side of OPTIONAL. Only patterns that are not free get the table inside.
//
// The table has one more column, with the number of the row, which is projected: it tells whose a solution is.

namespace scenograph::shacl {

/// The column of the row's number, which no query can name.
inline constexpr std::string_view row_column = ".row";

/// Why the query must run once for each row of the pre-bound variables, as the end of a sentence; nullopt if it need
/// not.
///
/// @param columns  pre-bound variables that differ from row to row and that the query mentions.
[[nodiscard]] std::optional<std::string> obstacle_of(const sparql::algebra::Query& query,
                                                     const std::vector<std::string>& columns);

/// Rows of terms, as many in each as there are columns.
using TermRows = std::vector<std::vector<rdf::Term>>;

/// The query over all rows at once, with ".row" projected last: a Select gives the solutions of each row, an Ask
/// becomes a Select of the rows for which it is true. REQUIRES: no obstacle. Cost: the query's size times how deep it
/// nests, and the rows times the places they go to.
[[nodiscard]] sparql::algebra::Query with_table(const sparql::algebra::Query& query,
                                                const std::vector<std::string>& columns, const TermRows& rows);

}  // namespace scenograph::shacl
