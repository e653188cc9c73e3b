#include "ingest/load.hpp"

namespace scenograph::ingest {

LoadResult load(store::Store& store, std::span<const RdfInput> inputs, const rdf::Term& graph,
                const store::CommitNote& note) {
  LoadResult result;
  const auto transaction = store.begin();
  const store::TermId unnamed = transaction->intern(graph);
  for (const RdfInput& input : inputs) {
    store::BlankScope scope(*transaction);
    read_rdf(input, [&](const rdf::Quad& quad) {
      store::QuadId ids = scope.intern(quad);
      if (ids.graph == store::default_graph) ids.graph = unnamed;
      transaction->insert(ids);
      ++result.quads;
    });
  }
  result.commit = transaction->commit(note);
  return result;
}

}  // namespace scenograph::ingest
