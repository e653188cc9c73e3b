#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "sparql/exec/evaluator.hpp"

namespace scenograph::sparql {

/// A function of `sparql/functions.hpp`, or null if there is none of that IRI. What is constant is understood once, not
/// for each row. @throws Error(Code::BadSyntax) for a number of arguments that it does not take.
[[nodiscard]] EvaluatorPtr make_text_function(std::string_view iri, std::vector<EvaluatorPtr>& arguments,
                                              Context& context);
[[nodiscard]] EvaluatorPtr make_place_function(std::string_view iri, std::vector<EvaluatorPtr>& arguments,
                                               Context& context);

/// How a call of scgf:matches or scgf:score is asked.
struct TextQuery {
  std::string_view text;
  std::string_view language;  ///< a tag, or ""
};

/// nullopt is a type error. @param language  null if it is not given: then it is that of the query's text.
[[nodiscard]] std::optional<TextQuery> text_query(const Value& query, const Value* language);

/// Metres that one of a unit is, nullopt if the unit is not known. Source: OGC and QUDT vocabularies of units.
[[nodiscard]] std::optional<double> metres_of(std::string_view unit);

/// REQUIRES: a function of `sparql/functions.hpp`.
/// @throws Error(Code::BadSyntax) naming the function, if it does not take that many arguments.
void check_arguments(std::string_view iri, std::size_t count);

}  // namespace scenograph::sparql
