#include "ingest/internal/write_scores.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "rdf/decimal.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "store/bulk_load.hpp"

namespace scenograph::ingest {

using rdf::Term;
using shacl::Metric;
using store::QuadId;
using store::TermId;

namespace {

constexpr std::size_t entities_at_once = 4096;
constexpr std::size_t load_memory = std::size_t{256} << 20U;

const Term type = Term::iri(rdf::rdf::type);
const Term measurement_class = Term::iri(rdf::dqv::QualityMeasurement);
const Term computed_on = Term::iri(rdf::dqv::computedOn);
const Term measurement_of = Term::iri(rdf::dqv::isMeasurementOf);
const Term has_value = Term::iri(rdf::dqv::value);

Term metric_term(std::size_t metric) { return Term::iri(shacl::metric_iri(static_cast<Metric>(metric))); }

/// Calls `sink(entity, metric, score)` for each measurement of entities, the entity as a term, but those that
/// `is_left_out(place, metric)`.
template <typename LeftOut, typename Sink>
void each_measurement(const store::View& view, const shacl::QualityReport& report, const LeftOut& is_left_out,
                      const Sink& sink) {
  const auto ids = report.entities();
  std::vector<TermId> wanted;
  std::vector<std::size_t> places;
  const auto flush = [&] {
    const std::vector<Term> terms = view.terms(wanted);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const shacl::Scores scores = report.scores(places[i]);
      for (std::size_t metric = 0; metric < scores.size(); ++metric) {
        if (!std::isnan(scores[metric]) && !is_left_out(places[i], metric)) sink(terms[i], metric, scores[metric]);
      }
    }
    wanted.clear();
    places.clear();
  };
  for (std::size_t i = 0; i < ids.size(); ++i) {
    bool is_complete = true;
    for (std::size_t metric = 0; metric < shacl::metric_count; ++metric) {
      is_complete = is_complete && is_left_out(i, metric);
    }
    if (is_complete) continue;
    wanted.push_back(ids[i]);
    places.push_back(i);
    if (wanted.size() == entities_at_once) flush();
  }
  flush();
}

/// What has to come and go for a graph to hold some scores.
class Difference {
 public:
  Difference(store::Transaction& transaction, const StoredScores& scores)
      : transaction_(transaction), scores_(scores), graph_(transaction.intern(scores.graph)) {
    for (const rdf::Triple& triple : scores.others) {
      const TermId subject = transaction.intern(triple.subject);
      others_.insert({subject, transaction.intern(triple.predicate), transaction.intern(triple.object), graph_});
      subjects_.insert(subject);
    }
    for (std::size_t i = 0; i < metrics_.size(); ++i) metrics_[i] = transaction.intern(metric_term(i));
    for (int i = 0; i <= 100; ++i) values_.push_back(transaction.intern(decimal(i / 100.0)));
    type_ = transaction.intern(type);
    measurement_class_ = transaction.intern(measurement_class);
    computed_on_ = transaction.intern(computed_on);
    measurement_of_ = transaction.intern(measurement_of);
    has_value_ = transaction.intern(has_value);
    if (scores.entities != nullptr) found_.resize(scores.entities->entities().size() * shacl::metric_count);
  }

  void write() {
    compare();
    transaction_.remove_all(std::move(gone_));
    for (const QuadId& quad : changed_) transaction_.insert(quad);
    for (const QuadId& quad : others_) transaction_.insert(quad);
    if (scores_.entities == nullptr) return;
    const auto is_found = [this](std::size_t place, std::size_t metric) -> bool {
      return found_[place * shacl::metric_count + metric] || std::isnan(scores_.entities->scores(place)[metric]);
    };
    each_measurement(transaction_, *scores_.entities, is_found,
                     [this](const Term& of, std::size_t metric, double score) {
                       const Term iri = Term::iri(score_iri(scores_.base_iri, shacl::metric_names[metric], of.value));
                       const TermId subject = transaction_.intern(iri);
                       transaction_.insert({subject, type_, measurement_class_, graph_});
                       transaction_.insert({subject, computed_on_, transaction_.intern(of), graph_});
                       transaction_.insert({subject, measurement_of_, metrics_[metric], graph_});
                       transaction_.insert({subject, has_value_, value_of(score), graph_});
                     });
  }

 private:
  [[nodiscard]] TermId value_of(double score) const { return values_[static_cast<std::size_t>(hundredths(score))]; }

  /// Takes what is there already off what has to come.
  void compare() {
    std::vector<QuadId> of_subject;
    const auto scan = transaction_.scan({{{}, {}, {}, graph_}, store::Order::Gspo});
    for (store::QuadBatch batch; scan->next(batch);) {
      for (std::size_t i = 0; i < batch.size; ++i) {
        const QuadId quad{batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], graph_};
        if (!of_subject.empty() && of_subject.front().subject != quad.subject) {
          compare(of_subject);
          of_subject.clear();
        }
        of_subject.push_back(quad);
      }
    }
    if (!of_subject.empty()) compare(of_subject);
  }

