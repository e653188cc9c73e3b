#include "ingest/score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "ingest/quarantine.hpp"
#include "rdf/date_time.hpp"
#include "rdf/decimal.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::ingest {

using rdf::Term;
using shacl::Metric;
using store::TermId;

namespace {

constexpr std::string_view modified = "http://purl.org/dc/terms/modified";
constexpr std::string_view attributed_to = "http://www.w3.org/ns/prov#wasAttributedTo";
constexpr std::string_view dqv = "http://www.w3.org/ns/dqv#";
constexpr std::string_view scg = "https://w3id.org/scenograph/ontology#";
constexpr std::size_t stored_improvements = 3;
constexpr std::size_t entities_at_once = 4096;

std::string provenance_graph(std::string_view base_iri) { return std::string(base_iri) + "graph/provenance"; }

/// Calls `sink(graph, object)` for each graph that the provenance says this of.
template <typename Sink>
void each_provenance(const store::View& view, std::string_view base_iri, std::string_view predicate, const Sink& sink) {
  const auto graph = view.find(Term::iri(provenance_graph(base_iri)));
  const auto id = view.find(Term::iri(predicate));
  if (!graph || !id) return;
  const auto scan = view.scan({{{}, *id, {}, {}}, store::Order::Psog, store::GraphSet::of({*graph}), false});
  for (store::QuadBatch batch; scan->next(batch);) {
    for (std::size_t i = 0; i < batch.size; ++i) sink(batch.columns[0][i], view.term(batch.columns[2][i]));
  }
}

std::vector<TermId> ids_of(const store::View& view, const std::vector<Term>& graphs) {
  std::vector<TermId> out;
  for (const Term& graph : graphs) {
    if (const auto id = view.find(graph)) out.push_back(*id);
  }
  return out;
}

std::unique_ptr<shacl::QualityReport> report_on(const store::View& view, const Scoring& scoring, base::Budget& budget,
                                                const shacl::QualityOptions& options) {
  return shacl::score(view, scoring.weights, scoring.shapes, options, budget);
}

ScoreResult groups_of(const store::View& view, const Scoring& scoring, const shacl::QualityReport& report) {
  std::map<TermId, std::set<std::string>> names;
  each_provenance(view, scoring.base_iri, attributed_to,
                  [&](TermId graph, const Term& who) { names[graph].insert(who.value); });
  ScoreResult out;
  out.all = report.of_all();
  std::map<std::string, std::vector<Term>> graphs;
  for (const TermId source : report.sources()) {
    const Term graph = view.term(source);
    ScoredGroup& made = out.sources.emplace_back();
    made.graphs = {graph};
    made.quality = report.of_sources(std::vector<TermId>{source});
    if (names[source].size() == 1) made.name = *names[source].begin();
    for (const std::string& name : names[source]) graphs[name].push_back(graph);
  }
  std::sort(out.sources.begin(), out.sources.end(),
            [](const ScoredGroup& a, const ScoredGroup& b) { return a.graphs < b.graphs; });
  for (auto& [name, its_graphs] : graphs) {
    std::sort(its_graphs.begin(), its_graphs.end());
    shacl::Quality quality = report.of_sources(ids_of(view, its_graphs));
    out.contributors.push_back({name, std::move(its_graphs), std::move(quality)});
  }
  return out;
}

Term number(std::uint64_t value) { return Term::literal(std::to_string(value), rdf::xsd::integer); }

Term decimal(double value) {
  return Term::literal(rdf::Decimal::scaled(std::llround(value * 100), 2).to_string(), rdf::xsd::decimal);
}

/// The quads of the graph of scores, as ids of a transaction.
class Writer {
 public:
  Writer(store::Transaction& transaction, const Scoring& scoring) : transaction_(transaction), scoring_(scoring) {
    type_ = id(rdf::rdf::type);
    measurement_ = id(std::string(dqv) + "QualityMeasurement");
    computed_on_ = id(std::string(dqv) + "computedOn");
    measurement_of_ = id(std::string(dqv) + "isMeasurementOf");
    value_ = id(std::string(dqv) + "value");
    for (std::size_t i = 0; i < metrics_.size(); ++i) metrics_[i] = id(shacl::metric_iri(static_cast<Metric>(i)));
    for (std::size_t i = 0; i < values_.size(); ++i) {
      values_[i] = transaction_.intern(decimal(static_cast<double>(i) / 100));
    }
    for (const rdf::Triple& triple : scoring.weights.metrics) {
      quads_.push_back({transaction_.intern(triple.subject),
                        transaction_.intern(triple.predicate),
                        transaction_.intern(triple.object),
                        {}});
    }
  }

  void add_entities(const shacl::QualityReport& report) {
    const auto ids = report.entities();
    quads_.reserve(quads_.size() + ids.size() * shacl::metric_count * 4);
    for (std::size_t start = 0; start < ids.size(); start += entities_at_once) {
      const auto some = ids.subspan(start, std::min(entities_at_once, ids.size() - start));
      const std::vector<Term> terms = transaction_.terms(some);
      for (std::size_t i = 0; i < some.size(); ++i) add_scores(some[i], terms[i].value, report.scores(start + i));
    }
  }

  void add_result(const ScoreResult& result) {
    add_group(dataset_iri(scoring_.base_iri), result.all);
    for (const ScoredGroup& source : result.sources) {
      if (source.graphs.front().is_iri()) add_group(source.graphs.front().value, source.quality);
    }
    for (const ScoredGroup& contributor : result.contributors) {
      const std::string iri = contributor_iri(scoring_.base_iri, contributor.name);
      add_group(iri, contributor.quality);
      const TermId about = id(iri);
      quads_.push_back({about, type_, id("http://www.w3.org/ns/prov#Agent"), {}});
      quads_.push_back({about, id(rdf::rdfs::label), transaction_.intern(Term::literal(contributor.name)), {}});
      for (const Term& graph : contributor.graphs) {
        if (graph.is_iri()) quads_.push_back({transaction_.intern(graph), id(attributed_to), about, {}});
      }
    }
  }

