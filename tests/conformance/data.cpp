#include "conformance/data.hpp"

#include "base/bytes.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::conformance {

void load(store::Store& store, const std::filesystem::path& path, const rdf::Term& graph) {
  const auto transaction = store.begin();
  store::BlankScope scope(*transaction);
  for (const rdf::Quad& quad : read_file(path)) {
    transaction->insert(scope.intern(rdf::Quad{quad.subject, quad.predicate, quad.object, graph}));
  }
  transaction->commit({});
}

void load_graphs(store::Store& store, const Graph& manifest, const rdf::Term& node) {
  for (const rdf::Term& file : manifest.objects(node, ut::data)) load(store, path_of(file.value), {});
  for (const rdf::Term& entry : manifest.objects(node, ut::graph_data)) {
    const auto path = path_of(manifest.object(entry, ut::graph).value);
    load(store, path, rdf::Term::iri(manifest.object(entry, rdf::rdfs::label).value));
  }
}

std::vector<rdf::Quad> quads_of(const store::Store& store) {
  const auto snapshot = store.snapshot();
  std::vector<rdf::Quad> out;
  const auto term = [&snapshot](store::TermId id) {
    return id == store::default_graph ? rdf::Term{} : snapshot->term(id);
  };
  const auto scan = snapshot->scan({});
  store::QuadBatch batch;
  while (scan->next(batch)) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      out.push_back(
          {term(batch.columns[0][i]), term(batch.columns[1][i]), term(batch.columns[2][i]), term(batch.columns[3][i])});
    }
  }
  return out;
}

std::string text_of(const std::filesystem::path& path) {
  const auto source = base::open_file(path);
  return base::read_all(*source, 0, path.string());
}

}  // namespace scenograph::conformance
