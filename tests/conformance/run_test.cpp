#include "conformance/run_test.hpp"

#include <memory>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "sparql/parse/parser.hpp"
#include "sparql/query.hpp"
#include "sparql/results/writer.hpp"
#include "sparql/update/run_update.hpp"
#include "store/store.hpp"
#include "support/isomorphism.hpp"
#include "support/results/solutions.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::conformance {

namespace {

std::string text_of(const std::filesystem::path& path) {
  const auto source = base::open_file(path);
  return base::read_all(*source, 0, path.string());
}

/// A store in a folder of its own.
class Data {
 public:
  store::Store& store() { return *store_; }

  void load(const std::filesystem::path& path, const rdf::Term& graph) {
    const auto transaction = store_->begin();
    store::BlankScope scope(*transaction);
    for (const rdf::Quad& quad : read_file(path)) {
      transaction->insert(scope.intern(rdf::Quad{quad.subject, quad.predicate, quad.object, graph}));
    }
    transaction->commit({});
  }

  std::vector<rdf::Quad> quads() const {
    const auto snapshot = store_->snapshot();
    std::vector<rdf::Quad> out;
    const auto term = [&snapshot](store::TermId id) {
      return id == store::default_graph ? rdf::Term{} : snapshot->term(id);
    };
    const auto scan = snapshot->scan({});
    store::QuadBatch batch;
    while (scan->next(batch)) {
      for (std::size_t i = 0; i < batch.size; ++i) {
        out.push_back({term(batch.columns[0][i]), term(batch.columns[1][i]), term(batch.columns[2][i]),
                       term(batch.columns[3][i])});
      }
    }
    return out;
  }

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

/// The result through a writer and back.
tests::Solutions solutions_of(sparql::QueryResult& result, const std::string& extension) {
  std::string text;
  const auto write = [&](sparql::ResultFormat format) {
    sparql::write_results(result, format, [&text](std::string_view piece) { text += piece; });
  };
  if (extension == ".csv") return write(sparql::ResultFormat::Csv), tests::read_csv(text);
  if (extension == ".tsv") return write(sparql::ResultFormat::Tsv), tests::read_tsv(text);
  if (extension == ".srx") return write(sparql::ResultFormat::Xml), tests::read_srx(text);
  return write(sparql::ResultFormat::Json), tests::read_srj(text);
}

tests::Solutions expected_solutions(const std::filesystem::path& path) {
  const std::string extension = path.extension();
  if (extension == ".csv") return tests::read_csv(text_of(path));
  if (extension == ".tsv") return tests::read_tsv(text_of(path));
  if (extension == ".srx") return tests::read_srx(text_of(path));
  if (extension == ".srj") return tests::read_srj(text_of(path));
  return tests::read_result_graph(read_file(path));
}

std::string compare_graph(sparql::QueryResult& result, const std::filesystem::path& expected_path) {
  std::vector<rdf::Quad> got;
  std::vector<rdf::Triple> triples;
  while (result.next(triples)) {
    for (auto& triple : triples) got.push_back({triple.subject, triple.predicate, triple.object, {}});
  }
  const auto expected = read_file(expected_path);
  if (tests::isomorphic(got, expected)) return {};
  return "got\n" + tests::to_nquads(got) + "expected\n" + tests::to_nquads(expected);
}

std::string check_query(const Test& test, const Graph& manifest) {
  const rdf::Term action = manifest.object(test.node, mf::action);
  const rdf::Term named = manifest.object(action, qt::query);
  const auto path = path_of(named.is_iri() ? named.value : action.value);
  const std::string text = text_of(path);
  const auto query = sparql::parse_query(text, parse_options(path));
  Data data;
  for (const rdf::Term& file : manifest.objects(action, qt::data)) data.load(path_of(file.value), {});
  std::vector<rdf::Term> graphs = manifest.objects(action, qt::graph_data);
  for (const auto* clauses : {&query.from, &query.from_named}) {
    for (const std::string& graph : *clauses) graphs.push_back(rdf::Term::iri(graph));
  }
  for (const rdf::Term& graph : graphs) data.load(path_of(graph.value), graph);

  sparql::QueryOptions options;
  options.union_default_graph = false;
  options.base = iri_of(path);
  const auto result = sparql::run_query(data.store().snapshot(), text, options);
  const auto expected_path = path_of(manifest.object(test.node, mf::result).value);
  if (result->form() == sparql::QueryForm::Construct || result->form() == sparql::QueryForm::Describe) {
    return compare_graph(*result, expected_path);
  }
  const auto expected = expected_solutions(expected_path);
  auto order = expected.ordered || !query.order_by.empty() ? tests::RowOrder::Stated : tests::RowOrder::Any;
  if (query.reduced) order = tests::RowOrder::Sets;
  return tests::difference(solutions_of(*result, expected_path.extension()), expected, order);
}

/// Loads what ut:data and ut:graphData of a node tell of.
void load_graphs(Data& data, const Graph& manifest, const rdf::Term& node) {
  for (const rdf::Term& file : manifest.objects(node, ut::data)) data.load(path_of(file.value), {});
  for (const rdf::Term& entry : manifest.objects(node, ut::graph_data)) {
    const auto path = path_of(manifest.object(entry, ut::graph).value);
    data.load(path, rdf::Term::iri(manifest.object(entry, rdf::rdfs::label).value));
  }
}

std::string check_update(const Test& test, const Graph& manifest) {
  const rdf::Term action = manifest.object(test.node, mf::action);
  const auto path = path_of(manifest.object(action, ut::request).value);
  Data data;
  load_graphs(data, manifest, action);
  sparql::UpdateOptions options;
  options.union_default_graph = false;
  options.base = iri_of(path);
  sparql::run_update(data.store(), text_of(path), options);
  Data expected;
  load_graphs(expected, manifest, manifest.object(test.node, mf::result));
  if (tests::isomorphic(data.quads(), expected.quads())) return {};
  return "got\n" + tests::to_nquads(data.quads()) + "expected\n" + tests::to_nquads(expected.quads());
}

}  // namespace

std::string run_test(const Test& test, const Graph& manifest) {
  const std::string_view type = test.type;
  if (type.find("SyntaxTest") != std::string_view::npos) {
    const auto path = path_of(manifest.object(test.node, mf::action).value);
    return check_syntax(path, type.find("Update") != std::string_view::npos, type.starts_with("Positive"));
  }
  if (type == "QueryEvaluationTest" || type == "CSVResultFormatTest") return check_query(test, manifest);
  if (type == "UpdateEvaluationTest") return check_update(test, manifest);
  return "a test of kind " + test.type + " is not for the engine";
}

}  // namespace scenograph::conformance
