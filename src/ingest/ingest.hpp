#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "jsonld/document.hpp"
#include "rdf/term.hpp"
#include "store/store.hpp"
#include "syntax/format.hpp"

namespace scenograph::ingest {

/// What a contributor brings: an export with its mapping, or a file of RDF or a web page with JSON-LD.
struct Source {
  std::filesystem::path path;
  std::optional<std::filesystem::path> mapping;     ///< RML; none: the file is RDF or a web page
  std::optional<syntax::Format> format;             ///< of RDF; else told by name or content
  std::string base_iri = "http://127.0.0.1:3030/";  ///< ends in "/": what new IRIs start with
  std::string address;  ///< the IRI that the page or document was fetched from; empty: the file's own
  std::uint64_t max_document = std::uint64_t{256} << 20U;      ///< bytes of a document held in memory whole
  std::uint64_t max_record = std::uint64_t{64} << 20U;         ///< of one record of an export
  jsonld::DocumentLoader contexts = jsonld::bundled_document;  ///< that JSON-LD names
};

struct SourceData {
  std::vector<rdf::Quad> quads;  ///< cleaned; no blank nodes; all in the default graph
  std::uint64_t records = 0;     ///< of an export; 0 for RDF
  std::uint64_t rejected = 0;    ///< records left out, each with a diagnostic
  std::uint64_t left_out = 0;    ///< values left out with their triples, each with a diagnostic
};

/// Maps the source, mends what can be mended (`clean`) and names its blank nodes (`name_blank_nodes`). The same source
/// always gives the same quads. Memory: all quads at once.
///
/// @throws  what reading, mapping and parsing throw; nothing is stored by it.
[[nodiscard]] SourceData read_source(const Source& source, const base::DiagnosticSink& diagnostics,
                                     bool show_progress = false);

struct IngestResult {
  std::uint64_t records = 0;
  std::uint64_t rejected = 0;
  std::uint64_t left_out = 0;
  std::uint64_t quads = 0;     ///< that the source gives
  store::CommitResult commit;  ///< number unchanged when the graph held exactly that already
};

/// Makes `graph` hold exactly what the source gives, writing only the difference, and notes in the graph
/// `<base_iri>graph/provenance` when, from which file and by which mapping it changed. A source that changes nothing
/// writes nothing.
///
/// @param graph  an IRI.
/// @param actor  who, for the change log and the provenance; may be empty.
///
/// Source: PROV-O; DCMI Metadata Terms.
[[nodiscard]] IngestResult ingest(store::Store& store, const Source& source, const rdf::Term& graph,
                                  const std::string& actor, const base::DiagnosticSink& diagnostics,
                                  bool show_progress = false);

}  // namespace scenograph::ingest
