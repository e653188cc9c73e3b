#include "conformance/shacl_test.hpp"

#include "base/error.hpp"
#include "canon/compare.hpp"
#include "conformance/data.hpp"
#include "shacl/report.hpp"
#include "shacl/validate.hpp"
#include "store/store.hpp"
#include "support/nquads.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::conformance {

namespace {

constexpr std::string_view data_graph = "http://www.w3.org/ns/shacl-test#dataGraph";
constexpr std::string_view shapes_graph = "http://www.w3.org/ns/shacl-test#shapesGraph";
constexpr std::string_view failure = "http://www.w3.org/ns/shacl-test#Failure";
const std::string sh = "http://www.w3.org/ns/shacl#";

/// Adds the triples of a report's node, and of the blank nodes below it that are the report's own.
void extract(const Graph& graph, const rdf::Term& node, std::vector<rdf::Quad>& out) {
  for (const auto& [predicate, objects] : graph.members(node)) {
    if (predicate == sh + "resultMessage" || predicate == sh + "detail") continue;
    const bool leaves = predicate == sh + "sourceShape" || predicate == sh + "value" || predicate == sh + "focusNode" ||
                        predicate == sh + "sourceConstraint";
    for (const rdf::Term& object : objects) {
      out.push_back({node, rdf::Term::iri(predicate), object, {}});
      if (object.is_blank() && !leaves) extract(graph, object, out);
    }
  }
}

/// The report, validated both ways that queries are run.
std::vector<rdf::Quad> report_of(const std::filesystem::path& data, const std::filesystem::path& shapes_file,
                                 bool node_by_node) {
  const shacl::Shapes shapes = shacl::load_shapes(read_file(shapes_file));
  const tests::TemporaryFolder folder;
  const auto store = store::Store::open(folder.path());
  load(*store, data, {});
  base::Budget budget;
  shacl::Options options;
  options.node_by_node = node_by_node;
  std::vector<rdf::Quad> quads;
  shacl::write_graph(shacl::validate(*store->snapshot(), shapes, options, budget),
                     [&](const rdf::Quad& quad) { quads.push_back(quad); });
  Graph graph;
  graph.add(quads);
  std::vector<rdf::Quad> kept;
  extract(graph, graph.subject(rdf::Term::iri(sh + "ValidationReport")), kept);
  return kept;
}

std::string check_refused(const std::filesystem::path& data, const std::filesystem::path& shapes) {
  try {
    static_cast<void>(report_of(data, shapes, false));
  } catch (const base::Error& error) {
    return error.code() == base::Code::BadData ? std::string() : error.what();
  }
  return "was not refused";
}

}  // namespace

std::string run_shacl_test(const Test& test, const Graph& manifest) {
  const rdf::Term action = manifest.object(test.node, mf::action);
  const rdf::Term result = manifest.object(test.node, mf::result);
  const auto data = path_of(manifest.object(action, data_graph).value);
  const auto shapes = path_of(manifest.object(action, shapes_graph).value);
  if (result.value == failure) return check_refused(data, shapes);
  std::vector<rdf::Quad> expected;
  extract(manifest, result, expected);
  for (const bool node_by_node : {false, true}) {
    const auto got = report_of(data, shapes, node_by_node);
    if (canon::isomorphic(got, expected)) continue;
    return "got\n" + tests::to_nquads(got) + "expected\n" + tests::to_nquads(expected);
  }
  return {};
}

}  // namespace scenograph::conformance
