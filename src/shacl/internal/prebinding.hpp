#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "rdf/term.hpp"
#include "sparql/algebra/algebra.hpp"

// Pre-bound variables: SHACL, section 5.3.1 and appendix A.

namespace scenograph::shacl {

/// Terms for variables, by their names without "?".
using Bindings = std::map<std::string, rdf::Term, std::less<>>;
using VariableNames = std::set<std::string, std::less<>>;

/// What appendix A forbids in a query with pre-bound variables, as the end of a sentence; nullopt if there is nothing.
///
/// @param names      all variables that may be pre-bound.
/// @param projected  those of them that sub-queries must project.
[[nodiscard]] std::optional<std::string> forbidden_part(const sparql::algebra::Query& query, const VariableNames& names,
                                                        const VariableNames& projected);

/// Puts terms in the place of variables, everywhere: in patterns, expressions and sub-queries. What is projected keeps
/// its name.
void put_in(sparql::algebra::Query& query, const Bindings& bindings);

/// Puts a path in the place of the variable PATH where that is the predicate of a triple pattern.
///
/// @return  whether the variable stands nowhere else, as section 5.3.1 has it; "*" aside, which may have meant it.
[[nodiscard]] bool put_in_path(sparql::algebra::Query& query, const sparql::algebra::Path& path);

/// Whether the variable stands anywhere in the query.
[[nodiscard]] bool mentions(const sparql::algebra::Query& query, std::string_view name);

}  // namespace scenograph::shacl
