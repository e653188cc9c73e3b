#include "shacl/internal/quality_tally.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace scenograph::shacl {

using store::TermId;

namespace {

constexpr std::size_t index_of(Metric metric) { return static_cast<std::size_t>(metric); }

double share(float missed, float total) {
  return total > 0 ? std::max(0.0, 1 - static_cast<double>(missed) / static_cast<double>(total)) : not_measured;
}

double freshness(const QualityState& state, const QualityWeights& weights, std::int64_t today) {
  const bool is_past = state.until != QualityState::unknown && state.until < today;
  if (is_past || state.changed == QualityState::unknown) return not_measured;
  double age = std::max(0.0, static_cast<double>(today - state.changed));
  if (weights.step_days > 0) age = std::floor(age / weights.step_days) * weights.step_days;
  return std::exp2(-age / weights.half_life_days);
}

/// Of the metrics that apply.
double sum_of_weights(const Scores& scores, const QualityWeights& weights) {
  double sum = 0;
  for (std::size_t i = 0; i < metric_count; ++i) {
    if (!std::isnan(scores[i])) sum += weights.weights[i];
  }
  return sum;
}

Scores parts_of(const QualityState& state, const QualityWeights& weights, std::int64_t today) {
  return {share(state.missed[0], state.total[0]), std::max(0.0, 1 - static_cast<double>(state.penalty)),
          share(state.missed[1], state.total[1]), freshness(state, weights, today), not_measured};
}

class Scored final : public QualityReport {
 public:
  Scored(std::vector<TermId> entities, std::vector<QualityState> states, SourceSets sets, QualityTally tally,
         const QualityWeights& weights, std::int64_t today)
      : entities_(std::move(entities)),
        states_(std::move(states)),
        sets_(std::move(sets)),
        tally_(std::move(tally)),
        weights_(weights),
        today_(today) {
    for (std::uint32_t set = 0; set < sets_.size(); ++set) {
      for (const TermId graph : sets_.graphs(set)) holding_.emplace_back(graph, set);
    }
    std::sort(holding_.begin(), holding_.end());
  }

  std::span<const TermId> entities() const override { return entities_; }

  Scores scores(std::size_t entity) const override { return scores_of(states_[entity], weights_, today_); }

  std::vector<TermId> sources() const override {
    std::vector<TermId> out;
    for (const auto& [graph, set] : holding_) {
      if (out.empty() || out.back() != graph) out.push_back(graph);
    }
    return out;
  }

  Quality of_sources(std::span<const TermId> graphs) const override {
    std::vector<std::uint32_t> sets;
    for (const TermId graph : graphs) {
      for (auto at = std::lower_bound(holding_.begin(), holding_.end(), std::pair(graph, std::uint32_t{0}));
           at != holding_.end() && at->first == graph; ++at) {
        sets.push_back(at->second);
      }
    }
    std::sort(sets.begin(), sets.end());
    sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
    return tally_.over(sets);
  }

  Quality of_all() const override {
    std::vector<std::uint32_t> sets(sets_.size());
    std::iota(sets.begin(), sets.end(), std::uint32_t{0});
    return tally_.over(sets);
  }

 private:
  std::vector<TermId> entities_;
  std::vector<QualityState> states_;
  SourceSets sets_;
  QualityTally tally_;
  const QualityWeights& weights_;
  std::int64_t today_;
  std::vector<std::pair<TermId, std::uint32_t>> holding_;  // graphs and the sets that hold them
};

}  // namespace

Scores scores_of(const QualityState& state, const QualityWeights& weights, std::int64_t today) {
  Scores out = parts_of(state, weights, today);
  double sum = 0;
  for (std::size_t i = 0; i < metric_count; ++i) {
    if (!std::isnan(out[i])) sum += weights.weights[i] * out[i];
  }
  const double all = sum_of_weights(out, weights);
  if (all > 0) out[index_of(Metric::Overall)] = sum / all;
  return out;
}

double share_of_overall(const QualityState& state, const QualityWeights& weights, std::int64_t today, Metric metric) {
  const double all = sum_of_weights(parts_of(state, weights, today), weights);
  return all > 0 ? weights.weights[index_of(metric)] / all : 0;
}

std::uint32_t SourceSets::with(std::uint32_t set, TermId graph) {
  const auto [at, is_new] = known_.try_emplace({set, graph}, static_cast<std::uint32_t>(sets_.size()));
  if (is_new) sets_.push_back({set, graph});
  return at->second;
}

std::vector<TermId> SourceSets::graphs(std::uint32_t set) const {
  std::vector<TermId> out;
  for (; set != 0; set = sets_[set].rest) out.push_back(sets_[set].last);
  return out;
}

void QualityTally::add(std::uint32_t set, std::size_t what, double gain) {
  constexpr std::size_t bytes = 96;  // of a node of the map
  const auto [at, is_new] = missed_.try_emplace({set, static_cast<std::uint32_t>(what)});
  if (is_new) charge_.add(bytes);
  ++at->second.entities;
  at->second.gain += gain;
}

void QualityTally::add_scores(std::uint32_t set, const Scores& scores) {
  if (set >= sums_.size()) sums_.resize(set + 1);
  Sum& sum = sums_[set];
  ++sum.entities;
  for (std::size_t i = 0; i < metric_count; ++i) {
    if (std::isnan(scores[i])) continue;
    sum.sums[i] += scores[i];
    ++sum.measured[i];
  }
}

Quality QualityTally::over(const std::vector<std::uint32_t>& sets) const {
  Quality out;
  Sum all;
  std::map<std::uint32_t, Missed> missed;
  for (const std::uint32_t set : sets) {
    if (set >= sums_.size()) continue;
    const Sum& sum = sums_[set];
    all.entities += sum.entities;
    for (std::size_t i = 0; i < metric_count; ++i) {
      all.sums[i] += sum.sums[i];
      all.measured[i] += sum.measured[i];
    }
    for (auto at = missed_.lower_bound({set, 0}); at != missed_.end() && at->first.first == set; ++at) {
      Missed& each = missed[at->first.second];
      each.entities += at->second.entities;
      each.gain += at->second.gain;
    }
  }
  out.entities = all.entities;
  for (std::size_t i = 0; i < metric_count; ++i) {
    if (all.measured[i] > 0) out.scores[i] = all.sums[i] / static_cast<double>(all.measured[i]);
  }
  for (const auto& [what, each] : missed) {
    if (each.gain <= 0) continue;
    Improvement& made = out.improvements.emplace_back();
    if (what > 0) made.rule = what - 1;
    made.entities = each.entities;
    made.gain = each.gain / static_cast<double>(all.entities);
  }
  std::stable_sort(out.improvements.begin(), out.improvements.end(),
                   [](const Improvement& a, const Improvement& b) { return a.gain > b.gain; });
  return out;
}

std::unique_ptr<QualityReport> make_quality_report(std::vector<TermId> entities, std::vector<QualityState> states,
                                                   SourceSets sets, QualityTally tally, const QualityWeights& weights,
                                                   std::int64_t today) {
  return std::make_unique<Scored>(std::move(entities), std::move(states), std::move(sets), std::move(tally), weights,
                                  today);
}

}  // namespace scenograph::shacl
