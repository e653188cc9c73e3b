#include "shacl/quality.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "rdf/date_time.hpp"
#include "shacl/internal/collector.hpp"
#include "shacl/internal/quality_parts.hpp"
#include "shacl/internal/quality_tally.hpp"
#include "shacl/internal/validation.hpp"

namespace scenograph::shacl {

using store::TermId;

namespace {

constexpr std::size_t block_nodes = Validation::block_nodes;
constexpr std::string_view date_modified = "http://schema.org/dateModified";

Path predicate_path(std::string_view iri) { return {Path::Kind::Predicate, rdf::Term::iri(iri), {}}; }

/// Since 1970-01-01, of a date, a dateTime or a text like one; `unknown` for anything else.
std::int32_t day_of(const rdf::Term& term) {
  if (!term.is_literal()) return QualityState::unknown;
  auto date = rdf::parse_date_time(term.value);
  if (!date) date = rdf::parse_date(term.value);
  if (!date) return QualityState::unknown;
  const std::int64_t day = rdf::days_from_civil(date->year, date->month, date->day);
  return day < 0 ? 0 : static_cast<std::int32_t>(std::min<std::int64_t>(day, 1'000'000'000));
}

/// Penalties of one result, by shape.
std::vector<float> penalties_of(const Shapes& shapes, const QualityWeights& weights) {
  std::vector<float> out;
  for (const Shape& shape : shapes.shapes) {
    out.push_back(static_cast<float>(weights.penalties[static_cast<std::size_t>(severity_of(shape.severity))]));
  }
  return out;
}

Options options_for(const QualityOptions& options) {
  Options out;
  out.graphs = options.graphs;
  return out;
}

class Scorer {
 public:
  Scorer(const store::View& view, const QualityWeights& weights, const Shapes& shapes, const QualityOptions& options,
         base::Budget& budget)
      : view_(view),
        weights_(weights),
        shapes_(shapes),
        options_(options),
        budget_(budget),
        nodes_(view),
        reader_(view, options.graphs, nodes_, budget),
        parts_(view, options.graphs, reader_, budget, options.part_prefix, ids_of(weights.part_classes)),
        validate_options_(options_for(options)),
        earning_(view, weights.shapes, validate_options_, nodes_, budget,
                 [this](const Finding& finding) { add_missed(finding); }),
        checking_(view, shapes, validate_options_, nodes_, budget,
                  [this](const Finding& finding) { add_result(finding); }),
        penalties_(penalties_of(shapes, weights)),
        tally_(budget),
        charge_(budget),
        results_charge_(budget) {}

  std::unique_ptr<QualityReport> run() {
    for (const QualityClass& each : weights_.classes) {
      focus_.push_back(earning_.focus_nodes(each.shape));
      parts_.keep_entities(focus_.back());
    }
    prepare();
    for (std::size_t i = 0; i < shapes_.shapes.size(); ++i) {
      const auto shape = static_cast<ShapeId>(i);
      if (!shapes_.shapes[i].has_active_targets()) continue;
      each_block(checking_.focus_nodes(shape),
                 [&](std::vector<TermId> block) { checking_.check(shape, std::move(block)); });
    }
    charge_owners();
    return finish();
  }

  std::unique_ptr<QualityReport> run(TermId entity) {
    std::vector<TermId> nodes{entity};
    parts_.keep_entities(nodes);
    for (const QualityClass& each : weights_.classes) {
      const bool is_focus = !nodes.empty() && earning_.are_focus_of(each.shape, nodes).front();
      focus_.push_back(is_focus ? nodes : std::vector<TermId>());
    }
    prepare();
    if (entities_.empty()) return finish();
    is_one_ = true;
    nodes = with_parts(entity);
    for (std::size_t i = 0; i < shapes_.shapes.size(); ++i) {
      const auto shape = static_cast<ShapeId>(i);
      if (!shapes_.shapes[i].has_active_targets()) continue;
      checking_.check(shape, those_of(shape, nodes));
      check_values(shapes_.shapes[i], shape, nodes);
    }
    return finish();
  }

 private:
  std::vector<TermId> ids_of(const std::vector<rdf::Term>& terms) {
    std::vector<TermId> out;
    for (const rdf::Term& term : terms) out.push_back(nodes_.id(term));
    sort_unique(out);
    return out;
  }

  template <typename Work>
  void each_block(const std::vector<TermId>& nodes, const Work& work) const {
    for (std::size_t start = 0; start < nodes.size(); start += block_nodes) {
      const auto first = nodes.begin() + static_cast<std::ptrdiff_t>(start);
      const auto size = static_cast<std::ptrdiff_t>(std::min(block_nodes, nodes.size() - start));
      budget_.check();
      work(std::vector<TermId>(first, first + size));
    }
  }

  QualityState* state_of(TermId node) {
    const auto at = std::lower_bound(entities_.begin(), entities_.end(), node);
    if (at == entities_.end() || *at != node) return nullptr;
    return &states_[static_cast<std::size_t>(at - entities_.begin())];
  }

  /// Calls `work(state, i)` for each of some nodes that is an entity. REQUIRES: sorted nodes.
  template <typename Work>
  void each_state(std::span<const TermId> nodes, const Work& work) {
    if (nodes.empty()) return;
    auto at = std::lower_bound(entities_.begin(), entities_.end(), nodes.front());
    for (std::size_t i = 0; i < nodes.size() && at != entities_.end(); ++i) {
      if (*at < nodes[i]) at = std::lower_bound(at, entities_.end(), nodes[i]);
      if (at != entities_.end() && *at == nodes[i]) {
        work(states_[static_cast<std::size_t>(at - entities_.begin())], i);
      }
    }
  }

  /// All that is known of the entities in `focus_` but what the validation says.
  void prepare() {
    std::size_t size = 0;
    for (const auto& nodes : focus_) size += nodes.size();
    charge_.set(2 * size * sizeof(TermId) + size * sizeof(QualityState));
    for (const auto& nodes : focus_) entities_.insert(entities_.end(), nodes.begin(), nodes.end());
    sort_unique(entities_);
    states_.resize(entities_.size());
    read_sources();
    read_modified();
    for (std::size_t i = 0; i < focus_.size(); ++i) {
      add_totals(i);
      if (weights_.classes[i].until) read_until(i);
    }
    for (class_ = 0; class_ < focus_.size(); ++class_) {
      each_block(focus_[class_], [&](std::vector<TermId> block) { earn(std::move(block)); });
    }
  }

  void add_totals(std::size_t of_class) {
    std::array<float, 2> total{};
    for (const std::size_t rule : weights_.classes[of_class].rules) {
      total[share_of(weights_.rules[rule].metric)] += static_cast<float>(weights_.rules[rule].weight);
    }
    each_state(focus_[of_class], [&](QualityState& state, std::size_t) {
      for (std::size_t i = 0; i < total.size(); ++i) state.total[i] += total[i];
    });
  }

  // ---- where entities come from, and when they changed

  void read_sources() {
    if (entities_.empty()) return;
    if (entities_.size() == 1) return read_sources_of(entities_.front());
    for (const TermId graph : view_.graphs()) {
      if (!is_source(graph)) continue;
      const auto scan = view_.scan({{{}, {}, {}, graph}, store::Order::Gspo, options_.graphs, false, {true}});
      auto at = entities_.begin();
      for (store::QuadBatch batch; at != entities_.end() && scan->next(batch);) {
        budget_.check();
        for (const TermId subject : batch.column(store::Position::Subject)) {
          if (at != entities_.end() && *at < subject) at = std::lower_bound(at, entities_.end(), subject);
          if (at == entities_.end() || *at != subject) continue;
          add_source(states_[static_cast<std::size_t>(at - entities_.begin())], graph);
          ++at;
        }
      }
    }
  }

  void read_sources_of(TermId entity) {
    std::vector<TermId> graphs;
    const auto scan = view_.scan({{entity, {}, {}, {}}, store::Order::Spog, options_.graphs, false});
    for (store::QuadBatch batch; scan->next(batch);) {
      const auto some = batch.column(store::Position::Graph);
      graphs.insert(graphs.end(), some.begin(), some.end());
    }
    sort_unique(graphs);
    for (const TermId graph : graphs) {
      if (is_source(graph)) add_source(states_.front(), graph);
    }
  }

  [[nodiscard]] bool is_source(TermId graph) const {
    return options_.graphs.contains(graph) &&
           std::find(options_.not_sources.begin(), options_.not_sources.end(), graph) == options_.not_sources.end();
  }

  void add_source(QualityState& state, TermId graph) {
    state.sources = sets_.with(state.sources, graph);
    const auto changed = options_.changed.find(graph);
    if (changed == options_.changed.end()) return;
    state.changed = std::max(state.changed, static_cast<std::int32_t>(changed->second));
  }

  void read_modified() {
    std::vector<TermId> nodes = entities_.size() == 1 ? entities_ : reader_.ends(rdf::Term::iri(date_modified), false);
    std::erase_if(nodes, [this](TermId node) { return state_of(node) == nullptr; });
    each_block(nodes, [&](const std::vector<TermId>& block) {
      const std::vector<std::int32_t> days = last_days(predicate_path(date_modified), block);
      each_state(block, [&](QualityState& state, std::size_t i) {
        if (days[i] != QualityState::unknown) state.changed = days[i];
      });
    });
  }

  void read_until(std::size_t of_class) {
    each_block(focus_[of_class], [&](const std::vector<TermId>& block) {
      const std::vector<std::int32_t> days = last_days(*weights_.classes[of_class].until, block);
      each_state(block, [&](QualityState& state, std::size_t i) { state.until = std::max(state.until, days[i]); });
    });
  }

  /// The last day among the values of each node.
  std::vector<std::int32_t> last_days(const Path& path, const std::vector<TermId>& nodes) {
    const Rows rows = reader_.follow(path, nodes);
    std::vector<TermId> values = rows.nodes;
    sort_unique(values);
    std::vector<std::int32_t> days;
    days.reserve(values.size());
    for (const rdf::Term& term : nodes_.terms(values)) days.push_back(day_of(term));
    std::vector<std::int32_t> out(nodes.size(), QualityState::unknown);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      for (const TermId value : rows.of(i)) {
        const auto at = std::lower_bound(values.begin(), values.end(), value) - values.begin();
        out[i] = std::max(out[i], days[static_cast<std::size_t>(at)]);
      }
    }
    return out;
  }

  // ---- what they earn

  void earn(std::vector<TermId> block) {
    missed_.clear();
    earning_.check(weights_.classes[class_].shape, std::move(block));
    std::sort(missed_.begin(), missed_.end());
    missed_.erase(std::unique(missed_.begin(), missed_.end()), missed_.end());
    for (const auto& [number, node] : missed_) {
      const QualityRule& rule = weights_.rules[number];
      QualityState* state = state_of(node);
      const std::size_t share = share_of(rule.metric);
      state->missed[share] += static_cast<float>(rule.weight);
      if (rule.weight == 0) continue;
      const double gain = share_of_overall(*state, weights_, options_.today, rule.metric) * rule.weight /
                          static_cast<double>(state->total[share]);
      tally_.add_missed(state->sources, number, gain);
    }
  }

  void add_missed(const Finding& finding) {
    for (const std::size_t rule : weights_.classes[class_].rules) {
      if (weights_.rules[rule].shape == finding.shape) missed_.emplace_back(rule, finding.focus);
    }
  }

  // ---- what the validation says

  void add_result(const Finding& finding) {
    const float penalty = penalties_[static_cast<std::size_t>(finding.shape)];
    if (penalty == 0) return;
    if (is_one_) {
      states_.front().penalty += penalty;
    } else if (QualityState* state = state_of(finding.focus)) {
      state->penalty += penalty;
    } else {
      if (results_.size() == results_.capacity()) results_charge_.set(2 * (results_.size() + 1) * sizeof(results_[0]));
      results_.emplace_back(finding.focus, penalty);
    }
  }

  /// Lets entities pay for the results about their parts.
  void charge_owners() {
    std::sort(results_.begin(), results_.end());
    std::vector<TermId> nodes;
    std::vector<float> penalties;
    for (const auto& [node, penalty] : results_) {
      if (nodes.empty() || nodes.back() != node) {
        nodes.push_back(node);
        penalties.push_back(0);
      }
      penalties.back() += penalty;
    }
    const auto is_entity = [this](TermId node) { return state_of(node) != nullptr; };
    for (const auto& [entity, part] : parts_.owners(nodes, is_entity)) state_of(entity)->penalty += penalties[part];
  }

  // ---- one entity alone

  /// The entity and its parts, sorted.
  std::vector<TermId> with_parts(TermId entity) {
    std::vector<TermId> all{entity};
    std::vector<TermId> open = all;
    for (int step = 0; step < QualityParts::max_steps && !open.empty(); ++step) {
      std::vector<TermId> values;
      for (const TermId node : open) {
        budget_.check();
        reader_.each_triple(node, [&](TermId, TermId value) {
          if (!value.is_literal()) values.push_back(value);
        });
      }
      sort_unique(values);
      open = parts_among(values);
      std::erase_if(open, [&all](TermId node) { return std::binary_search(all.begin(), all.end(), node); });
      all.insert(all.end(), open.begin(), open.end());
      sort_unique(all);
    }
    return all;
  }

  std::vector<TermId> parts_among(const std::vector<TermId>& nodes) {
    const std::vector<bool> are_parts = parts_.are_parts(nodes);
    std::vector<TermId> parts;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (are_parts[i]) parts.push_back(nodes[i]);
    }
    std::vector<TermId> candidates = parts;
    parts_.keep_entities(candidates);
    std::vector<TermId> others;
    for (const QualityClass& each : weights_.classes) {
      const std::vector<bool> are = earning_.are_focus_of(each.shape, candidates);
      for (std::size_t i = 0; i < are.size(); ++i) {
        if (are[i]) others.push_back(candidates[i]);
      }
    }
    sort_unique(others);
    std::erase_if(parts, [&](TermId node) { return std::binary_search(others.begin(), others.end(), node); });
    return parts;
  }

  std::vector<TermId> those_of(ShapeId shape, const std::vector<TermId>& nodes) {
    const std::vector<bool> are = checking_.are_focus_of(shape, nodes);
    std::vector<TermId> out;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (are[i]) out.push_back(nodes[i]);
    }
    return out;
  }

