#include <algorithm>
#include <iterator>
#include <set>

#include "sparql/exec/builder/builder.hpp"
#include "sparql/exec/builder/item.hpp"
#include "sparql/exec/operators/multiway_join.hpp"
#include "sparql/plan/variable_order.hpp"

namespace scenograph::sparql {

namespace {

// Estimates of cycles are too low more often than not: joining all at once may cost so much more by them. Where joining
// one by one costs less than `least_cost` nanoseconds, nothing else is looked for.
constexpr double most_times_dearer = 3;
constexpr double least_cost = 2e6;

/// Of the pairs of variables, those on cycles or between them: variables in one pair alone are left out until there are
/// none. Pairs of the same two variables count as one.
class CyclicCore {
 public:
  using Link = std::pair<std::uint32_t, std::uint32_t>;

  void add(std::uint32_t a, std::uint32_t b) { links_.insert(std::minmax(a, b)); }

  /// The variables of one connected part of what is on cycles; empty if nothing is.
  std::set<std::uint32_t> variables() {
    while (drop_ends()) {
    }
    std::set<std::uint32_t> part;
    if (links_.empty()) return part;
    part.insert(links_.begin()->first);
    for (std::size_t before = 0; before != part.size();) {
      before = part.size();
      for (const auto& [a, b] : links_) {
        if (part.contains(a)) part.insert(b);
        if (part.contains(b)) part.insert(a);
      }
    }
    return part;
  }

 private:
  bool drop_ends() {
    const auto links_of = [&](std::uint32_t variable) {
      return std::count_if(links_.begin(), links_.end(),
                           [&](const Link& link) { return link.first == variable || link.second == variable; });
    };
    return std::erase_if(links_,
                         [&](const Link& link) { return links_of(link.first) == 1 || links_of(link.second) == 1; }) > 0;
  }

  std::set<Link> links_;
};

}  // namespace

/// Items that are joined at once, the order of their variables, and what that costs.
struct Builder::Cycle {
  std::vector<std::size_t> items;
  std::vector<std::uint32_t> variables;  ///< the variable of each number in `order`
  VariableOrder order;

  [[nodiscard]] bool has(std::size_t item) const { return std::find(items.begin(), items.end(), item) != items.end(); }

  /// Where the variable comes in the order.
  [[nodiscard]] std::size_t place_of(std::uint32_t variable) const {
    const auto number = std::find(variables.begin(), variables.end(), variable) - variables.begin();
    return static_cast<std::size_t>(
        std::find(order.variables.begin(), order.variables.end(), static_cast<std::uint32_t>(number)) -
        order.variables.begin());
  }
};

std::vector<JoinInput> Builder::inputs_of(const std::vector<Item>& items) {
  std::vector<JoinInput> inputs;
  for (const Item& item : items) inputs.push_back(item.input);
  return inputs;
}

std::optional<Builder::Cycle> Builder::cycle_of(const std::vector<Item>& items) const {
  CyclicCore core;
  for (const Item& item : items) {
    const auto& variables = item.input.variables;
    if (item.is_plain() && variables.size() == 2) core.add(variables[0].first, variables[1].first);
  }
  const std::set<std::uint32_t> part = core.variables();
  if (part.empty() || part.size() > most_multiway_variables) return std::nullopt;
  Cycle cycle;
  cycle.variables.assign(part.begin(), part.end());
  std::vector<VariableRelation> relations;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const JoinInput& input = items[i].input;
    const bool is_inside = std::all_of(input.variables.begin(), input.variables.end(),
                                       [&](const auto& variable) { return part.contains(variable.first); });
    if (!items[i].is_plain() || input.variables.empty() || !is_inside) continue;
    cycle.items.push_back(i);
    VariableRelation& relation = relations.emplace_back();
    relation.rows = input.rows * input.selectivity;
    relation.source = items[i].bound.predicate.bits();
    for (const auto& [variable, distinct] : input.variables) {
      const auto at = std::distance(part.begin(), part.find(variable));
      relation.variables.emplace_back(static_cast<std::uint32_t>(at), distinct);
    }
  }
  cycle.order = order_variables(relations, static_cast<std::uint32_t>(part.size()));
  return cycle;
}

Builder::Item Builder::plan_cycle(const Cycle& cycle, const std::vector<Item>& items, const Numbered& numbered,
                                  const Scope& scope) {
  std::vector<MultiwayTerms> terms;
  std::vector<MultiwayPairs> pairs;
  std::vector<std::shared_ptr<PlanNode>> inputs;
  const auto read = [&](const Item& item, const std::vector<std::string>& columns) {
    std::array<std::string, 4> names;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (std::find(columns.begin(), columns.end(), item.names[i]) != columns.end()) names.at(i) = item.names[i];
    }
    Plan plan = plan_scan(item, scope, columns.front(), names);
    inputs.push_back(plan.node);
    return fixed_columns(std::move(plan), columns).op;
  };
  for (const std::size_t number : cycle.items) {
    const Item& item = items[number];
    std::vector<std::pair<std::size_t, std::string>> places;
    for (const auto& [variable, distinct] : item.input.variables) {
      places.emplace_back(cycle.place_of(variable), numbered.names[variable]);
    }
    std::sort(places.begin(), places.end());
    for (const auto& [place, name] : places) terms.push_back({place, read(item, {name})});
    if (places.size() < 2) continue;
    pairs.push_back({places[0].first, places[1].first, read(item, {places[0].second, places[1].second})});
  }
  Item out;
  out.kind = Item::Kind::Other;
  std::string label = "MultiwayJoin";
  for (const std::uint32_t number : cycle.order.variables) {
    const std::string& name = numbered.names[cycle.variables[number]];
    out.plan.columns.push_back(name);
    out.distinct.emplace_back(name, std::max(1.0, cycle.order.rows));
    label += " ?" + name;
  }
  out.plan.certain = Names(out.plan.columns.begin(), out.plan.columns.end());
  out.plan.rows = cycle.order.rows;
  out.plan.sorted = out.plan.columns.front();
  out.plan.op = make_multiway_join(context_, out.plan.columns.size(), std::move(terms), std::move(pairs));
  out.plan = finish(std::move(out.plan), std::move(label), std::move(inputs));
  return out;
}

void Builder::join_cycle_at_once(std::vector<Item>& items, const Numbered& numbered, JoinOrder& order,
                                 const Scope& scope) {
  const bool by_cost = cyclic_joins_ == CyclicJoins::ByCost;
  if (cyclic_joins_ == CyclicJoins::OneByOne || (by_cost && order.cost < least_cost)) return;
  const std::optional<Cycle> cycle = cycle_of(items);
  if (!cycle) return;
  std::vector<JoinInput> inputs;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!cycle->has(i)) inputs.push_back(items[i].input);
  }
  JoinInput& all = inputs.emplace_back();
  all.rows = cycle->order.rows;
  for (const std::uint32_t variable : cycle->variables) all.variables.emplace_back(variable, std::max(1.0, all.rows));
  JoinOrder with_cycle = order_joins(inputs, numbered.stars, *context_.budget);
  with_cycle.cost += cycle->order.cost;
  if (by_cost && with_cycle.cost > order.cost * most_times_dearer) return;
  std::vector<Item> changed;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!cycle->has(i)) changed.push_back(std::move(items[i]));
  }
  // The cycle's items are still whole: only others were moved.
  changed.push_back(plan_cycle(*cycle, items, numbered, scope));
  items = std::move(changed);
  order = std::move(with_cycle);
}

}  // namespace scenograph::sparql
