#include "conformance/run_test.hpp"

#include <memory>

#include "base/error.hpp"
#include "canon/compare.hpp"
#include "conformance/canon_test.hpp"
#include "conformance/data.hpp"
#include "conformance/endpoints.hpp"
#include "conformance/http_test.hpp"
#include "conformance/shacl_test.hpp"
#include "conformance/syntax_test.hpp"
#include "sparql/parse/parser.hpp"
#include "sparql/query.hpp"
#include "sparql/results/writer.hpp"
#include "sparql/update/run_update.hpp"
#include "store/store.hpp"
#include "support/nquads.hpp"
#include "support/results/solutions.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::conformance {

namespace {

/// A store in a folder of its own.
class Data {
 public:
  store::Store& store() { return *store_; }

 private:
  tests::TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_.path());
};

sparql::ParseOptions parse_options(const std::filesystem::path& path) {
  sparql::ParseOptions options;
  options.base = iri_of(path);
  return options;
}

std::string check_syntax(const std::filesystem::path& path, bool is_update, bool is_positive) {
  try {
    if (is_update) {
      (void)sparql::parse_update(text_of(path), parse_options(path));
    } else {
      (void)sparql::parse_query(text_of(path), parse_options(path));
    }
  } catch (const base::Error& error) {
    return is_positive ? error.what() : std::string();
  }
  return is_positive ? std::string() : "is not refused";
}

std::optional<sparql::ResultFormat> format_of(const std::filesystem::path& path) {
  const std::string extension = path.extension();
  if (extension == ".csv") return sparql::ResultFormat::Csv;
  if (extension == ".tsv") return sparql::ResultFormat::Tsv;
  if (extension == ".srx") return sparql::ResultFormat::Xml;
  if (extension == ".srj") return sparql::ResultFormat::Json;
  return std::nullopt;
}

/// The result through a writer and back.
tests::Solutions solutions_of(sparql::QueryResult& result, sparql::ResultFormat format) {
  std::string text;
  sparql::write_results(result, format, [&text](std::string_view piece) { text += piece; });
  return tests::read_solutions(text, format);
}

tests::Solutions expected_solutions(const std::filesystem::path& path) {
  const auto format = format_of(path);
  return format ? tests::read_solutions(text_of(path), *format) : tests::read_result_graph(read_file(path));
}

std::string compare_graph(sparql::QueryResult& result, const std::filesystem::path& expected_path) {
  std::vector<rdf::Quad> got;
  std::vector<rdf::Triple> triples;
  while (result.next(triples)) {
    for (auto& triple : triples) got.push_back({triple.subject, triple.predicate, triple.object, {}});
  }
  const auto expected = read_file(expected_path);
  if (canon::isomorphic(got, expected)) return {};
  return "got\n" + tests::to_nquads(got) + "expected\n" + tests::to_nquads(expected);
}

std::string check_query(const Test& test, const Graph& manifest) {
  const rdf::Term action = manifest.object(test.node, mf::action);
  const rdf::Term named = manifest.object(action, qt::query);
  const auto path = path_of(named.is_iri() ? named.value : action.value);
  const std::string text = text_of(path);
  const auto query = sparql::parse_query(text, parse_options(path));
  Data data;
  for (const rdf::Term& file : manifest.objects(action, qt::data)) load(data.store(), path_of(file.value), {});
  std::vector<rdf::Term> graphs = manifest.objects(action, qt::graph_data);
  for (const auto* clauses : {&query.from, &query.from_named}) {
    for (const std::string& graph : *clauses) graphs.push_back(rdf::Term::iri(graph));
  }
  for (const rdf::Term& graph : graphs) load(data.store(), path_of(graph.value), graph);

  sparql::QueryOptions options;
  options.union_default_graph = false;
  options.base = iri_of(path);
  options.services = start_endpoints(manifest, action);
  const auto result = sparql::run_query(data.store().snapshot(), text, options);
  const auto expected_path = path_of(manifest.object(test.node, mf::result).value);
  if (result->form() == sparql::QueryForm::Construct || result->form() == sparql::QueryForm::Describe) {
    return compare_graph(*result, expected_path);
  }
  const auto expected = expected_solutions(expected_path);
  auto order = expected.ordered || !query.order_by.empty() ? tests::RowOrder::Stated : tests::RowOrder::Any;
  if (query.reduced) order = tests::RowOrder::Sets;
  return tests::difference(solutions_of(*result, format_of(expected_path).value_or(sparql::ResultFormat::Json)),
                           expected, order);
}

std::string check_update(const Test& test, const Graph& manifest) {
  const rdf::Term action = manifest.object(test.node, mf::action);
  const auto path = path_of(manifest.object(action, ut::request).value);
  Data data;
  load_graphs(data.store(), manifest, action);
  sparql::UpdateOptions options;
  options.union_default_graph = false;
  options.base = iri_of(path);
  sparql::run_update(data.store(), text_of(path), options);
  Data expected;
  load_graphs(expected.store(), manifest, manifest.object(test.node, mf::result));
  const auto got = quads_of(data.store());
  const auto wanted = quads_of(expected.store());
  if (canon::isomorphic(got, wanted)) return {};
  return "got\n" + tests::to_nquads(got) + "expected\n" + tests::to_nquads(wanted);
}

}  // namespace

std::string run_test(const Test& test, const Graph& manifest) {
  const std::string_view type = test.type;
  if (type.find("SyntaxTest") != std::string_view::npos) {
    const rdf::Term action = manifest.object(test.node, mf::action);
    const rdf::Term named = manifest.object(action, qt::query);
    const auto path = path_of(named.is_iri() ? named.value : action.value);
    return check_syntax(path, type.find("Update") != std::string_view::npos, type.starts_with("Positive"));
  }
  if (type == "QueryEvaluationTest" || type == "CSVResultFormatTest") return check_query(test, manifest);
  if (type == "UpdateEvaluationTest") return check_update(test, manifest);
  if (type == "ProtocolTest" || type == "GraphStoreProtocolTest") {
    if (manifest.object(test.node, mf::action).is_default_graph()) return "the test is told in words alone";
    return run_http_test(test, manifest);
  }
  if (type.starts_with("RDFC10")) return run_canon_test(test, manifest);
  if (type == "Validate") return run_shacl_test(test, manifest);
  if (is_syntax_test(test)) return run_syntax_test(test, manifest);
  if (type == "ServiceDescriptionTest") return run_description_test(test);
  return "a test of kind " + test.type + " is not for the engine";
}

}  // namespace scenograph::conformance
