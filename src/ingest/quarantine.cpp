#include "ingest/quarantine.hpp"

#include "rdf/vocab.hpp"

namespace scenograph::ingest {

namespace {

const rdf::Term quarantine = rdf::Term::iri(rdf::scg::Quarantine);

}  // namespace

void set_quarantine(store::Transaction& transaction, store::TermId graph, store::TermId provenance) {
  const store::TermId type = transaction.intern(rdf::Term::iri(rdf::rdf::type));
  transaction.insert({graph, type, transaction.intern(quarantine), provenance});
}

store::GraphSet out_of_quarantine(const store::View& view) {
  const auto type = view.find(rdf::Term::iri(rdf::rdf::type));
  const auto marked = view.find(quarantine);
  std::vector<store::TermId> graphs;
  if (!type || !marked) return store::GraphSet::all();
  const auto scan = view.scan({{{}, *type, *marked, {}}, store::Order::Posg, store::GraphSet::all(), true});
  for (store::QuadBatch batch; scan->next(batch);) {
    const auto found = batch.column(store::Position::Subject);
    graphs.insert(graphs.end(), found.begin(), found.end());
  }
  return store::GraphSet::all_but(std::move(graphs));
}

}  // namespace scenograph::ingest
