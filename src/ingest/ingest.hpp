#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "ingest/quad_table.hpp"
#include "jsonld/document.hpp"
#include "mapping/fields.hpp"
#include "rdf/term.hpp"
#include "shacl/validate.hpp"
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
  std::shared_ptr<const shacl::Shapes> rules;                  ///< to complete the data with; null: none
  std::chrono::milliseconds rules_timeout{0};                  ///< 0: none
  std::size_t rules_memory = std::size_t{1} << 30U;            ///< bytes
};

struct SourceData {
  QuadTable quads;                                ///< cleaned; no blank nodes; all in the default graph
  std::uint64_t records = 0;                      ///< of an export; 0 for RDF
  std::uint64_t rejected = 0;                     ///< records left out, each with a diagnostic
  std::uint64_t left_out = 0;                     ///< values left out with their triples, each with a diagnostic
  std::vector<mapping::TriplesMapFields> fields;  ///< of an export: what makes the quads
  std::uint64_t by_rules = 0;                     ///< quads that rules made of the others
};

/// Maps the source, mends what can be mended (`clean`), names its blank nodes (`name_blank_nodes`) and applies rules
/// (`complete`). The same source always gives the same quads. Memory: 16 bytes a quad, and all
/// distinct terms; the texts about blank nodes a second time.
///
/// @throws  what reading, mapping and parsing throw; nothing is stored by it.
[[nodiscard]] SourceData read_source(const Source& source, const base::DiagnosticSink& diagnostics,
                                     bool show_progress = false);

/// What a source is held to before it gets in: the nodes that its change touches are validated, together with all other
/// graphs that are not in quarantine.
struct Gate {
  const shacl::Shapes* shapes = nullptr;       ///< null: nothing is validated
  std::optional<shacl::Severity> holds_back;   ///< results of this severity, or of a worse one, hold the source back
  std::optional<rdf::Term> quarantine;         ///< an IRI: the graph for what is held back; none: it is refused
  std::chrono::milliseconds timeout{0};        ///< of the validation; 0: none
  std::size_t memory = std::size_t{1} << 30U;  ///< bytes
};

struct IngestResult {
  std::uint64_t records = 0;
  std::uint64_t rejected = 0;
  std::uint64_t left_out = 0;
  std::uint64_t quads = 0;              ///< that the source gives
  std::uint64_t by_rules = 0;           ///< among these
  store::CommitResult commit;           ///< number unchanged when the graph held exactly that already
  std::optional<shacl::Report> report;  ///< of what the change touches, traced to the exports (`trace`); none if
                                        ///< nothing changed or was validated
  bool held_back = false;               ///< by the gate: the graph is as it was
};

/// Makes `graph` hold exactly what the source gives, writing only the difference, and notes in the graph
/// `<base_iri>graph/provenance` when, from which file and by which mapping it changed, and which columns or fields of
/// the file make what it says (`write_mapped_fields`; kept up to date also where the mapping changes and the data do
/// not). A source and a mapping that change nothing write nothing. What the gate holds back becomes the graph
/// `gate.quarantine` instead, which no reader of a served store sees; a source that gets in empties that.
///
/// @throws  Error(Code::BadArgument) if `gate.quarantine` is `graph`, or holds data that is not in quarantine; what
///          `read_source` and the store throw.
/// @param graph  an IRI.
/// @param actor  who, for the change log and the provenance; may be empty.
///
/// Source: PROV-O; DCMI Metadata Terms.
[[nodiscard]] IngestResult ingest(store::Store& store, const Source& source, const rdf::Term& graph,
                                  const std::string& actor, const Gate& gate, const base::DiagnosticSink& diagnostics,
                                  bool show_progress = false);

}  // namespace scenograph::ingest
