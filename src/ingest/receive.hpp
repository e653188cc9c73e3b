#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/diagnostic.hpp"
#include "ingest/load.hpp"
#include "jsonld/document.hpp"
#include "rdf/term.hpp"
#include "store/store.hpp"
#include "syntax/format.hpp"

namespace scenograph::ingest {

/// A document for one graph, on its way in. Sizes are bytes after decompression.
struct GraphDocument {
  std::unique_ptr<base::ByteSource> bytes;  ///< plain, gzip or zstd
  syntax::Format format = syntax::Format::Turtle;
  rdf::Term graph;       ///< where it goes: an IRI, or the default graph
  bool replace = false;  ///< the graph is to hold exactly what the document says
  std::string base;      ///< of relative IRIs
  bool lenient = false;  ///< see syntax::ReadOptions
  base::DiagnosticSink diagnostics;
  jsonld::DocumentLoader contexts = jsonld::bundled_document;  ///< that JSON-LD names

  std::uint64_t bulk_from = std::uint64_t{4} << 20U;      ///< from this size on it is sorted into files
  std::uint64_t max_bytes = std::uint64_t{64} << 30U;     ///< `--max-unpacked`
  std::uint64_t max_document = std::uint64_t{16} << 20U;  ///< of JSON-LD, which is held in memory: `--max-body`
  std::uint64_t max_replace = std::uint64_t{64} << 20U;   ///< that replaces a graph with quads: `--max-replace`
  std::uint64_t max_line = std::uint64_t{16} << 20U;      ///< longest statement or literal: `--max-line`

  /// Called once it turns out to be large; may throw to refuse it. What it gives is held until the end. May be null.
  std::function<std::shared_ptr<void>()> admit;
};

/// Adds the document to its graph, or replaces the graph by it: all of it, or nothing if this throws.
///
/// A document of fewer than `bulk_from` bytes is read whole, then becomes one transaction. A larger one streams through
/// `store::BulkLoad` as it arrives, in `options.memory`, and others write meanwhile. A bulk load cannot remove quads:
/// where it would have to, the document is read whole too and replaces the graph in a transaction, which writes the
/// difference only; `max_replace` bounds that.
///
/// @throws  Error(Code::BadSyntax) at the line and column of the first fault; Error(Code::BadData) if it names graphs
/// or
///          its compression is damaged; Error(Code::TooLarge) naming the option; Error(Code::Busy) if another write has
///          filled the graph that it was to replace; what `bytes`, `admit`, `options.check` and the store throw.
[[nodiscard]] LoadResult receive(store::Store& store, GraphDocument document, const store::CommitNote& note,
                                 LoadOptions options);

/// How many quads the graph holds. A few lookups.
[[nodiscard]] std::uint64_t size_of_graph(const store::View& view, const rdf::Term& graph);

}  // namespace scenograph::ingest
