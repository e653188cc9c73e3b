#include "ingest/ingest.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <optional>
#include <span>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "ingest/clean.hpp"
#include "ingest/complete.hpp"
#include "ingest/mapped_fields.hpp"
#include "ingest/name_blanks.hpp"
#include "ingest/quarantine.hpp"
#include "ingest/rdf_input.hpp"
#include "ingest/trace.hpp"
#include "mapping/mapping.hpp"
#include "mapping/run.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::ingest {

using base::Code;
using base::Error;
using rdf::Term;

namespace {

void check_base(const std::string& base) {
  if (const auto reason = rdf::why_not_iri(base); reason || base.back() != '/') {
    throw Error(Code::BadArgument,
                fmt::format("--base-iri must be an absolute IRI that ends in \"/\", not \"{}\"", base));
  }
}

/// As the quads are cleaned.
void clean_fields(mapping::TriplesMapFields& fields) {
  for (std::string& iri : fields.classes) clean_iri(iri);
  for (std::string& iri : fields.possible_classes) clean_iri(iri);
  for (mapping::PredicateFields& field : fields.predicates) {
    clean_iri(field.predicate);
    if (field.constant && field.constant->is_iri()) clean_iri(field.constant->value);
  }
}

/// A source is one graph, whatever it names.
void add(SourceData& data, const rdf::Quad& quad) {
  if (quad.graph.is_default_graph()) return data.quads.add(quad);
  data.quads.add({quad.subject, quad.predicate, quad.object, {}});
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
    add(data, quad);
    if (progress) progress->update(data.quads.size());
  });
  data.records = result.records;
  data.rejected = result.rejected;
  data.left_out = result.left_out;
  data.fields = mapping::list_fields(mapping, source.base_iri);
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
  std::string base = base_of(input);
  input.on_base = [&base](std::string_view iri) { base = iri; };
  read_rdf(input, [&](const rdf::Quad& quad) { add(data, quad); });
  return base;
}

std::string now_text() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

/// One source on its way into a store, in one transaction.
class Arrival {
 public:
  Arrival(store::Store& store, const Source& source, const std::string& actor)
      : source_(source), actor_(actor), transaction_(store.begin()) {
    provenance_ = transaction_->intern(Term::iri(source.base_iri + "graph/provenance"));
  }

  /// @return  how many quads came or went.
  std::uint64_t replace(const Term& graph, const QuadTable& data) {
    std::vector<store::TermId> ids(data.term_count());
    const auto id_of = [&](QuadTable::TermNumber number) {
      if (ids[number].is_undefined()) ids[number] = transaction_->intern(data.term(number));
      return ids[number];
    };
    std::vector<store::QuadId> quads;
    quads.reserve(data.size());
    for (const QuadTable::Row& row : data.rows()) {
      quads.push_back({id_of(row.subject), id_of(row.predicate), id_of(row.object), {}});
    }
    return transaction_->replace(transaction_->intern(graph), std::move(quads));
  }

  [[nodiscard]] shacl::Report validate(const Gate& gate) const {
    base::Budget budget(gate.timeout, gate.memory, {.memory = "raise it with --query-memory"});
    shacl::Options options;
    options.graphs = out_of_quarantine(*transaction_);
    return shacl::validate_changes(*transaction_, *gate.shapes, transaction_->changes(), options, budget);
  }

  /// Adds to the report what the provenance tells, once it is noted.
  void trace_report(const Gate& gate, shacl::Report& report) const {
    const base::Budget budget(gate.timeout, gate.memory);
    trace(*transaction_, out_of_quarantine(*transaction_), budget, report);
  }

  /// Replaces what the provenance graph says of `graph`: of its data only if they changed.
  void note_provenance(const Term& graph, bool changed, std::span<const mapping::TriplesMapFields> fields) {
    const store::TermId about = transaction_->intern(graph);
    if (changed) note_change(about);
    write_mapped_fields(*transaction_, graph, fields, provenance_);
  }

  void quarantine(const Term& graph) { set_quarantine(*transaction_, transaction_->intern(graph), provenance_); }

  /// @throws Error(Code::BadArgument) if the graph holds what is not in quarantine.
  void check_quarantine(const Term& graph) const {
    const auto id = transaction_->find(graph);
    if (!id || transaction_->count({{}, {}, {}, *id}) == 0 || !out_of_quarantine(*transaction_).contains(*id)) return;
    throw Error(Code::BadArgument,
                fmt::format("the graph <{}> holds data that is not in quarantine; name another one with --quarantine",
                            graph.value));
  }

