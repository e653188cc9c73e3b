#include "ingest/score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "ingest/internal/write_scores.hpp"
#include "ingest/quarantine.hpp"
#include "rdf/date_time.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::ingest {

using rdf::Term;
using shacl::Metric;
using store::TermId;

namespace {

constexpr std::size_t stored_improvements = 3;
constexpr std::size_t many_entities = 20'000;  // whose scores are loaded rather than inserted

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

std::unique_ptr<shacl::QualityReport> report_on(const store::View& view, const Scoring& scoring, base::Budget& budget) {
  const auto options = quality_options(view, out_of_quarantine(view), scoring.base_iri, scoring.today);
  return shacl::score(view, scoring.weights, scoring.shapes, options, budget);
}

ScoreResult groups_of(const store::View& view, const Scoring& scoring, const shacl::QualityReport& report) {
  std::map<TermId, std::set<std::string>> names;
  each_provenance(view, scoring.base_iri, rdf::prov::wasAttributedTo,
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

bool is_empty(const store::View& view, const Term& graph) {
  const auto id = view.find(graph);
  return !id || view.count({{}, {}, {}, *id}) == 0;
}

/// What is stored of all but entities.
class Summary {
 public:
  explicit Summary(const Scoring& scoring) : scoring_(scoring), out_(scoring.weights.metrics) {}

  std::vector<rdf::Triple> of(const ScoreResult& result) {
    add_group(dataset_iri(scoring_.base_iri), result.all);
    for (const ScoredGroup& source : result.sources) {
      if (source.graphs.front().is_iri()) add_group(source.graphs.front().value, source.quality);
    }
    for (const ScoredGroup& contributor : result.contributors) {
      const Term who = Term::iri(contributor_iri(scoring_.base_iri, contributor.name));
      add_group(who.value, contributor.quality);
      say(who, rdf::rdf::type, Term::iri(rdf::prov::Agent));
      say(who, rdf::rdfs::label, Term::literal(contributor.name));
      for (const Term& graph : contributor.graphs) {
        if (graph.is_iri()) say(graph, rdf::prov::wasAttributedTo, who);
      }
    }
    return std::move(out_);
  }

 private:
  void say(const Term& subject, std::string_view predicate, Term object) {
    out_.push_back({subject, Term::iri(predicate), std::move(object)});
  }

  void add_group(const std::string& iri, const shacl::Quality& quality) {
    const Term of = Term::iri(iri);
    for (std::size_t i = 0; i < shacl::metric_count; ++i) {
      if (std::isnan(quality.scores[i])) continue;
      const auto metric = static_cast<Metric>(i);
      const Term measurement = Term::iri(group_score_iri(scoring_.base_iri, metric, iri));
      add_measurement(out_, measurement, of, metric, quality.scores[i]);
      if (metric == Metric::Overall) say(measurement, rdf::scg::entities, number(quality.entities));
    }
    for (std::size_t i = 0; i < std::min(stored_improvements, quality.improvements.size()); ++i) {
      if (hundredths(quality.improvements[i].gain) > 0) add_improvement(of, i + 1, quality.improvements[i]);
    }
  }

  void add_improvement(const Term& of, std::size_t place, const shacl::Improvement& improvement) {
    const Term made = Term::iri(score_iri(scoring_.base_iri, fmt::format("improvement-{}", place), of.value));
    say(made, rdf::rdf::type, Term::iri(rdf::scg::Improvement));
    say(made, rdf::dqv::computedOn, of);
    say(made, rdf::scg::entities, number(improvement.entities));
    say(made, rdf::scg::gain, decimal(improvement.gain));
    for (const std::string_view language : {"fr", "en"}) {
      say(made, rdf::rdfs::label,
          Term::lang_literal(improvement_text(scoring_.weights, improvement, language), language));
    }
  }

  const Scoring& scoring_;
  std::vector<rdf::Triple> out_;
};

}  // namespace

std::string quality_graph(std::string_view base_iri) { return std::string(base_iri) + "graph/quality"; }

std::string group_score_iri(std::string_view base_iri, Metric metric, std::string_view of) {
  return score_iri(base_iri, fmt::format("mean-{}", shacl::metric_names[static_cast<std::size_t>(metric)]), of);
}

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
  each_provenance(view, base_iri, rdf::dcterms::modified, [&](TermId graph, const Term& time) {
    const auto parsed = rdf::parse_date_time(time.value);
    if (!parsed) return;
    const std::int64_t day = rdf::days_from_civil(parsed->year, parsed->month, parsed->day);
    const auto [known, is_new] = out.changed.try_emplace(graph, day);
    if (!is_new) known->second = std::max(known->second, day);
  });
  return out;
}

ScoreResult score(const store::View& view, const Scoring& scoring, base::Budget& budget) {
  return groups_of(view, scoring, *report_on(view, scoring, budget));
}

ScoreResult store_scores(store::Store& store, const Scoring& scoring, base::Budget& budget, const std::string& actor) {
  StoredScores stored{Term::iri(quality_graph(scoring.base_iri)), scoring.base_iri, nullptr, {}};
  std::unique_ptr<shacl::QualityReport> report;
  const auto work_out = [&](const store::View& view) {
    report = report_on(view, scoring, budget);
    if (scoring.entities) stored.entities = report.get();
    ScoreResult out = groups_of(view, scoring, *report);
    stored.others = Summary(scoring).of(out);
    return out;
  };
  const store::CommitNote note{actor, "score"};
  if (const auto view = store.snapshot(); is_empty(*view, stored.graph)) {
    ScoreResult out = work_out(*view);
    if (scoring.entities && out.all.entities > many_entities) {
      out.commit = write_first(store, *view, stored, note);
      return out;
    }
  }
  const auto transaction = store.begin();
  ScoreResult out = work_out(*transaction);
  write_difference(*transaction, stored);
  out.commit = transaction->commit(note);
  return out;
}

std::int64_t today() { return std::chrono::system_clock::now().time_since_epoch() / std::chrono::hours(24); }

}  // namespace scenograph::ingest
