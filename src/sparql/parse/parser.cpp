#include "sparql/parse/parser.hpp"

#include "sparql/parse/grammar.hpp"

namespace scenograph::sparql {

algebra::Query parse_query(std::string_view text, const ParseOptions& options) {
  return parse::Grammar(text, "query", options).query_unit();
}

algebra::Update parse_update(std::string_view text, const ParseOptions& options) {
  return parse::Grammar(text, "update", options).update_unit();
}

}  // namespace scenograph::sparql