  /// Empties a graph in quarantine, and says no more of it.
  void release(const Term& graph) {
    const auto id = transaction_->find(graph);
    if (!id || out_of_quarantine(*transaction_).contains(*id)) return;
    transaction_->clear(*id);
    forget(*id);
  }

  store::CommitResult commit(std::string_view what) {
    return transaction_->commit({actor_, fmt::format("{} {}", what, source_.path.filename().string())});
  }

 private:
  void note_change(store::TermId about) {
    forget(about);
    const auto say = [&](std::string_view predicate, const Term& object) {
      transaction_->insert(
          {about, transaction_->intern(Term::iri(predicate)), transaction_->intern(object), provenance_});
    };
    const Term now = Term::literal(now_text(), rdf::xsd::dateTime);
    say(rdf::rdf::type, Term::iri(rdf::prov::Entity));
    say(rdf::prov::generatedAtTime, now);
    say(rdf::dcterms::modified, now);
    say(rdf::dcterms::source, Term::literal(source_.path.filename().string()));
    if (source_.mapping) say(rdf::dcterms::conformsTo, Term::literal(source_.mapping->filename().string()));
    if (!actor_.empty()) say(rdf::prov::wasAttributedTo, Term::literal(actor_));
  }

  void forget(store::TermId about) {
    forget_mapped_fields(*transaction_, about, provenance_);
    std::vector<store::QuadId> old;
    const auto scan = transaction_->scan({{about, {}, {}, provenance_}, store::Order::Gspo});
    for (store::QuadBatch batch; scan->next(batch);) {
      for (std::size_t i = 0; i < batch.size; ++i) {
        old.push_back({about, batch.columns[1][i], batch.columns[2][i], provenance_});
      }
    }
    for (const store::QuadId& quad : old) transaction_->remove(quad);
  }

  const Source& source_;
  const std::string& actor_;
  std::unique_ptr<store::Transaction> transaction_;
  store::TermId provenance_;
};

bool holds_back(const Gate& gate, const shacl::Report& report) {
  if (!gate.holds_back) return false;
  for (const auto severity : {shacl::Severity::Violation, shacl::Severity::Warning, shacl::Severity::Info}) {
    if (severity <= *gate.holds_back && report.count(severity) > 0) return true;
  }
  return false;
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
  clean(data.quads, source.path.string(), diagnostics, base);
  for (mapping::TriplesMapFields& fields : data.fields) clean_fields(fields);
  name_blank_nodes(data.quads, source.base_iri);
  if (source.rules) {
    base::Budget budget(source.rules_timeout, source.rules_memory, {.memory = "raise it with --query-memory"});
    data.by_rules = complete(data.quads, *source.rules, budget);
  }
  return data;
}

IngestResult ingest(store::Store& store, const Source& source, const Term& graph, const std::string& actor,
                    const Gate& gate, const base::DiagnosticSink& diagnostics, bool show_progress) {
  if (gate.quarantine == graph) {
    throw Error(Code::BadArgument, "--quarantine must name another graph than --graph");
  }
  const SourceData data = read_source(source, diagnostics, show_progress);
  IngestResult result;
  result.records = data.records;
  result.rejected = data.rejected;
  result.left_out = data.left_out;
  result.quads = data.quads.size();
  result.by_rules = data.by_rules;
  {
    Arrival arrival(store, source, actor);
    if (gate.quarantine) arrival.check_quarantine(*gate.quarantine);
    const bool changes = arrival.replace(graph, data.quads) > 0;
    if (changes && gate.shapes != nullptr) result.report = arrival.validate(gate);
    result.held_back = result.report && holds_back(gate, *result.report);
    arrival.note_provenance(graph, changes, data.fields);
    if (result.report) arrival.trace_report(gate, *result.report);
    if (!result.held_back) {
      if (gate.quarantine) arrival.release(*gate.quarantine);
      result.commit = arrival.commit("ingest");
      return result;
    }
  }
  result.commit.number = store.snapshot()->commit_number();
  if (!gate.quarantine) return result;
  Arrival arrival(store, source, actor);
  const bool changes = arrival.replace(*gate.quarantine, data.quads) > 0;
  arrival.note_provenance(*gate.quarantine, changes, data.fields);
  if (changes) arrival.quarantine(*gate.quarantine);
  result.commit = arrival.commit("quarantine");
  return result;
}

}  // namespace scenograph::ingest