  /// What property shapes of a shape ask of values that its focus nodes lead to, where some of the nodes are such
  /// values.
  void check_values(const Shape& shape, ShapeId id, const std::vector<TermId>& nodes) {
    for (const Constraint& constraint : shape.constraints) {
      if (constraint.component != Component::Property) continue;
      const Shape& property = shapes_.at(constraint.shapes.front());
      const bool asks_of_values =
          std::any_of(property.constraints.begin(), property.constraints.end(),
                      [](const Constraint& each) { return each.component == Component::Property; });
      if (!asks_of_values || property.deactivated) continue;
      const Rows from = reader_.follow({Path::Kind::Inverse, {}, {property.path.front()}}, nodes);
      std::vector<TermId> values;
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto row = from.of(i);
        const std::vector<bool> are = checking_.are_focus_of(id, {row.begin(), row.end()});
        const auto times = std::count(are.begin(), are.end(), true);
        values.insert(values.end(), static_cast<std::size_t>(times), nodes[i]);
      }
      for (const Constraint& inner : property.constraints) {
        if (inner.component == Component::Property) checking_.check(inner.shapes.front(), values);
      }
    }
  }

  std::unique_ptr<QualityReport> finish() {
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (i % block_nodes == 0) budget_.check();
      const QualityState& state = states_[i];
      tally_.add_scores(state.sources, scores_of(state, weights_, options_.today));
      if (state.penalty <= 0) continue;
      const double share = share_of_overall(state, weights_, options_.today, Metric::Validity);
      tally_.add_penalised(state.sources, share * std::min(1.0, static_cast<double>(state.penalty)));
    }
    return make_quality_report(std::move(entities_), std::move(states_), std::move(sets_), std::move(tally_), weights_,
                               options_.today);
  }

  const store::View& view_;
  const QualityWeights& weights_;
  const Shapes& shapes_;
  const QualityOptions& options_;
  base::Budget& budget_;
  Nodes nodes_;
  PathReader reader_;
  QualityParts parts_;
  Options validate_options_;
  Validation earning_;   // against the weights
  Validation checking_;  // against the shapes for validation
  std::vector<float> penalties_;
  std::vector<std::vector<TermId>> focus_;  // by class; sorted
  std::vector<TermId> entities_;            // sorted
  std::vector<QualityState> states_;
  SourceSets sets_;
  QualityTally tally_;
  std::size_t class_ = 0;                               // whose shape is being checked
  std::vector<std::pair<std::size_t, TermId>> missed_;  // rules and entities of one block
  std::vector<std::pair<TermId, float>> results_;       // about nodes that are no entities
  bool is_one_ = false;
  base::Charge charge_;
  base::Charge results_charge_;
};

}  // namespace

std::unique_ptr<QualityReport> score(const store::View& view, const QualityWeights& weights, const Shapes& shapes,
                                     const QualityOptions& options, base::Budget& budget) {
  return Scorer(view, weights, shapes, options, budget).run();
}

Quality score_entity(const store::View& view, const QualityWeights& weights, const Shapes& shapes,
                     const QualityOptions& options, TermId entity, base::Budget& budget) {
  return Scorer(view, weights, shapes, options, budget).run(entity)->of_all();
}

}  // namespace scenograph::shacl
