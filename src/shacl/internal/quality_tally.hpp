#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "shacl/quality.hpp"

namespace scenograph::shacl {

/// What is learnt of one entity. Weights and penalties as the file gives them; days since 1970-01-01.
struct QualityState {
  static constexpr std::int32_t unknown = std::numeric_limits<std::int32_t>::min();

  std::array<float, 2> total{};   ///< of completeness and links: what its shapes could bring
  std::array<float, 2> missed{};  ///< of that
  float penalty = 0;
  std::int32_t changed = unknown;
  std::int32_t until = unknown;  ///< the last of its dates
  std::uint32_t sources = 0;     ///< a set of `SourceSets`
};

/// Completeness and Links as indices of `QualityState::total`.
[[nodiscard]] constexpr std::size_t share_of(Metric metric) { return metric == Metric::Links ? 1 : 0; }

/// The scores, and the weight of each metric that applies.
[[nodiscard]] Scores scores_of(const QualityState& state, const QualityWeights& weights, std::int64_t today);

/// How much the overall score rises by one of the metric.
[[nodiscard]] double share_of_overall(const QualityState& state, const QualityWeights& weights, std::int64_t today,
                                      Metric metric);

/// Sets of graphs, each known by a number; 0 is the empty one.
class SourceSets {
 public:
  /// The set with one graph more.
  [[nodiscard]] std::uint32_t with(std::uint32_t set, store::TermId graph);
  [[nodiscard]] std::vector<store::TermId> graphs(std::uint32_t set) const;
  [[nodiscard]] std::size_t size() const { return sets_.size(); }

 private:
  struct Set {
    std::uint32_t rest = 0;  ///< all but the last
    store::TermId last;
  };

  std::vector<Set> sets_{Set{}};
  std::map<std::pair<std::uint32_t, store::TermId>, std::uint32_t> known_;
};

/// Counts by set of sources what a score is made of, so that means over any graphs need no second pass.
class QualityTally {
 public:
  explicit QualityTally(base::Budget& budget) : charge_(budget) {}

  /// Counts an entity that does not conform to a rule. @param gain  of its overall score
  void add_missed(std::uint32_t set, std::size_t rule, double gain) { add(set, rule + 1, gain); }
  void add_penalised(std::uint32_t set, double gain) { add(set, 0, gain); }
  void add_scores(std::uint32_t set, const Scores& scores);

  /// Over the entities of some sets, each once.
  [[nodiscard]] Quality over(const std::vector<std::uint32_t>& sets) const;

 private:
  struct Missed {
    std::uint64_t entities = 0;
    double gain = 0;
  };
  struct Sum {
    std::uint64_t entities = 0;
    Scores sums{};
    std::array<std::uint64_t, metric_count> measured{};
  };

  void add(std::uint32_t set, std::size_t what, double gain);

  base::Charge charge_;
  std::vector<Sum> sums_;                                             // by set
  std::map<std::pair<std::uint32_t, std::uint32_t>, Missed> missed_;  // by set and rule + 1; 0 is the validation
};

/// @param entities  sorted, each once. The weights must outlive the report.
[[nodiscard]] std::unique_ptr<QualityReport> make_quality_report(std::vector<store::TermId> entities,
                                                                 std::vector<QualityState> states, SourceSets sets,
                                                                 QualityTally tally, const QualityWeights& weights,
                                                                 std::int64_t today);

}  // namespace scenograph::shacl
