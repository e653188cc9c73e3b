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
  bool one_graph = false;                      ///< refuses documents that name graphs: Error(Code::BadData)
  std::function<void()> check;                 ///< called often, by any thread; may throw to give up; may be null
  std::function<void(const store::View&)> before_commit;  ///< of `load_bulk`: see store::BulkLoadOptions; may be null
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

/// As `load`, by one transaction. Memory: all of the quads. What the inputs give is to be at hand: other writers wait.
/// @param replace  makes the graph hold exactly what the inputs say, writing only the difference.
[[nodiscard]] LoadResult load_small(store::Store& store, std::span<const RdfInput> inputs, const rdf::Term& graph,
                                    const store::CommitNote& note, const LoadOptions& options, bool replace = false);

/// As `load`, sorted into files. Memory: `options.memory`.
[[nodiscard]] LoadResult load_bulk(store::Store& store, std::span<const RdfInput> inputs, const rdf::Term& graph,
                                   const store::CommitNote& note, const LoadOptions& options);

}  // namespace scenograph::ingest
