#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "rdf/vocab.hpp"
#include "store/bulk_load.hpp"
#include "store/store.hpp"

namespace scenograph::store::tests {

inline rdf::Quad quad_of(std::uint64_t i) {
  rdf::Quad quad;
  quad.subject = i % 7 == 0 ? rdf::Term::blank("n" + std::to_string(i / 50))
                            : rdf::Term::iri("http://ex.test/show/" + std::to_string(i / 3));
  quad.predicate = rdf::Term::iri("http://ex.test/p" + std::to_string(i % 3));
  quad.object = i % 2 == 0 ? rdf::Term::literal("The title of the show numbered " + std::to_string(i))
                           : rdf::Term::literal(std::to_string(i), rdf::xsd::integer);
  if (i % 5 == 0) quad.graph = rdf::Term::iri("http://ex.test/graph/" + std::to_string(i % 4));
  return quad;
}

/// Loads `quad_of(first)` to `quad_of(end - 1)` as a segment.
inline void load_bulk(Store& store, std::uint64_t first, std::uint64_t end) {
  const auto load = store.begin_load({});
  for (std::uint64_t i = first; i < end; ++i) {
    const rdf::Quad quad = quad_of(i);
    load->lane(0).add({rdf::TermView(quad.subject), rdf::TermView(quad.predicate), rdf::TermView(quad.object),
                       rdf::TermView(quad.graph)},
                      0);
  }
  load->commit({"loader", "load"});
}

/// Adds quads in one commit.
inline void add(Store& store, std::uint64_t first, std::uint64_t end) {
  const auto transaction = store.begin();
  BlankScope scope(*transaction);
  for (std::uint64_t i = first; i < end; ++i) transaction->insert(scope.intern(quad_of(i)));
  transaction->commit({"writer", "add \"some\""});
}

/// Removes each `every`th quad of the store in one commit.
inline void remove_some(Store& store, std::uint64_t every) {
  const auto transaction = store.begin();
  std::vector<QuadId> gone;
  const auto scan = transaction->scan({});
  std::uint64_t at = 0;
  for (QuadBatch batch; scan->next(batch);) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      if (at++ % every == 0) {
        gone.push_back({batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], batch.columns[3][i]});
      }
    }
  }
  for (const QuadId& quad : gone) transaction->remove(quad);
  transaction->commit({"writer", "remove"});
}

/// A store with all there is: two loads, a segment of a large commit with removals, a memtable with both signs.
inline std::unique_ptr<Store> make_mixed_store(const std::filesystem::path& folder) {
  StoreOptions options;
  options.memtable_quads = 500;
  options.background_merges = false;
  auto store = Store::open(folder, options);
  load_bulk(*store, 0, 9000);
  load_bulk(*store, 9000, 12'000);
  remove_some(*store, 9);
  add(*store, 20'000, 20'800);
  add(*store, 30'000, 30'100);
  remove_some(*store, 200);
  return store;
}

inline std::vector<rdf::Quad> quads_of(const View& view) {
  std::vector<rdf::Quad> quads;
  const auto scan = view.scan({});
  for (QuadBatch batch; scan->next(batch);) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      quads.push_back({view.term(batch.columns[0][i]), view.term(batch.columns[1][i]), view.term(batch.columns[2][i]),
                       view.term(batch.columns[3][i])});
    }
  }
  return quads;
}

}  // namespace scenograph::store::tests
