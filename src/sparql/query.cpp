#include "sparql/query.hpp"

#include "sparql/algebra/to_string.hpp"
#include "sparql/exec/run_algebra.hpp"
#include "sparql/parse/parser.hpp"

namespace scenograph::sparql {

namespace {

algebra::Query parsed(std::string_view text, const QueryOptions& options) {
  ParseOptions parse_options;
  parse_options.base = options.base;
  return parse_query(text, parse_options);
}

void read_to_end(QueryResult& result) {
  if (result.form() == QueryForm::Select) {
    SolutionBatch batch;
    while (result.next(batch)) {
    }
  } else if (result.form() == QueryForm::Ask) {
    (void)result.boolean();
  } else {
    std::vector<rdf::Triple> triples;
    while (result.next(triples)) {
    }
  }
}

}  // namespace

std::unique_ptr<QueryResult> run_query(store::Snapshot snapshot, std::string_view text, const QueryOptions& options,
                                       std::shared_ptr<base::Budget> budget) {
  return run_algebra(std::move(snapshot), parsed(text, options), options, std::move(budget));
}

std::string explain(store::Snapshot snapshot, std::string_view text, const QueryOptions& options,
                    std::shared_ptr<base::Budget> budget) {
  algebra::Query query = parsed(text, options);
  std::string out = algebra::to_string(query);
  const auto result = run_algebra(std::move(snapshot), std::move(query), options, std::move(budget));
  read_to_end(*result);
  return out + "\n" + result->explain();
}

}  // namespace scenograph::sparql
