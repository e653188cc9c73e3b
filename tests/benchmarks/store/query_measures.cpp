#include <algorithm>
#include <ctime>
#include <limits>
#include <string>

#include "measures.hpp"
#include "sparql/query.hpp"
#include "store/store.hpp"

namespace scenograph::benchmarks {

namespace {

struct Query {
  std::string_view name;
  std::string_view text;  ///< after the prefix
};

constexpr std::string_view prefix = "PREFIX schema: <http://schema.org/>\n";

constexpr Query queries[] = {
    {"predicates", "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"},
    {"star",
     "SELECT (COUNT(*) AS ?n) { ?event a schema:TheaterEvent ; schema:name ?name ; schema:startDate ?start ; "
     "schema:location ?place ; schema:organizer ?company }"},
    {"chain",
     "SELECT ?country (COUNT(*) AS ?n) { ?event schema:location ?place . ?place schema:address ?address . ?address "
     "schema:addressCountry ?country } GROUP BY ?country"},
    {"path", "SELECT (COUNT(*) AS ?n) { ?event schema:superEvent+ ?season }"},
    {"label", "SELECT (COUNT(*) AS ?n) { ?s schema:name ?name FILTER(CONTAINS(?name, \"Phèdre\")) }"},
    {"newest", "SELECT ?event ?start { ?event schema:startDate ?start } ORDER BY DESC(?start) ?event LIMIT 20"},
};

/// Of all threads.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Numbers in the result add up to this, other terms count as one: the same for the same data, whatever its layers.
double check_sum(sparql::QueryResult& result) {
  double sum = 0;
  for (sparql::SolutionBatch batch; result.next(batch);) {
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      for (std::size_t row = 0; row < batch.size; ++row) {
        const auto term = batch.at(i, row);
        const bool is_number = term && term->value.find_first_not_of("0123456789") == std::string::npos;
        sum += is_number ? std::stod(std::string(term->value)) : 1;
      }
    }
  }
  return sum;
}

}  // namespace

void measure_queries(const Settings& settings) {
  store::StoreOptions options;
  options.read_only = true;
  const store::Snapshot view = store::Store::open(settings.place, options)->snapshot();
  for (const Query& query : queries) {
    double best = std::numeric_limits<double>::max();
    double sum = 0;
    for (unsigned i = 0; i <= settings.repeats; ++i) {
      const double start = processor_seconds();
      sum = check_sum(*sparql::run_query(view, std::string(prefix) + std::string(query.text)));
      best = std::min(best, processor_seconds() - start);
    }
    report(std::string(query.name) + "_ms", best * 1e3);
    report(std::string(query.name) + "_sum", sum);
  }
}

}  // namespace scenograph::benchmarks
