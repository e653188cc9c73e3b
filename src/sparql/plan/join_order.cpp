#include "sparql/plan/join_order.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <unordered_map>
#include <utility>

namespace scenograph::sparql {

namespace {

constexpr std::size_t most_exhaustive = 12;

// Costs in units of one row read from an index.
constexpr double lookup_cost = 10;
constexpr double hash_build_cost = 2;
constexpr double hash_probe_cost = 1.5;
constexpr double blind_penalty = 1e6;

/// What joining some inputs gives: rows, and distinct terms of each variable.
struct Joined {
  double rows = 0;
  double cost = 0;
  std::unordered_map<std::uint32_t, double> distinct;
  std::vector<store::StarStatistics::Members> members;  ///< of each star
  std::vector<JoinStep> steps;
};

/// The inputs, and the stars' estimates, each made once.
class Problem {
 public:
  Problem(const std::vector<JoinInput>& its_inputs, const std::vector<JoinStar>& stars)
      : inputs(its_inputs), stars_(stars), known_(stars.size()) {}

  [[nodiscard]] std::size_t stars() const { return stars_.size(); }
  [[nodiscard]] std::uint32_t variable_of(std::size_t star) const { return stars_[star].variable; }

  [[nodiscard]] store::StarStatistics::Estimate estimate(std::size_t star,
                                                         store::StarStatistics::Members members) const {
    const auto [at, is_new] = known_[star].try_emplace(members);
    if (is_new) at->second = stars_[star].statistics.of(members);
    return at->second;
  }

  const std::vector<JoinInput>& inputs;

 private:
  using Known = std::unordered_map<store::StarStatistics::Members, store::StarStatistics::Estimate>;

  const std::vector<JoinStar>& stars_;
  mutable std::vector<Known> known_;
};

store::StarStatistics::Members bit_of(const JoinInput& input) {
  return store::StarStatistics::Members{1} << input.star_member;
}

bool is_connected(const Joined& left, const JoinInput& input) {
  return std::any_of(input.variables.begin(), input.variables.end(),
                     [&](const auto& variable) { return left.distinct.contains(variable.first); });
}

Joined start_with(const Problem& problem, std::size_t number) {
  const JoinInput& input = problem.inputs[number];
  Joined out;
  out.rows = input.rows;
  out.cost = input.rows + (input.needs_left ? blind_penalty : 0);
  for (const auto& [variable, distinct] : input.variables) out.distinct[variable] = distinct;
  out.members.resize(problem.stars());
  if (input.star) out.members[*input.star] = bit_of(input);
  out.steps.push_back({number, false, out.rows});
  return out;
}

/// How many rows of the input match one row on the left by the star's subject; nullopt if the star does not tell.
std::optional<double> matches_in_star(const Problem& problem, const Joined& left, const JoinInput& input) {
  if (!input.star || left.members[*input.star] == 0) return std::nullopt;
  const double before = problem.estimate(*input.star, left.members[*input.star]).rows;
  if (before <= 0) return std::nullopt;
  return problem.estimate(*input.star, left.members[*input.star] | bit_of(input)).rows / before;
}

/// Rows and cost of joining one more input, without the rest of the bookkeeping.
struct Estimate {
  double rows = 0;
  double cost = 0;
  bool by_lookup = false;
};

Estimate estimate(const Problem& problem, const Joined& left, const JoinInput& input) {
  const std::optional<double> in_star = matches_in_star(problem, left, input);
  double rows = left.rows * in_star.value_or(input.rows);
  bool shared = false;
  for (const auto& [variable, distinct] : input.variables) {
    const auto known = left.distinct.find(variable);
    if (known == left.distinct.end()) continue;
    shared = true;
    if (in_star && variable == problem.variable_of(*input.star)) continue;
    rows /= std::max({known->second, distinct, 1.0});
  }
  const double by_hash =
      input.rows * (1 + hash_build_cost) + left.rows * hash_probe_cost + rows + (input.needs_left ? blind_penalty : 0);
  const double by_lookup = left.rows * lookup_cost + rows;
  const bool lookup = shared && (input.has_index || input.needs_left) && by_lookup < by_hash;
  return {rows, left.cost + (lookup ? by_lookup : by_hash), lookup};
}

Joined extended(const Problem& problem, Joined out, std::size_t number, const Estimate& by) {
  const JoinInput& input = problem.inputs[number];
  out.rows = by.rows;
  out.cost = by.cost;
  for (const auto& [variable, distinct] : input.variables) {
    const auto [at, added] = out.distinct.try_emplace(variable, distinct);
    if (!added) at->second = std::min(at->second, distinct);
  }
  if (input.star) {
    out.members[*input.star] |= bit_of(input);
    double& subjects = out.distinct[problem.variable_of(*input.star)];
    subjects = std::min(subjects, problem.estimate(*input.star, out.members[*input.star]).subjects);
  }
  for (auto& [variable, distinct] : out.distinct) distinct = std::max(1.0, std::min(distinct, out.rows));
  out.steps.push_back({number, by.by_lookup, by.rows});
  return out;
}

std::vector<JoinStep> exhaustive(const Problem& problem) {
  const auto& inputs = problem.inputs;
  const std::size_t sets = std::size_t{1} << inputs.size();
  std::vector<Joined> best(sets);
  for (auto& joined : best) joined.cost = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < inputs.size(); ++i) best[std::size_t{1} << i] = start_with(problem, i);
  for (std::size_t set = 1; set < sets; ++set) {
    if (best[set].steps.empty()) continue;
    bool any_connected = false;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const bool outside = (set & (std::size_t{1} << i)) == 0;
      any_connected = any_connected || (outside && is_connected(best[set], inputs[i]));
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const std::size_t bit = std::size_t{1} << i;
      if ((set & bit) != 0 || (any_connected && !is_connected(best[set], inputs[i]))) continue;
      const Estimate by = estimate(problem, best[set], inputs[i]);
      if (by.cost < best[set | bit].cost) best[set | bit] = extended(problem, best[set], i, by);
    }
    if (set + 1 < sets) best[set] = Joined{};
  }
  return best[sets - 1].steps;
}

std::vector<JoinStep> greedy(const Problem& problem) {
  const auto& inputs = problem.inputs;
  std::vector<bool> used(inputs.size(), false);
  std::size_t first = 0;
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    if (start_with(problem, i).cost < start_with(problem, first).cost) first = i;
  }
  Joined joined = start_with(problem, first);
  used[first] = true;
  for (std::size_t count = 1; count < inputs.size(); ++count) {
    std::size_t choice = inputs.size();
    Estimate by;
    bool connected = false;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (used[i]) continue;
      const bool links = is_connected(joined, inputs[i]);
      if (connected && !links) continue;
      const Estimate other = estimate(problem, joined, inputs[i]);
      if (choice == inputs.size() || (links && !connected) || other.rows < by.rows) {
        choice = i;
        by = other;
        connected = links;
      }
    }
    joined = extended(problem, std::move(joined), choice, by);
    used[choice] = true;
  }
  return joined.steps;
}

}  // namespace

std::vector<JoinStep> order_joins(const std::vector<JoinInput>& inputs, const std::vector<JoinStar>& stars) {
  if (inputs.empty()) return {};
  if (inputs.size() == 1) return {{0, false, inputs[0].rows}};
  const Problem problem(inputs, stars);
  return inputs.size() <= most_exhaustive ? exhaustive(problem) : greedy(problem);
}

}  // namespace scenograph::sparql
