#include <algorithm>
#include <functional>

#include "sparql/exec/builder/builder.hpp"
#include "sparql/exec/operators/rows.hpp"
#include "sparql/exec/operators/star_count.hpp"

namespace scenograph::sparql {

using algebra::Expression;
using algebra::ExpressionKind;
using algebra::Node;
using algebra::Pattern;
using algebra::PatternKind;
using algebra::Query;
using algebra::TriplePattern;
using store::TermId;

namespace {

/// The aggregates of an expression; false if a variable stands outside of them.
bool add_aggregates(const Expression& expression, std::vector<const Expression*>& aggregates) {
  if (expression.kind == ExpressionKind::Aggregate) {
    aggregates.push_back(&expression);
    return true;
  }
  if (expression.pattern || expression.kind == ExpressionKind::Variable) return false;
  return std::all_of(expression.operands.begin(), expression.operands.end(),
                     [&](const Expression& operand) { return add_aggregates(operand, aggregates); });
}

const std::string* variable_at(const TriplePattern& triple, std::size_t position) {
  const Node* node = position == 0   ? &triple.subject
                     : position == 2 ? &triple.object
                                     : std::get_if<Node>(&triple.predicate);
  const auto* variable = node == nullptr ? nullptr : std::get_if<algebra::Variable>(node);
  return variable == nullptr ? nullptr : &variable->name;
}

/// The position of a variable; 3 if it has none, or several.
std::size_t position_of(const TriplePattern& triple, std::string_view name) {
  std::size_t found = 3;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string* variable = variable_at(triple, i);
    if (variable == nullptr || *variable != name) continue;
    if (found < 3) return 3;
    found = i;
  }
  return found;
}

bool has_repeated_variable(const TriplePattern& triple) {
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string* variable = variable_at(triple, i);
    if (variable != nullptr && position_of(triple, *variable) == 3) return true;
  }
  return false;
}

/// The one variable that all triples share and that is the only one any two share; null if it is not so.
const std::string* hub_of(const std::vector<TriplePattern>& triples) {
  const std::string* hub = nullptr;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string* name = variable_at(triples.front(), i);
    if (name == nullptr) continue;
    const auto shared = std::count_if(triples.begin(), triples.end(),
                                      [&](const TriplePattern& triple) { return position_of(triple, *name) < 3; });
    if (shared == static_cast<std::ptrdiff_t>(triples.size())) hub = name;
  }
  if (hub == nullptr) return nullptr;
  Names others;
  for (const TriplePattern& triple : triples) {
    if (has_repeated_variable(triple)) return nullptr;
    for (std::size_t i = 0; i < 3; ++i) {
      const std::string* name = variable_at(triple, i);
      if (name != nullptr && *name != *hub && !others.insert(*name).second) return nullptr;
    }
  }
  return hub;
}

/// COUNT(*), or COUNT of a variable that every row binds.
bool counts_rows(const Expression& aggregate, const std::vector<TriplePattern>& triples) {
  if (aggregate.name != "COUNT" || aggregate.distinct) return false;
  if (aggregate.operands.empty()) return true;
  if (aggregate.operands[0].kind != ExpressionKind::Variable) return false;
  return std::any_of(triples.begin(), triples.end(),
                     [&](const TriplePattern& triple) { return position_of(triple, aggregate.operands[0].name) < 3; });
}

}  // namespace

/// The constants of a pattern; nullopt if the store does not have one of them.
std::optional<store::QuadId> Builder::bound_of(const TriplePattern& triple) {
  store::QuadId bound;
  for (std::size_t i = 0; i < 3; ++i) {
    if (variable_at(triple, i) != nullptr) continue;
    const Node& node = i == 0 ? triple.subject : i == 2 ? triple.object : std::get<Node>(triple.predicate);
    member(bound, i) = id_of(std::get<rdf::Term>(node));
    if (member(bound, i).kind() == store::IdKind::Local) return std::nullopt;
  }
  return bound;
}

