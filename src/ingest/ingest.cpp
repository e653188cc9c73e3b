#include "ingest/ingest.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <optional>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "ingest/clean.hpp"
#include "ingest/name_blanks.hpp"
#include "ingest/rdf_input.hpp"
#include "mapping/mapping.hpp"
#include "mapping/run.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::ingest {

using base::Code;
using base::Error;
using rdf::Term;

namespace {

namespace prov {
constexpr std::string_view Entity = "http://www.w3.org/ns/prov#Entity";
constexpr std::string_view generatedAtTime = "http://www.w3.org/ns/prov#generatedAtTime";
constexpr std::string_view wasAttributedTo = "http://www.w3.org/ns/prov#wasAttributedTo";
}  // namespace prov

namespace dcterms {
constexpr std::string_view source = "http://purl.org/dc/terms/source";
constexpr std::string_view conformsTo = "http://purl.org/dc/terms/conformsTo";
constexpr std::string_view modified = "http://purl.org/dc/terms/modified";
}  // namespace dcterms

void check_base(const std::string& base) {
  if (const auto reason = rdf::why_not_iri(base); reason || base.back() != '/') {
    throw Error(Code::BadArgument,
                fmt::format("--base-iri must be an absolute IRI that ends in \"/\", not \"{}\"", base));
  }
}

void map_source(const Source& source, const base::DiagnosticSink& diagnostics, bool show_progress, SourceData& data) {
  const mapping::Mapping mapping = mapping::load_mapping(*source.mapping);
  mapping::RunOptions options;
  options.base = source.base_iri;
  options.source = source.path;
  options.max_document = source.max_document;
  options.max_record = source.max_record;
  options.diagnostics = diagnostics;
  std::optional<base::Progress> progress;
  if (show_progress) progress.emplace("map " + source.path.filename().string(), "quads");
  const mapping::RunResult result = mapping::run_mapping(mapping, options, [&](const rdf::Quad& quad) {
    data.quads.push_back(quad);
    if (progress) progress->update(data.quads.size());
  });
  data.records = result.records;
  data.rejected = result.rejected;
  data.left_out = result.left_out;
}

/// @return  what relative IRIs were resolved against.
std::string read_document(const Source& source, const base::DiagnosticSink& diagnostics, bool show_progress,
                          SourceData& data) {
  RdfInput input;
  input.path = source.path;
  input.format = source.format;
  input.base = source.address;
  input.max_document = source.max_document;
  input.contexts = source.contexts;
  input.lenient = true;
  input.diagnostics = diagnostics;
  input.show_progress = show_progress;
  read_rdf(input, [&](const rdf::Quad& quad) { data.quads.push_back(quad); });
  return base_of(input);
}

std::string now_text() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

/// Replaces what the provenance graph says of `graph`.
void note_provenance(store::Transaction& transaction, const Source& source, const Term& graph,
                     const std::string& actor) {
  const store::TermId about = transaction.intern(graph);
  const store::TermId log = transaction.intern(Term::iri(source.base_iri + "graph/provenance"));
  std::vector<store::QuadId> old;
  store::ScanRequest request;
  request.pattern = {about, {}, {}, log};
  request.order = store::Order::Gspo;
  const auto scan = transaction.scan(request);
  for (store::QuadBatch batch; scan->next(batch);) {
    for (std::size_t i = 0; i < batch.size; ++i) old.push_back({about, batch.columns[1][i], batch.columns[2][i], log});
  }
  for (const store::QuadId& quad : old) transaction.remove(quad);

  const auto say = [&](std::string_view predicate, const Term& object) {
    transaction.insert({about, transaction.intern(Term::iri(predicate)), transaction.intern(object), log});
  };
  const Term now = Term::literal(now_text(), rdf::xsd::dateTime);
  say(rdf::rdf::type, Term::iri(prov::Entity));
  say(prov::generatedAtTime, now);
  say(dcterms::modified, now);
  say(dcterms::source, Term::literal(source.path.filename().string()));
  if (source.mapping) say(dcterms::conformsTo, Term::literal(source.mapping->filename().string()));
  if (!actor.empty()) say(prov::wasAttributedTo, Term::literal(actor));
}

}  // namespace

SourceData read_source(const Source& source, const base::DiagnosticSink& diagnostics, bool show_progress) {
  check_base(source.base_iri);
  SourceData data;
  std::string base;
  if (source.mapping) {
    map_source(source, diagnostics, show_progress, data);
  } else {
    base = read_document(source, diagnostics, show_progress, data);
  }
  for (rdf::Quad& quad : data.quads) quad.graph = Term();
  clean(data.quads, source.path.string(), diagnostics, base);
  name_blank_nodes(data.quads, source.base_iri);
  return data;
}

IngestResult ingest(store::Store& store, const Source& source, const Term& graph, const std::string& actor,
                    const base::DiagnosticSink& diagnostics, bool show_progress) {
  const SourceData data = read_source(source, diagnostics, show_progress);
  const auto transaction = store.begin();
  std::vector<store::QuadId> quads;
  quads.reserve(data.quads.size());
  for (const rdf::Quad& quad : data.quads) {
    quads.push_back(
        {transaction->intern(quad.subject), transaction->intern(quad.predicate), transaction->intern(quad.object), {}});
  }
  IngestResult result{data.records, data.rejected, data.left_out, data.quads.size(), {}};
  if (transaction->replace(transaction->intern(graph), std::move(quads)) > 0) {
    note_provenance(*transaction, source, graph, actor);
  }
  result.commit = transaction->commit({actor, fmt::format("ingest {}", source.path.filename().string())});
  return result;
}

}  // namespace scenograph::ingest
