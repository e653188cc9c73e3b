#include "sparql/plan/join_order.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <unordered_map>
#include <utility>

namespace scenograph::sparql {

namespace {

constexpr std::size_t most_exhaustive = 12;

// Costs in nanoseconds, as measured on ten million quads; what counts is their relation.
constexpr double read_cost = 5;
constexpr double merge_cost = 8;
constexpr double sort_cost = 70;
constexpr double sort_all_cost = 60;
constexpr double lookup_cost = 600;
constexpr double closure_cost = 3000;
constexpr double hash_build_cost = 40;
constexpr double hash_probe_cost = 15;
constexpr double output_cost = 10;
constexpr double blind_penalty = 1e9;

/// Left rows that are looked up together, sorted.
constexpr double rows_at_once = 2048;

/// What joining some inputs gives: rows, and distinct terms of each variable.
struct Joined {
  double rows = 0;
  double cost = 0;
  std::unordered_map<std::uint32_t, double> distinct;
  std::vector<store::StarStatistics::Members> members;  ///< of each star
  std::optional<std::uint32_t> sorted;                  ///< the variable that rows come in order of
  std::vector<JoinStep> steps;
};

/// The inputs, and the stars' estimates, each made once.
class Problem {
 public:
  Problem(const std::vector<JoinInput>& its_inputs, const std::vector<JoinStar>& stars, const base::Budget& budget)
      : inputs(its_inputs), stars_(stars), budget_(budget), known_(stars.size()) {}

