#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/budget.hpp"
#include "sparql/algebra/algebra.hpp"
#include "sparql/algebra/update.hpp"

namespace scenograph::sparql {

struct ParseOptions {
  std::string base;  ///< IRI that relative IRIs are resolved against until BASE says otherwise; empty: they are refused
  bool usual_prefixes = false;  ///< whether prefixes that the text does not declare are the usual ones
  std::size_t max_bytes = std::size_t{64} << 20U;  ///< of the text
  base::Budget* budget = nullptr;                  ///< checked while the text is read; null: no deadline
  base::Charge* charge = nullptr;  ///< grows by a bound of what the algebra, and its operators, take; null: no limit
};

/// The algebra of a query, translated as SPARQL 1.1 Query, section 18.2 has it; paths stay paths.
///
/// Groups, expressions and the like nest 256 deep at most; a text has 10,000 variables at most.
///
/// @throws  Error(Code::BadSyntax) at the line and column in "query" of the first fault: of the grammar, or of what the
///          specification rules out besides (scopes of variables and blank nodes, arguments of functions);
///          Error(Code::TooLarge) past `max_bytes` or the limits on nesting; what the budget throws.
///
/// Source: SPARQL 1.1 Query Language, sections 4 to 19.
[[nodiscard]] algebra::Query parse_query(std::string_view text, const ParseOptions& options = {});

/// The operations of an update request, in order. Errors as above, with places in "update".
///
/// Source: SPARQL 1.1 Update.
[[nodiscard]] algebra::Update parse_update(std::string_view text, const ParseOptions& options = {});

}  // namespace scenograph::sparql
