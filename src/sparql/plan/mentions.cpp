#include "sparql/plan/mentions.hpp"

#include "sparql/plan/analysis.hpp"

namespace scenograph::sparql {

using algebra::Expression;
using algebra::ExpressionKind;
using algebra::Node;
using algebra::Pattern;
using algebra::PatternKind;

void Mentions::add(const algebra::Query& query) {
  add(query.pattern);
  add(query.projection);
  add(query.group_by);
  for (const auto& condition : query.having) add(condition);
  for (const auto& key : query.order_by) add(key.expression);
  for (const auto& node : query.describe) read(node);
  for (const auto& triple : query.construct) {
    read(triple.subject);
    if (const auto* predicate = std::get_if<Node>(&triple.predicate)) read(*predicate);
    read(triple.object);
  }
  if (query.values) add(*query.values);
}

void Mentions::add(const Pattern& pattern) {
  for (const auto& triple : pattern.triples) add(triple);
  for (const Expression& condition : pattern.conditions) add(condition);
  if (pattern.kind == PatternKind::Extend) {
    read(pattern.variable);
    add(pattern.expression);
  }
  if (pattern.kind == PatternKind::Graph || pattern.kind == PatternKind::Service) read(pattern.node);
  for (const std::string& name : pattern.names) read(name);
  if (pattern.query) {
    for (const auto& binding : pattern.query->projection) read(binding.name);
  }
  // Another endpoint evaluates the pattern as it is written.
  if (pattern.kind == PatternKind::Service) {
    for (const std::string& name : possible_variables(pattern)) read(name);
    return;
  }
  for (const Pattern& child : pattern.children) add(child);
}

void Mentions::add(const algebra::TriplePattern& triple) {
  const auto* predicate = std::get_if<Node>(&triple.predicate);
  for (const Node* node : {&triple.subject, &triple.object, predicate}) {
    const auto* variable = node == nullptr ? nullptr : std::get_if<algebra::Variable>(node);
    if (variable == nullptr) continue;
    Count& count = count_of(variable->name);
    ++(predicate == nullptr ? count.other : count.plain);
  }
}

void Mentions::add(const Expression& expression) {
  if (expression.kind == ExpressionKind::Variable) read(expression.name);
  if (expression.kind == ExpressionKind::Aggregate && expression.operands.empty() && expression.distinct) all_ = true;
  if (expression.pattern) add(*expression.pattern);
  for (const Expression& operand : expression.operands) add(operand);
}

void Mentions::add(const std::vector<algebra::Binding>& bindings) {
  for (const auto& binding : bindings) {
    read(binding.name);
    if (binding.expression) add(*binding.expression);
  }
}

void Mentions::read(const Node& node) {
  if (const auto* variable = std::get_if<algebra::Variable>(&node)) read(variable->name);
}

Mentions::Count& Mentions::count_of(const std::string& name) {
  constexpr std::size_t often = 1024;
  if (++looked_up_ % often == 0) budget_->check();
  return counts_[name];
}

bool Mentions::is_unread(const std::string& name) const {
  const auto at = counts_.find(name);
  return !all_ && at != counts_.end() && at->second == Count{1, 0};
}

bool Mentions::are_all_in(const Mentions& part, const std::string& name) const {
  const auto at = counts_.find(name);
  const auto there = part.counts_.find(name);
  return !all_ && at != counts_.end() && there != part.counts_.end() && at->second == there->second;
}

}  // namespace scenograph::sparql