  [[nodiscard]] std::vector<store::QuadId> take() { return std::move(quads_); }

 private:
  TermId id(std::string_view iri) { return transaction_.intern(Term::iri(iri)); }

  /// `<base>quality/<what>/…` after the end of an IRI under the base, else `<base>quality/<what>?of=…`.
  [[nodiscard]] std::string about(std::string_view what, std::string_view iri) const {
    std::string out = scoring_.base_iri;
    out.append("quality/").append(what);
    if (iri.starts_with(scoring_.base_iri)) return out.append("/").append(iri.substr(scoring_.base_iri.size()));
    return out.append("?of=").append(rdf::encode_iri_component(iri));
  }

  /// @return  the measurement of the overall score.
  TermId add_scores(TermId of, std::string_view iri, const shacl::Scores& scores) {
    TermId last;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (std::isnan(scores[i])) continue;
      last = id(about(shacl::metric_names[i], iri));
      quads_.push_back({last, type_, measurement_, {}});
      quads_.push_back({last, computed_on_, of, {}});
      quads_.push_back({last, measurement_of_, metrics_[i], {}});
      quads_.push_back({last, value_, values_[static_cast<std::size_t>(std::llround(scores[i] * 100))], {}});
    }
    return last;
  }

  void add_group(const std::string& iri, const shacl::Quality& quality) {
    if (quality.entities == 0) return;
    const TermId of = id(iri);
    const TermId overall = add_scores(of, iri, quality.scores);
    quads_.push_back({overall, entities_(), transaction_.intern(number(quality.entities)), {}});
    for (std::size_t i = 0; i < std::min(stored_improvements, quality.improvements.size()); ++i) {
      const shacl::Improvement& each = quality.improvements[i];
      const Term gain = decimal(each.gain);
      if (gain.value == "0") break;
      const TermId made = id(about(fmt::format("improvement-{}", i + 1), iri));
      quads_.push_back({made, type_, id(std::string(scg) + "Improvement"), {}});
      quads_.push_back({made, computed_on_, of, {}});
      quads_.push_back({made, entities_(), transaction_.intern(number(each.entities)), {}});
      quads_.push_back({made, id(std::string(scg) + "gain"), transaction_.intern(gain), {}});
      for (const std::string_view language : {"fr", "en"}) {
        const Term text = Term::lang_literal(improvement_text(scoring_.weights, each, language), language);
        quads_.push_back({made, id(rdf::rdfs::label), transaction_.intern(text), {}});
      }
    }
  }

  TermId entities_() { return id(std::string(scg) + "entities"); }

  store::Transaction& transaction_;
  const Scoring& scoring_;
  TermId type_;
  TermId measurement_;
  TermId computed_on_;
  TermId measurement_of_;
  TermId value_;
  std::array<TermId, shacl::metric_count> metrics_;
  std::array<TermId, 101> values_;  // by hundredths
  std::vector<store::QuadId> quads_;
};

}  // namespace

std::string quality_graph(std::string_view base_iri) { return std::string(base_iri) + "graph/quality"; }

std::string contributor_iri(std::string_view base_iri, std::string_view name) {
  return std::string(base_iri) + "contributor/" + rdf::encode_iri_component(name);
}

std::string dataset_iri(std::string_view base_iri) { return std::string(base_iri) + ".well-known/void#dataset"; }

shacl::QualityOptions quality_options(const store::View& view, const store::GraphSet& readable,
                                      std::string_view base_iri, std::int64_t today) {
  shacl::QualityOptions out;
  out.graphs = readable;
  if (const auto scores = view.find(Term::iri(quality_graph(base_iri)))) {
    out.graphs = intersection(readable, store::GraphSet::all_but({*scores}));
  }
  if (const auto provenance = view.find(Term::iri(provenance_graph(base_iri)))) out.not_sources.push_back(*provenance);
  out.part_prefix = std::string(base_iri) + "id/part/";
  out.today = today;
  each_provenance(view, base_iri, modified, [&](TermId graph, const Term& time) {
    const auto parsed = rdf::parse_date_time(time.value);
    if (!parsed) return;
    const std::int64_t day = rdf::days_from_civil(parsed->year, parsed->month, parsed->day);
    const auto [known, is_new] = out.changed.try_emplace(graph, day);
    if (!is_new) known->second = std::max(known->second, day);
  });
  return out;
}

ScoreResult score(const store::View& view, const Scoring& scoring, base::Budget& budget) {
  const auto options = quality_options(view, out_of_quarantine(view), scoring.base_iri, scoring.today);
  return groups_of(view, scoring, *report_on(view, scoring, budget, options));
}

ScoreResult store_scores(store::Store& store, const Scoring& scoring, base::Budget& budget, const std::string& actor) {
  const auto transaction = store.begin();
  const auto options = quality_options(*transaction, out_of_quarantine(*transaction), scoring.base_iri, scoring.today);
  const auto report = report_on(*transaction, scoring, budget, options);
  ScoreResult out = groups_of(*transaction, scoring, *report);
  Writer writer(*transaction, scoring);
  writer.add_result(out);
  if (scoring.entities) writer.add_entities(*report);
  const TermId graph = transaction->intern(Term::iri(quality_graph(scoring.base_iri)));
  transaction->replace(graph, writer.take());
  out.commit = transaction->commit({actor, "score"});
  return out;
}

std::int64_t today() { return std::chrono::system_clock::now().time_since_epoch() / std::chrono::hours(24); }

}  // namespace scenograph::ingest