  void compare(const std::vector<QuadId>& quads) {
    if (subjects_.contains(quads.front().subject)) {
      for (const QuadId& quad : quads) {
        if (others_.erase(quad) == 0) gone_.push_back(quad);
      }
    } else if (!is_measured(quads)) {
      gone_.insert(gone_.end(), quads.begin(), quads.end());
    }
  }

  /// Whether they are a measurement that is wanted; its value is seen to.
  bool is_measured(const std::vector<QuadId>& quads) {
    const auto value = [&](TermId predicate) {
      const auto at = std::find_if(quads.begin(), quads.end(),
                                   [predicate](const QuadId& quad) { return quad.predicate == predicate; });
      return at == quads.end() ? TermId() : at->object;
    };
    const auto metric = std::find(metrics_.begin(), metrics_.end(), value(measurement_of_)) - metrics_.begin();
    if (scores_.entities == nullptr || quads.size() != 4 || value(type_) != measurement_class_ ||
        value(has_value_).is_undefined() || metric == std::ssize(metrics_)) {
      return false;
    }
    const auto entities = scores_.entities->entities();
    const auto entity = std::lower_bound(entities.begin(), entities.end(), value(computed_on_));
    if (entity == entities.end() || *entity != value(computed_on_)) return false;
    const auto place = static_cast<std::size_t>(entity - entities.begin());
    const double score = scores_.entities->scores(place)[static_cast<std::size_t>(metric)];
    auto found = found_[place * shacl::metric_count + static_cast<std::size_t>(metric)];
    if (found || std::isnan(score)) return false;
    found = true;
    const QuadId old{quads.front().subject, has_value_, value(has_value_), graph_};
    const QuadId now{old.subject, has_value_, value_of(score), graph_};
    if (old != now) {
      gone_.push_back(old);
      changed_.push_back(now);
    }
    return true;
  }

  store::Transaction& transaction_;
  const StoredScores& scores_;
  TermId graph_;
  std::set<QuadId> others_;
  std::set<TermId> subjects_;  // of those
  std::array<TermId, shacl::metric_count> metrics_;
  std::vector<TermId> values_;  // by hundredths
  TermId type_;
  TermId measurement_class_;
  TermId computed_on_;
  TermId measurement_of_;
  TermId has_value_;
  std::vector<bool> found_;  // by entity and metric: is there already
  std::vector<QuadId> gone_;
  std::vector<QuadId> changed_;
};

}  // namespace

int hundredths(double score) { return static_cast<int>(std::lround(score * 100)); }

Term decimal(double score) {
  return Term::literal(rdf::Decimal::scaled(hundredths(score), 2).to_string(), rdf::xsd::decimal);
}

std::string score_iri(std::string_view base_iri, std::string_view what, std::string_view of) {
  std::string out(base_iri);
  out.append("quality/").append(what);
  if (of.starts_with(base_iri)) return out.append("/").append(of.substr(base_iri.size()));
  return out.append("?of=").append(rdf::encode_iri_component(of));
}

void add_measurement(std::vector<rdf::Triple>& out, const Term& measurement, const Term& of, Metric metric,
                     double score) {
  out.push_back({measurement, type, measurement_class});
  out.push_back({measurement, computed_on, of});
  out.push_back({measurement, measurement_of, metric_term(static_cast<std::size_t>(metric))});
  out.push_back({measurement, has_value, decimal(score)});
}

void write_difference(store::Transaction& transaction, const StoredScores& scores) {
  Difference(transaction, scores).write();
}

store::CommitResult write_first(store::Store& store, const store::View& view, const StoredScores& scores,
                                const store::CommitNote& note) {
  store::BulkLoadOptions options;
  options.memory = load_memory;
  options.before_commit = [&](const store::View& now) {
    const auto graph = now.find(scores.graph);
    if (!graph || now.count({{}, {}, {}, *graph}) == 0) return;
    throw base::Error(base::Code::Busy, "the graph of scores was written meanwhile; score again");
  };
  const auto load = store.begin_load(options);
  store::LoadLane& lane = load->lane(0);
  const rdf::TermView graph(scores.graph);
  const auto add = [&](const rdf::Triple& triple) {
    lane.add({rdf::TermView(triple.subject), rdf::TermView(triple.predicate), rdf::TermView(triple.object), graph}, 0);
  };
  for (const rdf::Triple& triple : scores.others) add(triple);
  std::vector<rdf::Triple> triples;
  if (scores.entities != nullptr) {
    const auto none = [](std::size_t, std::size_t) { return false; };
    each_measurement(view, *scores.entities, none, [&](const Term& of, std::size_t metric, double score) {
      triples.clear();
      const Term iri = Term::iri(score_iri(scores.base_iri, shacl::metric_names[metric], of.value));
      add_measurement(triples, iri, of, static_cast<Metric>(metric), score);
      for (const rdf::Triple& triple : triples) add(triple);
    });
  }
  return load->commit(note);
}

}  // namespace scenograph::ingest
