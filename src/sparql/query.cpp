#include "sparql/query.hpp"

#include <fmt/format.h>

#include <chrono>

#include "base/error.hpp"
#include "base/json_text.hpp"
#include "sparql/algebra/to_string.hpp"
#include "sparql/exec/run_algebra.hpp"
#include "sparql/parse/parser.hpp"

namespace scenograph::sparql {

namespace {

algebra::Query parsed(std::string_view text, const QueryOptions& options, base::Budget& budget, base::Charge& charge) {
  ParseOptions parse_options;
  parse_options.base = options.base;
  parse_options.usual_prefixes = options.usual_prefixes;
  parse_options.budget = &budget;
  parse_options.charge = &charge;
  return parse_query(text, parse_options);
}

/// @return  rows or triples.
std::uint64_t read_to_end(QueryResult& result) {
  std::uint64_t count = 0;
  if (result.form() == QueryForm::Select) {
    for (SolutionBatch batch; result.next(batch);) count += batch.size;
  } else if (result.form() == QueryForm::Ask) {
    count = result.boolean() ? 1 : 0;
  } else {
    for (std::vector<rdf::Triple> triples; result.next(triples);) count += triples.size();
  }
  return count;
}

}  // namespace

std::unique_ptr<QueryResult> run_query(store::Snapshot snapshot, std::string_view text, const QueryOptions& options,
                                       std::shared_ptr<base::Budget> budget) {
  if (!budget) budget = std::make_shared<base::Budget>();
  base::Charge charge(*budget);
  algebra::Query query = parsed(text, options, *budget, charge);
  return run_algebra(std::move(snapshot), std::move(query), options, budget, std::move(charge));
}

ExplainFormat parse_explain_format(std::string_view name) {
  if (name == "text") return ExplainFormat::Text;
  if (name == "json") return ExplainFormat::Json;
  throw base::Error(base::Code::BadArgument, fmt::format("a query is explained as text or json, not \"{}\"", name));
}

std::string explain(store::Snapshot snapshot, std::string_view text, const QueryOptions& options,
                    const std::shared_ptr<base::Budget>& budget, ExplainFormat format) {
  using Clock = std::chrono::steady_clock;
  const auto ms_since = [](Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  };
  const auto start = Clock::now();
  base::Charge charge(*budget);
  algebra::Query query = parsed(text, options, *budget, charge);
  const std::string algebra = algebra::to_string(query);
  const auto result = run_algebra(std::move(snapshot), std::move(query), options, budget, std::move(charge));
  const double planning_ms = ms_since(start);
  const std::uint64_t rows = read_to_end(*result);
  const double ms = ms_since(start);
  if (format == ExplainFormat::Text) {
    return fmt::format("{}\n{}\n{} results in {:.2f} ms, of which planning {:.2f} ms; {} KiB at most\n", algebra,
                       result->explain(format), rows, ms, planning_ms, (budget->peak() + 1023) / 1024);
  }
  std::string out = R"({"algebra":)";
  base::append_json_string(out, algebra);
  out += fmt::format(R"(,"results":{},"ms":{:.3f},"planning_ms":{:.3f},"peak_memory_bytes":{},"plan":{}}})", rows, ms,
                     planning_ms, budget->peak(), result->explain(format));
  return out + "\n";
}

}  // namespace scenograph::sparql