  void check() const { budget_.check(); }

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
  const base::Budget& budget_;
  mutable std::vector<Known> known_;
};

store::StarStatistics::Members bit_of(const JoinInput& input) {
  return store::StarStatistics::Members{1} << input.star_member;
}

bool is_connected(const Joined& left, const JoinInput& input) {
  return std::any_of(input.variables.begin(), input.variables.end(),
                     [&](const auto& variable) { return left.distinct.contains(variable.first); });
}

Joined start_with(const Problem& problem, std::size_t number, double read, std::optional<std::uint32_t> sorted) {
  const JoinInput& input = problem.inputs[number];
  Joined out;
  out.rows = input.rows * input.selectivity;
  out.cost = read * read_cost + (input.needs_left ? blind_penalty : 0);
  for (const auto& [variable, distinct] : input.variables) {
    out.distinct[variable] = std::max(1.0, std::min(distinct, out.rows));
  }
  out.members.resize(problem.stars());
  if (input.star) out.members[*input.star] = bit_of(input);
  out.sorted = sorted;
  out.steps.push_back({number, false, out.rows, sorted});
  return out;
}

/// The input in each order that it can be read in.
std::vector<Joined> starts_with(const Problem& problem, std::size_t number) {
  std::vector<Joined> out;
  const JoinInput& input = problem.inputs[number];
  for (const auto& [variable, read] : input.sortable) out.push_back(start_with(problem, number, read, variable));
  if (out.empty()) out.push_back(start_with(problem, number, input.rows, std::nullopt));
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
  std::optional<std::uint32_t> sort_by;  ///< what is there is sorted by it first
  std::optional<std::uint32_t> sorted;   ///< what rows come in order of
};

/// A way to look up an input.
struct Lookup {
  double cost = std::numeric_limits<double>::infinity();
  std::optional<std::uint32_t> sort_by;
  std::optional<std::uint32_t> sorted;
};

double cost_by_hash(const Joined& left, const JoinInput& input) {
  const double filtered = input.rows * input.selectivity;
  const double fewer = std::min(left.rows, filtered);
  const double more = std::max(left.rows, filtered);
  double read = input.rows;
  for (const auto& [variable, rows] : input.sortable) read = std::min(read, rows);
  return read * read_cost + fewer * hash_build_cost + more * hash_probe_cost + (input.needs_left ? blind_penalty : 0);
}

/// Looking up what is there, by a variable of which there are so many distinct terms on the left.
double cost_by_lookup(const Joined& left, const JoinInput& input, double distinct, bool is_sorted) {
  if (input.needs_left) return left.rows * closure_cost;
  const double all = input.rows * read_cost;
  if (is_sorted) return left.rows * merge_cost + std::min(all, distinct * lookup_cost);
  const double batches = std::max(1.0, left.rows / rows_at_once);
  const double lookups = std::min(distinct, std::min(left.rows, rows_at_once)) * lookup_cost;
  return left.rows * (merge_cost + sort_cost) + batches * std::min(all, lookups);
}

/// The cheapest way to look the input up, by any variable.
Lookup cheapest_lookup(const Joined& left, const JoinInput& input) {
  Lookup best;
  const auto offer = [&](const Lookup& lookup) {
    if (lookup.cost < best.cost) best = lookup;
  };
  for (const auto& [variable, distinct] : input.variables) {
    const auto known = left.distinct.find(variable);
    if (known == left.distinct.end()) continue;
    const bool sortable = std::any_of(input.sortable.begin(), input.sortable.end(),
                                      [v = variable](const auto& pair) { return pair.first == v; });
    if (!sortable && !input.needs_left) continue;
    const bool is_sorted = left.sorted == variable;
    const bool keeps_order = is_sorted || input.needs_left;
    offer({cost_by_lookup(left, input, known->second, is_sorted), std::nullopt,
           keeps_order ? left.sorted : std::nullopt});
    if (keeps_order || left.rows <= rows_at_once) continue;
    offer({left.rows * sort_all_cost + cost_by_lookup(left, input, known->second, true), variable, variable});
  }
  return best;
}

Estimate estimate(const Problem& problem, const Joined& left, const JoinInput& input) {
  const std::optional<double> in_star = matches_in_star(problem, left, input);
  double rows = left.rows * in_star.value_or(input.rows) * input.selectivity;
  for (const auto& [variable, distinct] : input.variables) {
    const auto known = left.distinct.find(variable);
    if (known == left.distinct.end()) continue;
    if (!in_star || variable != problem.variable_of(*input.star)) rows /= std::max({known->second, distinct, 1.0});
  }
  const Lookup lookup = cheapest_lookup(left, input);
  const double by_hash = cost_by_hash(left, input);
  const double cost = left.cost + rows * output_cost;
  if (lookup.cost < by_hash) return {rows, cost + lookup.cost, true, lookup.sort_by, lookup.sorted};
  return {rows, cost + by_hash, false, std::nullopt, left.rows >= input.rows ? left.sorted : std::nullopt};
}

Joined extended(const Problem& problem, Joined out, std::size_t number, const Estimate& by) {
  const JoinInput& input = problem.inputs[number];
  out.rows = by.rows;
  out.cost = by.cost;
  out.sorted = by.sorted;
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
  out.steps.push_back({number, by.by_lookup, by.rows, by.sort_by});
  return out;
}

/// The cheapest way to a set of inputs for each order that its rows may come in.
using Ways = std::vector<Joined>;

/// Whether some way is no worse than one of this cost and order.
bool has_as_good(const Ways& ways, double cost, std::optional<std::uint32_t> sorted) {
  return std::any_of(ways.begin(), ways.end(),
                     [&](const Joined& way) { return way.cost <= cost && (!sorted || way.sorted == sorted); });
}

void add_way(Ways& ways, Joined way) {
  std::erase_if(ways, [&](const Joined& other) {
    return other.cost >= way.cost && (!other.sorted || other.sorted == way.sorted);
  });
  ways.push_back(std::move(way));
}

const Joined& cheapest(const Ways& ways) {
  return *std::min_element(ways.begin(), ways.end(), [](const Joined& a, const Joined& b) { return a.cost < b.cost; });
}

void extend_ways(const Problem& problem, const Ways& from, std::size_t number, Ways& to) {
  for (const Joined& way : from) {
    const Estimate by = estimate(problem, way, problem.inputs[number]);
    if (!has_as_good(to, by.cost, by.sorted)) add_way(to, extended(problem, way, number, by));
  }
}

JoinOrder exhaustive(const Problem& problem) {
  const auto& inputs = problem.inputs;
  const std::size_t sets = std::size_t{1} << inputs.size();
  std::vector<Ways> ways(sets);
  for (std::size_t i = 0; i < inputs.size(); ++i) ways[std::size_t{1} << i] = starts_with(problem, i);
  for (std::size_t set = 1; set + 1 < sets; ++set) {
    if (ways[set].empty()) continue;
    problem.check();
    const Ways from = std::exchange(ways[set], {});
    const auto may_follow = [&](std::size_t i, bool connected) {
      return (set & (std::size_t{1} << i)) == 0 && (!connected || is_connected(from.front(), inputs[i]));
    };
    bool any_connected = false;
    for (std::size_t i = 0; i < inputs.size(); ++i) any_connected = any_connected || may_follow(i, true);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (may_follow(i, any_connected)) extend_ways(problem, from, i, ways[set | (std::size_t{1} << i)]);
    }
  }
  const Joined& best = cheapest(ways[sets - 1]);
  return {best.steps, best.cost};
}

JoinOrder greedy(const Problem& problem) {
  const auto& inputs = problem.inputs;
  std::vector<bool> used(inputs.size(), false);
  Ways firsts;
  for (std::size_t i = 0; i < inputs.size(); ++i) firsts.push_back(starts_with(problem, i).front());
  Joined joined = cheapest(firsts);
  used[joined.steps.front().input] = true;
  for (std::size_t count = 1; count < inputs.size(); ++count) {
    problem.check();
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
  return {joined.steps, joined.cost};
}

}  // namespace

JoinOrder order_joins(const std::vector<JoinInput>& inputs, const std::vector<JoinStar>& stars,
                      const base::Budget& budget) {
  if (inputs.empty()) return {};
  const Problem problem(inputs, stars, budget);
  if (inputs.size() == 1) {
    const Ways ways = starts_with(problem, 0);
    return {cheapest(ways).steps, cheapest(ways).cost};
  }
  return inputs.size() <= most_exhaustive ? exhaustive(problem) : greedy(problem);
}

}  // namespace scenograph::sparql
