#pragma once

#include <span>

#include "ingest/rdf_input.hpp"
#include "store/store.hpp"

namespace scenograph::ingest {

struct LoadResult {
  std::uint64_t quads = 0;  ///< read, repetitions included
  store::CommitResult commit;
};

/// Adds files of RDF to the store: all of them, or nothing if this throws.
///
/// Blank node labels are scoped to each file, so loading a file twice adds its blank nodes twice.
///
/// @param inputs  each with its own options.
/// @param graph   where triples go that name no graph: an IRI, or the default graph.
/// @param note    for the change log.
[[nodiscard]] LoadResult load(store::Store& store, std::span<const RdfInput> inputs, const rdf::Term& graph,
                              const store::CommitNote& note);

}  // namespace scenograph::ingest