std::optional<TermId> Builder::known_count(const Expression& aggregate, const TriplePattern& triple,
                                           const Scope& scope) {
  if (aggregate.name != "COUNT") return std::nullopt;
  const std::optional<store::QuadId> known = bound_of(triple);
  if (!known) return context_.terms.intern(Value::integer(0));
  const store::QuadId& bound = *known;
  const auto number = [&](std::uint64_t count) {
    return context_.terms.intern(Value::integer(static_cast<std::int64_t>(count)));
  };
  if (counts_rows(aggregate, {triple})) {
    return scope.distinct_triples ? std::nullopt : std::optional(number(context_.view->count(bound)));
  }
  const bool is_distinct_variable = aggregate.name == "COUNT" && aggregate.distinct && !aggregate.operands.empty() &&
                                    aggregate.operands[0].kind == ExpressionKind::Variable;
  if (!is_distinct_variable || !bound.subject.is_undefined() || !bound.object.is_undefined()) return std::nullopt;
  const std::size_t position = position_of(triple, aggregate.operands[0].name);
  if (position == 1) return number(context_.view->predicates().size());
  if (position == 3 || !context_.view->has_exact_statistics()) return std::nullopt;
  const auto statistics = context_.view->statistics(bound.predicate);
  return number(position == 0 ? statistics.distinct_subjects : statistics.distinct_objects);
}

std::optional<Plan> Builder::plan_counts(const Query& query, const Scope& scope) {
  const Pattern& pattern = query.pattern;
  const bool is_plain = query.grouped && query.group_by.empty() && pattern.kind == PatternKind::Bgp &&
                        !pattern.triples.empty() && scope.graphs.is_all() && scope.bound->empty();
  if (!is_plain) return std::nullopt;
  if (!std::all_of(pattern.triples.begin(), pattern.triples.end(),
                   [](const TriplePattern& triple) { return std::holds_alternative<Node>(triple.predicate); })) {
    return std::nullopt;
  }
  Filters aggregates;
  for (const Expression* expression : expressions_after_grouping(query)) {
    if (!add_aggregates(*expression, aggregates)) return std::nullopt;
  }
  if (aggregates.empty()) return std::nullopt;
  std::optional<Plan> plan = pattern.triples.size() == 1 ? plan_known_counts(pattern.triples.front(), aggregates, scope)
                                                         : plan_star_count(pattern.triples, aggregates, scope);
  if (!plan) return std::nullopt;
  for (std::size_t i = 0; i < aggregates.size(); ++i) aggregates_[aggregates[i]] = plan->columns[i];
  plan->certain = Names(plan->columns.begin(), plan->columns.end());
  plan->rows = 1;
  return finish(*std::move(plan), pattern.triples.size() == 1 ? "CountFromIndex" : "StarCount", {});
}

std::optional<Plan> Builder::plan_known_counts(const TriplePattern& triple, const Filters& aggregates,
                                               const Scope& scope) {
  if (has_repeated_variable(triple)) return std::nullopt;
  Plan plan;
  std::vector<TermId> counts;
  for (const Expression* aggregate : aggregates) {
    const auto count = known_count(*aggregate, triple, scope);
    if (!count) return std::nullopt;
    counts.push_back(*count);
    plan.columns.push_back(fresh_name());
  }
  plan.op = make_values({counts}, counts.size());
  return plan;
}

std::optional<Plan> Builder::plan_star_count(const std::vector<TriplePattern>& triples, const Filters& aggregates,
                                             const Scope& scope) {
  const std::string* hub = hub_of(triples);
  const bool counts = std::all_of(aggregates.begin(), aggregates.end(),
                                  [&](const Expression* aggregate) { return counts_rows(*aggregate, triples); });
  if (hub == nullptr || !counts) return std::nullopt;
  std::vector<std::pair<std::uint64_t, StarMemberPattern>> members;
  for (const TriplePattern& triple : triples) {
    const std::optional<store::QuadId> bound = bound_of(triple);
    if (!bound || bound->predicate.is_undefined()) return std::nullopt;
    ScanPattern pattern;
    pattern.bound = *bound;
    pattern.distinct_triples = scope.distinct_triples;
    members.emplace_back(context_.view->count(*bound), StarMemberPattern{pattern, position_of(triple, *hub)});
  }
  std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<StarMemberPattern> patterns;
  for (auto& [rows, member] : members) patterns.push_back(std::move(member));
  Plan plan;
  plan.op = make_star_count(context_, std::move(patterns));
  for (std::size_t i = 0; i < aggregates.size(); ++i) plan.columns.push_back(fresh_name());
  plan.op = make_project(std::move(plan.op), std::vector<int>(aggregates.size(), 0));
  return plan;
}

}  // namespace scenograph::sparql
