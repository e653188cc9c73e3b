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
  std::vector<JoinStep> steps;
};

bool is_connected(const Joined& left, const JoinInput& input) {
  return std::any_of(input.variables.begin(), input.variables.end(),
                     [&](const auto& variable) { return left.distinct.contains(variable.first); });
}

Joined start_with(const std::vector<JoinInput>& inputs, std::size_t number) {
  const JoinInput& input = inputs[number];
  Joined out;
  out.rows = input.rows;
  out.cost = input.rows + (input.needs_left ? blind_penalty : 0);
  for (const auto& [variable, distinct] : input.variables) out.distinct[variable] = distinct;
  out.steps.push_back({number, false, out.rows});
  return out;
}

/// Rows and cost of joining one more input, without the rest of the bookkeeping.
struct Estimate {
  double rows = 0;
  double cost = 0;
  bool by_lookup = false;
};

Estimate estimate(const Joined& left, const JoinInput& input) {
  double rows = left.rows * input.rows;
  bool shared = false;
  for (const auto& [variable, distinct] : input.variables) {
    const auto known = left.distinct.find(variable);
    if (known == left.distinct.end()) continue;
    shared = true;
    rows /= std::max({known->second, distinct, 1.0});
  }
  const double by_hash =
      input.rows * (1 + hash_build_cost) + left.rows * hash_probe_cost + rows + (input.needs_left ? blind_penalty : 0);
  const double by_lookup = left.rows * lookup_cost + rows;
  const bool lookup = shared && (input.has_index || input.needs_left) && by_lookup < by_hash;
  return {rows, left.cost + (lookup ? by_lookup : by_hash), lookup};
}

Joined extended(Joined out, const std::vector<JoinInput>& inputs, std::size_t number, const Estimate& by) {
  out.rows = by.rows;
  out.cost = by.cost;
  for (const auto& [variable, distinct] : inputs[number].variables) {
    const auto [at, added] = out.distinct.try_emplace(variable, distinct);
    if (!added) at->second = std::min(at->second, distinct);
  }
  for (auto& [variable, distinct] : out.distinct) distinct = std::max(1.0, std::min(distinct, out.rows));
  out.steps.push_back({number, by.by_lookup, by.rows});
  return out;
}

std::vector<JoinStep> exhaustive(const std::vector<JoinInput>& inputs) {
  const std::size_t sets = std::size_t{1} << inputs.size();
  std::vector<Joined> best(sets);
  for (auto& joined : best) joined.cost = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < inputs.size(); ++i) best[std::size_t{1} << i] = start_with(inputs, i);
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
      const Estimate by = estimate(best[set], inputs[i]);
      if (by.cost < best[set | bit].cost) best[set | bit] = extended(best[set], inputs, i, by);
    }
    if (set + 1 < sets) best[set] = Joined{};
  }
  return best[sets - 1].steps;
}

std::vector<JoinStep> greedy(const std::vector<JoinInput>& inputs) {
  std::vector<bool> used(inputs.size(), false);
  std::size_t first = 0;
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    if (start_with(inputs, i).cost < start_with(inputs, first).cost) first = i;
  }
  Joined joined = start_with(inputs, first);
  used[first] = true;
  for (std::size_t count = 1; count < inputs.size(); ++count) {
    std::size_t choice = inputs.size();
    Estimate by;
    bool connected = false;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (used[i]) continue;
      const bool links = is_connected(joined, inputs[i]);
      if (connected && !links) continue;
      const Estimate other = estimate(joined, inputs[i]);
      if (choice == inputs.size() || (links && !connected) || other.rows < by.rows) {
        choice = i;
        by = other;
        connected = links;
      }
    }
    joined = extended(std::move(joined), inputs, choice, by);
    used[choice] = true;
  }
  return joined.steps;
}

}  // namespace

std::vector<JoinStep> order_joins(const std::vector<JoinInput>& inputs) {
  if (inputs.empty()) return {};
  if (inputs.size() == 1) return {{0, false, inputs[0].rows}};
  return inputs.size() <= most_exhaustive ? exhaustive(inputs) : greedy(inputs);
}

}  // namespace scenograph::sparql
