#pragma once

#include <span>

#include "ingest/rdf_input.hpp"
#include "store/store.hpp"

namespace scenograph::ingest {

struct LoadResult {
  std::uint64_t quads = 0;  ///< read, repetitions included
  store::CommitResult commit;
};

struct LoadOptions {
  std::size_t threads = 2;                     ///< that read and look terms up
  std::size_t memory = std::size_t{2} << 30U;  ///< bytes; see store::BulkLoadOptions
};

/// Adds files of RDF to the store: all of them, or nothing if this throws. Large inputs are sorted into files of their
/// own (`store::BulkLoad`), small ones are one transaction.
///
/// Blank node labels are scoped to each file, so loading a file twice adds its blank nodes twice.
///
/// @param inputs  each with its own options.
/// @param graph   where triples go that name no graph: an IRI, or the default graph.
/// @param note    for the change log.
[[nodiscard]] LoadResult load(store::Store& store, std::span<const RdfInput> inputs, const rdf::Term& graph,
                              const store::CommitNote& note, const LoadOptions& options = {});

}  // namespace scenograph::ingest
