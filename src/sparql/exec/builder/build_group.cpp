#include <fmt/format.h>

#include <algorithm>

#include "sparql/exec/access/candidates.hpp"
#include "sparql/exec/builder/builder.hpp"
#include "sparql/exec/builder/item.hpp"
#include "sparql/exec/operators/bind_join.hpp"
#include "sparql/exec/operators/id_list.hpp"
#include "sparql/exec/operators/id_sort.hpp"
#include "sparql/exec/operators/index_join.hpp"
#include "sparql/exec/operators/index_scan.hpp"
#include "sparql/exec/operators/rows.hpp"

namespace scenograph::sparql {

using algebra::Node;
using algebra::Path;
using algebra::PathKind;
using algebra::Pattern;
using algebra::PatternKind;
using algebra::TriplePattern;
using store::TermId;

namespace {

std::string label_of(const std::array<std::string, 4>& names, const store::QuadId& bound, const TermTable& terms) {
  std::string out;
  for (std::size_t i = 0; i < 4; ++i) {
    const TermId id = member(bound, i);
    if (!names[i].empty()) {
      out += " ?" + names[i];
    } else if (!id.is_undefined()) {
      out += " " + rdf::to_ntriples(terms.term(id));
    }
  }
  return out;
}

}  // namespace

void Builder::estimate(Item& item, const store::QuadId& bound) {
  store::QuadId pattern = bound;
  pattern.graph = {};
  const double rows = item.impossible ? 0 : static_cast<double>(context_.view->count(pattern));
  item.input.rows = rows;
  store::View::PredicateStatistics statistics;
  const bool by_predicate = !item.impossible && !bound.predicate.is_undefined() && bound.subject.is_undefined() &&
                            bound.object.is_undefined();
  if (by_predicate) statistics = context_.view->statistics(bound.predicate);
  constexpr double predicates_guess = 50;
  constexpr double graphs_guess = 16;
  for (std::size_t i = 0; i < 4; ++i) {
    if (item.names[i].empty()) continue;
    double distinct = rows;
    if (by_predicate && i == 0) distinct = static_cast<double>(statistics.distinct_subjects);
    if (by_predicate && i == 2) distinct = static_cast<double>(statistics.distinct_objects);
    if (i == 1) distinct = std::min(rows, predicates_guess);
    if (i == 3) distinct = std::min(rows, graphs_guess);
    item.distinct.emplace_back(item.names[i], std::max(1.0, distinct));
  }
}

Builder::Item Builder::make_triple_item(const TriplePattern& triple, const Scope& scope) {
  Item item;
  const std::array<Node, 3> nodes = {
      triple.subject,
      std::holds_alternative<Node>(triple.predicate) ? std::get<Node>(triple.predicate) : Node(rdf::Term{}),
      triple.object};
  for (std::size_t i = 0; i < 3; ++i) {
    if (i == 1 && std::holds_alternative<Path>(triple.predicate)) continue;
    if (const auto* variable = std::get_if<algebra::Variable>(&nodes[i])) {
      const auto known = scope.bound->find(variable->name);
      if (known == scope.bound->end()) {
        if (!scope.mentions->is_unread(variable->name)) item.names[i] = variable->name;
        continue;
      }
      member(item.bound, i) = known->second;
    } else {
      member(item.bound, i) = id_of(std::get<rdf::Term>(nodes[i]));
    }
    item.impossible = item.impossible || member(item.bound, i).kind() == store::IdKind::Local;
  }
  if (scope.graph) item.bound.graph = *scope.graph;
  if (scope.graph_variable) item.names[3] = *scope.graph_variable;
  return item;
}

void Builder::add_triple(const TriplePattern& triple, const Scope& scope, std::vector<Item>& items) {
  if (const auto* path = std::get_if<Path>(&triple.predicate)) {
    add_path(triple.subject, *path, triple.object, scope, items);
    return;
  }
  Item item = make_triple_item(triple, scope);
  estimate(item, item.bound);
  items.push_back(std::move(item));
  if (items.size() > most_levels) fail_too_deep();
}

Step Builder::step_of(const Path& path) {
  Step step;
  step.kind = static_cast<StepKind>(path.kind);
  if (path.kind == PathKind::Link) step.predicate = id_of(path.predicate);
  for (const Path& part : path.parts) {
    context_.tick();
    step.parts.push_back(step_of(part));
  }
  for (const auto& term : path.forward) step.not_forward.push_back(id_of(term));
  for (const auto& term : path.backward) step.not_backward.push_back(id_of(term));
  std::sort(step.not_forward.begin(), step.not_forward.end());
  std::sort(step.not_backward.begin(), step.not_backward.end());
  step.has_backward = !path.backward.empty();
  step.has_forward = !path.forward.empty() || path.backward.empty();
  return step;
}

namespace {

/// "!(p | q)" from subject to object: a triple whose predicate is none of them.
Pattern negated(const Node& subject, const Node& object, const std::vector<rdf::Term>& except, std::string name) {
  Pattern bgp;
  bgp.triples.push_back({subject, Node(algebra::Variable{name}), object});
  Pattern filter;
  filter.kind = PatternKind::Filter;
  filter.children.push_back(std::move(bgp));
  algebra::Expression condition;
  condition.kind = algebra::ExpressionKind::NotIn;
  condition.operands.emplace_back().kind = algebra::ExpressionKind::Variable;
  condition.operands.back().name = std::move(name);
  for (const rdf::Term& term : except) condition.operands.emplace_back().term = term;
  filter.conditions.push_back(std::move(condition));
  return filter;
}

/// What a pattern of the path takes, texts aside.
std::size_t bytes_of(const Path& path) {
  std::size_t bytes = sizeof(Pattern) + sizeof(TriplePattern);
  for (const Path& part : path.parts) bytes += bytes_of(part);
  return bytes + (path.forward.size() + path.backward.size()) * sizeof(rdf::Term);
}

Pattern single(const Node& subject, const Path& path, const Node& object) {
  Pattern bgp;
  bgp.triples.push_back({subject, path, object});
  return bgp;
}

/// Mentions in the triples that `Builder::collect` makes items of.
void add_mentions(const Pattern& pattern, Mentions& mentions) {
  for (const TriplePattern& triple : pattern.triples) mentions.add(triple);
  if (pattern.kind != PatternKind::Join) return;
  for (const Pattern& child : pattern.children) add_mentions(child, mentions);
}

}  // namespace

/// Rewrites the path by the rules of SPARQL 1.1 Query, section 18.2.2.4; only closures remain paths.
void Builder::add_path(const Node& subject, const Path& path, const Node& object, const Scope& scope,
                       std::vector<Item>& items) {
  switch (path.kind) {
    case PathKind::Link:
      return add_triple(triples_.emplace_back(TriplePattern{subject, Node(path.predicate), object}), scope, items);
    case PathKind::Inverse:
      return add_path(object, path.parts[0], subject, scope, items);
    case PathKind::Sequence: {
      Node from = subject;
      for (std::size_t i = 0; i < path.parts.size(); ++i) {
        Node to = i + 1 == path.parts.size() ? object : Node(algebra::Variable{fresh_name()});
        add_path(from, path.parts[i], to, scope, items);
        from = std::move(to);
      }
      return;
    }
    case PathKind::Alternative:
    case PathKind::Negated: {
      context_.budget->check();
      Pattern& alternatives = made_.emplace_back();
      alternatives.kind = PatternKind::Union;
      for (const Path& part : path.parts) {
        context_.tick();
        charge_.add(bytes_of(part));
        alternatives.children.push_back(single(subject, part, object));
      }
      if (path.kind == PathKind::Negated && (!path.forward.empty() || path.backward.empty())) {
        alternatives.children.push_back(negated(subject, object, path.forward, fresh_name()));
      }
      if (!path.backward.empty()) {
        alternatives.children.push_back(negated(object, subject, path.backward, fresh_name()));
      }
      return collect(alternatives, scope, items);
    }
    default:
      break;
  }
  Item item = make_triple_item({subject, path, object}, scope);
  item.kind = Item::Kind::Closure;
  item.step = step_of(path);
  const double all = static_cast<double>(context_.view->count({}));
  const bool known = !item.bound.subject.is_undefined() || !item.bound.object.is_undefined();
  constexpr double reached_guess = 20;
  item.input.rows = known ? std::min(all + 1, reached_guess) : all + 1;
  item.input.needs_left = !known;
  for (const std::size_t i : {std::size_t{0}, std::size_t{2}}) {
    if (!item.names[i].empty()) item.distinct.emplace_back(item.names[i], std::max(1.0, item.input.rows));
  }
  items.push_back(std::move(item));
}

void Builder::collect(const Pattern& pattern, const Scope& scope, std::vector<Item>& items) {
  if (pattern.kind == PatternKind::Bgp) {
    for (const TriplePattern& triple : pattern.triples) add_triple(triple, scope, items);
    return;
  }
  if (pattern.kind == PatternKind::Join) {
    for (const Pattern& child : pattern.children) collect(child, scope, items);
    return;
  }
  Item item;
  item.kind = Item::Kind::Other;
  item.pattern = &pattern;
  item.plan = plan_pattern(pattern, scope, {}, nullptr);
  item.input.rows = item.plan.rows;
  item.input.needs_left = pattern.kind == PatternKind::Service;
  for (const std::string& name : item.plan.columns) item.distinct.emplace_back(name, std::max(1.0, item.plan.rows));
  items.push_back(std::move(item));
}

/// What an index offers for the filters becomes one more relation.
void Builder::add_candidates(const Filters& filters, const Scope& scope, std::vector<Item>& items) {
  std::vector<ObjectVariable> variables;
  for (const Item& item : items) {
    if (item.kind != Item::Kind::Triple || item.impossible || item.names[2].empty()) continue;
    variables.push_back({item.names[2], item.bound.predicate, item.input.rows});
  }
  const auto constant = [&](const algebra::Expression& expression) { return constant_value(expression, scope); };
  for (Candidates& found : find_candidates(context_, scope.graphs, filters, variables, constant)) {
    Item& item = items.emplace_back();
    item.kind = Item::Kind::Other;
    item.plan.columns = {found.variable};
    item.plan.certain = {found.variable};
    item.plan.rows = item.input.rows = static_cast<double>(found.ids.size());
    item.distinct.emplace_back(found.variable, std::max(1.0, item.plan.rows));
    item.plan.op = make_id_list(context_, std::move(found.ids));
    item.plan = finish(std::move(item.plan), std::move(found.label), {});
    item.plan.node->time = found.time;
  }
}

Plan Builder::plan_scan(const Item& item, const Scope& scope, const std::string& sorted,
                        const std::array<std::string, 4>& names) {
  Plan plan;
  const ScanPattern pattern = pattern_of(item, scope, names, plan.columns);
  plan.certain = Names(plan.columns.begin(), plan.columns.end());
  plan.rows = item.input.rows;
  plan.sorted = sorted;
  const std::string& by = sorted.empty() && item.ranged < 3 ? item.names[item.ranged] : sorted;
  const auto is_sorted = [&](std::size_t i) { return !by.empty() && item.names[i] == by; };
  const bool is_ranged = item.ranged < 3 && is_sorted(item.ranged);
  plan.op = make_index_scan(context_, pattern, order_for(item.bound, {is_sorted(0), is_sorted(1), is_sorted(2)}),
                            plan.columns.size(), is_ranged ? std::optional(item.spans) : std::nullopt);
  return finish(std::move(plan), "IndexScan" + label_of(item.names, item.bound, context_.terms), {});
}

/// @param sorted  the variable to read it in order of; may be empty.
Plan Builder::plan_item(Item& item, const Scope& scope, const std::string& sorted) {
  if (item.kind == Item::Kind::Other) return std::move(item.plan);
  if (item.kind == Item::Kind::Triple && !item.impossible) return plan_scan(item, scope, sorted, item.names);
  Plan unit;
  unit.op = make_unit();
  return join_item(std::move(unit), item, scope, item.input.rows);
}

namespace {

/// Whether the left side binds all it shares with the pattern, and of that more than the graph.
bool has_index_keys(const ScanPattern& pattern, const Plan& left) {
  bool found = false;
  for (std::size_t i = 0; i < 4; ++i) {
    if (pattern.columns[i] < 0 || static_cast<std::size_t>(pattern.columns[i]) >= left.columns.size()) continue;
    if (!left.certain.contains(left.columns[static_cast<std::size_t>(pattern.columns[i])])) return false;
    found = found || i < 3;
  }
  return found;
}

}  // namespace

ScanPattern Builder::pattern_of(const Item& item, const Scope& scope, const std::array<std::string, 4>& names,
                                std::vector<std::string>& columns) {
  ScanPattern pattern{item.bound, {-1, -1, -1, -1}, scope.graphs, scope.distinct_triples};
  for (std::size_t i = 0; i < 4; ++i) {
    if (names[i].empty()) continue;
    auto at = std::find(columns.begin(), columns.end(), names[i]);
    if (at == columns.end()) at = columns.insert(at, names[i]);
    pattern.columns[i] = static_cast<int>(at - columns.begin());
  }
  return pattern;
}

std::optional<ScanPattern> Builder::looked_up(const Pattern& pattern, const Plan& left, const Scope& scope,
                                              std::vector<std::string>& columns) {
  if (pattern.kind != PatternKind::Bgp || pattern.triples.size() != 1) return std::nullopt;
  if (std::holds_alternative<Path>(pattern.triples.front().predicate)) return std::nullopt;
  Item item = make_triple_item(pattern.triples.front(), scope);
  estimate(item, item.bound);
  columns = left.columns;
  const ScanPattern found = pattern_of(item, scope, item.names, columns);
  // A look-up out of order costs about one and a third times as much as to read a row and hash it.
  constexpr double lookup_in_rows = 1.3;
  const bool is_sorted =
      !left.sorted.empty() && std::find(item.names.begin(), item.names.end(), left.sorted) != item.names.end();
  const bool is_worth_it = is_sorted || left.rows * lookup_in_rows < item.input.rows;
  return has_index_keys(found, left) && is_worth_it ? std::optional(found) : std::nullopt;
}

Plan Builder::sort_by_id(Plan plan, const std::string& name) {
  plan.op =
      make_id_sort(context_, std::move(plan.op), plan.columns.size(), static_cast<std::size_t>(plan.column_of(name)));
  plan.sorted = name;
  const auto node = plan.node;
  return finish(std::move(plan), "IdSort ?" + name, {node});
}

/// Joins by looking up, for each row on the left, what matches it.
Plan Builder::join_item(Plan left, Item& item, const Scope& scope, double rows) {
  const std::size_t left_width = left.columns.size();
  std::vector<std::string> columns = left.columns;
  const ScanPattern pattern = pattern_of(item, scope, item.names, columns);
  const bool has_keys = has_index_keys(pattern, left);
  if (std::find(item.names.begin(), item.names.end(), left.sorted) == item.names.end()) left.sorted.clear();
  left.columns = std::move(columns);
  left.solution.clear();
  for (const std::string& name : item.names) {
    if (!name.empty()) left.certain.insert(name);
  }
  const std::size_t width = left.columns.size();
  auto node = left.node;
  left.rows = rows;
  std::vector<std::shared_ptr<PlanNode>> inputs;
  if (node) inputs.push_back(node);
  const std::string label = label_of(item.names, item.bound, context_.terms);
  if (item.kind == Item::Kind::Closure) {
    left.op = make_path(context_, std::move(left.op), left_width, {item.bound.subject, pattern.columns[0]}, item.step,
                        {item.bound.object, pattern.columns[2]}, scope.graphs, width);
    return finish(std::move(left), "Path" + label, std::move(inputs));
  }
  if (item.impossible) {
    left.op = make_values({}, width);
    return finish(std::move(left), "Nothing" + label, {});
  }
  left.op = has_keys ? make_index_join(context_, std::move(left.op), left_width, pattern, width, false)
                     : make_bind_join(context_, std::move(left.op), left_width, pattern, width, false);
  return finish(std::move(left), (has_keys ? "IndexJoin" : "BindJoin") + label, std::move(inputs));
}

/// Patterns that share their subject, by variable.
std::vector<JoinStar> Builder::make_stars(std::vector<Item>& items,
                                          const std::map<std::string, std::uint32_t>& numbers) {
  std::map<std::string, std::vector<Item*>> by_subject;
  for (Item& item : items) {
    if (item.may_be_in_star()) by_subject[item.names[0]].push_back(&item);
  }
  std::vector<JoinStar> stars;
  for (const auto& [name, members] : by_subject) {
    if (members.size() < 2) continue;
    std::vector<store::StarMember> wanted;
    for (const Item* item : members) wanted.push_back({item->bound.predicate, item->bound.object});
    store::StarStatistics statistics = context_.view->star(wanted);
    for (std::size_t i = 0; i < statistics.size(); ++i) {
      members[i]->input.star = stars.size();
      members[i]->input.star_member = i;
    }
    if (!statistics.is_empty()) stars.push_back({numbers.at(name), std::move(statistics)});
  }
  return stars;
}

/// Finds the ranges of ids that filters leave of an item, and what share of its rows lies there. Of filters that are no
/// ranges, a guess.
void Builder::apply_ranges(Item& item, const Filters& filters) {
  std::map<std::string, std::vector<store::IdSpan>> spans;
  for (const algebra::Expression* filter : filters) {
    context_.tick();
    const auto test = id_test_of(*filter);
    if (test && item.is_sortable_by(test->first)) {
      const auto [at, is_new] = spans.try_emplace(test->first, test->second.spans());
      if (!is_new) at->second = intersection(at->second, test->second.spans());
    } else if (const Facts& facts = facts_of(*filter); !facts.has_exists && item.has_all_of(facts.variables)) {
      item.input.selectivity *= selectivity_guess;
    }
  }
  for (auto& [name, ranges] : spans) apply_range(item, name, std::move(ranges));
}

void Builder::apply_range(Item& item, const std::string& name, std::vector<store::IdSpan> spans) {
  if (item.impossible || item.input.rows == 0) return;
  const auto position =
      static_cast<std::size_t>(std::find(item.names.begin(), item.names.end(), name) - item.names.begin());
  std::array<bool, 3> then{};
  then.at(position) = true;
  store::QuadId bound = item.bound;
  bound.graph = {};
  double rows = 0;
  for (const store::IdSpan& span : spans) {
    rows += static_cast<double>(context_.view->count_between(
        bound, order_for(bound, then), TermId::from_bits(span.first), TermId::from_bits(span.end)));
  }
  const double share = rows / item.input.rows;
  item.input.selectivity *= share;
  if (item.ranged < 3 && item.rows_in_spans <= rows) return;
  item.ranged = position;
  item.spans = std::move(spans);
  item.rows_in_spans = rows;
}

Builder::Numbered Builder::number_variables(std::vector<Item>& items) {
  Numbered out;
  std::map<std::string, std::uint32_t> numbers;
  for (Item& item : items) {
    for (const auto& [name, distinct] : item.distinct) {
      const auto [at, added] = numbers.try_emplace(name, static_cast<std::uint32_t>(numbers.size()));
      if (added) out.names.push_back(name);
      item.input.variables.emplace_back(at->second, distinct);
      if (item.is_sortable_by(name)) item.input.sortable.emplace_back(at->second, item.rows_read_by(name));
    }
  }
  out.stars = make_stars(items, numbers);
  return out;
}

bool Builder::is_fresh(const std::string& name, std::uint64_t since) {
  constexpr std::string_view prefix = "_:.";
  return name.starts_with(prefix) && std::stoull(name.substr(prefix.size())) > since;
}

std::vector<Names> Builder::last_uses(const Pattern& pattern, const Filters& filters, const Scope& scope,
                                      const std::vector<Item>& items, const JoinOrder& order, std::uint64_t fresh) {
  Mentions here(*context_.budget);
  add_mentions(pattern, here);
  for (const algebra::Expression* filter : filters) here.add(*filter);
  std::map<std::string, std::size_t> last;
  for (std::size_t i = 0; i < order.steps.size(); ++i) {
    for (const auto& [name, distinct] : items[order.steps[i].input].distinct) last[name] = i;
  }
  std::vector<Names> ending(order.steps.size());
  for (const auto& [name, step] : last) {
    if (is_fresh(name, fresh) || scope.mentions->are_all_in(here, name)) ending[step].insert(name);
  }
  return ending;
}

Plan Builder::without(Plan plan, const Names& names, const Filters& filters) {
  Mentions looked_at(*context_.budget);
  for (const algebra::Expression* filter : filters) looked_at.add(*filter);
  std::vector<std::string> kept;
  for (const std::string& name : plan.columns) {
    if (!names.contains(name) || looked_at.has(name)) kept.push_back(name);
  }
  if (kept.size() == plan.columns.size()) return plan;
  plan = fixed_columns(std::move(plan), kept);
  std::erase_if(plan.certain, [&](const std::string& name) { return plan.column_of(name) < 0; });
  if (plan.column_of(plan.sorted) < 0) plan.sorted.clear();
  return plan;
}

Plan Builder::plan_group(const Pattern& pattern, const Scope& scope, const Filters& filters, const Seed* seed) {
  const std::uint64_t fresh = names_;
  std::vector<Item> items;
  if (seed != nullptr) {
    Item& item = items.emplace_back();
    item.kind = Item::Kind::Other;
    item.plan = plan_seed(*seed);
    item.input.rows = item.plan.rows;
    for (const std::string& name : seed->columns) item.distinct.emplace_back(name, std::max(1.0, item.plan.rows));
  }
  collect(pattern, scope, items);
  add_candidates(filters, scope, items);
  if (items.empty()) {
    Plan unit;
    unit.op = make_unit();
    return apply_filters(finish(std::move(unit), "Unit", {}), filters, scope);
  }
  if (items.size() > most_levels) fail_too_deep();
  for (Item& item : items) apply_ranges(item, filters);
  const Numbered numbered = number_variables(items);
  JoinOrder order = order_joins(inputs_of(items), numbered.stars, *context_.budget);
  join_cycle_at_once(items, numbered, order, scope);
  const std::vector<Names> ending = last_uses(pattern, filters, scope, items, order, fresh);
  Names ended;
  Filters waiting = filters;
  Plan plan;
  bool first = true;
  for (std::size_t i = 0; i < order.steps.size(); ++i) {
    const JoinStep& step = order.steps[i];
    Item& item = items[step.input];
    if (first) {
      plan = plan_item(item, scope, step.sorted ? numbered.names[*step.sorted] : "");
    } else if (item.kind != Item::Kind::Other && (step.by_lookup || item.kind == Item::Kind::Closure)) {
      if (step.sorted) plan = sort_by_id(std::move(plan), numbered.names[*step.sorted]);
      plan = join_item(std::move(plan), item, scope, step.rows);
    } else if (item.kind == Item::Kind::Other && item.pattern != nullptr) {
      Plan right = std::move(item.plan);
      plan = join_with(std::move(plan), std::move(right), *item.pattern, scope, step.rows);
    } else {
      plan = join(std::move(plan), plan_item(item, scope, ""), step.rows);
    }
    first = false;
    const auto ready = [&](const algebra::Expression* filter) {
      context_.tick();
      return facts_of(*filter).is_ready(plan.certain);
    };
    Filters now;
    std::copy_if(waiting.begin(), waiting.end(), std::back_inserter(now), ready);
    std::erase_if(waiting, ready);
    if (!now.empty()) plan = apply_filters(std::move(plan), now, scope);
    ended.insert(ending[i].begin(), ending[i].end());
    plan = without(std::move(plan), ended, waiting);
  }
  return without(apply_filters(std::move(plan), waiting, scope), ended, {});
}

}  // namespace scenograph::sparql
