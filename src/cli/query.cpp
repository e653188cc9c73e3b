#include "sparql/query.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/internal/budget_options.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/remote_options.hpp"
#include "jsonld/any_syntax.hpp"
#include "sparql/results/writer.hpp"

namespace scenograph::cli {

namespace {

void write_triples(sparql::QueryResult& result, const std::string& format) {
  const auto writer =
      jsonld::make_any_writer(syntax::parse_format(format.empty() ? "turtle" : format), standard_output());
  for (std::vector<rdf::Triple> triples; result.next(triples);) {
    for (rdf::Triple& triple : triples) {
      writer->write({std::move(triple.subject), std::move(triple.predicate), std::move(triple.object), {}});
    }
  }
  writer->finish();
}

void write_result(sparql::QueryResult& result, const std::string& format) {
  const bool solutions = result.form() == sparql::QueryForm::Select || result.form() == sparql::QueryForm::Ask;
  if (!solutions) return write_triples(result, format);
  sparql::write_results(result, sparql::parse_result_format(format.empty() ? "table" : format), standard_output());
}

class QueryCommand : public Command {
 public:
  std::string_view name() const override { return "query"; }
  std::string_view arguments() const override { return "[FILE | -e TEXT] [--format FORMAT]"; }
  std::string_view summary() const override { return "run a SPARQL query"; }
  std::string_view examples() const override {
    return "  scenograph query -e 'SELECT ?name { ?s a schema:TheaterEvent ; schema:name ?name }'\n"
           "  scenograph query -e 'SELECT ?type (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type ORDER BY DESC(?n)'\n"
           "  scenograph query touring-shows.rq --format csv > shows.csv\n"
           "  scenograph query wikidata-birthdays.rq --allow-service query.wikidata.org\n"
           "  scenograph query -e 'DESCRIBE <https://venue.example/id/place/1>' --format jsonld\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("file", po::value<std::string>(), "a file with the query; - is standard input")(
        "e,e", po::value<std::string>()->value_name("TEXT"), "the query itself")(
        "format", po::value<std::string>()->value_name("FORMAT"),
        "table (default), json, xml, csv, tsv; for CONSTRUCT and DESCRIBE turtle (default), ntriples, jsonld, rdfxml")(
        "explain", po::bool_switch(),
        "run it, and show the algebra and the operators in place of the rows; --format text (default) or json")(
        "named-default-graph", po::bool_switch(),
        "the default graph is the unnamed one alone, not all graphs together")(
        "max-results", po::value<std::uint64_t>()->default_value(0)->value_name("N"),
        "stop with an error past so many rows or triples; 0: no limit");
    declare_budget_options(options, "2G");
    declare_remote_options(options, false);
  }

  void declare_positional(po::positional_options_description& positional) const override { positional.add("file", 1); }

  Exit run(const Invocation& invocation) const override {
    const std::string text = text_argument(invocation, "file", "e");
    const auto budget = make_budget(invocation);
    sparql::QueryOptions options;
    options.max_results = invocation.options["max-results"].as<std::uint64_t>();
    options.usual_prefixes = true;
    options.union_default_graph = !invocation.options["named-default-graph"].as<bool>();
    options.services = sparql::federation::make_services(remote_options(invocation));
    const store::Snapshot view = open_store(invocation, true)->snapshot();
    if (invocation.options["explain"].as<bool>()) {
      const std::string wanted = invocation.text("format");
      const auto format = sparql::parse_explain_format(wanted.empty() ? "text" : wanted);
      standard_output()(sparql::explain(view, text, options, budget, format));
      return Exit::Ok;
    }
    write_result(*sparql::run_query(view, text, options, budget), invocation.text("format"));
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_query_command() { return std::make_unique<QueryCommand>(); }

}  // namespace scenograph::cli
