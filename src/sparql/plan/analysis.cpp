#include "sparql/plan/analysis.hpp"

#include <algorithm>
#include <map>

namespace scenograph::sparql {

using algebra::Expression;
using algebra::ExpressionKind;
using algebra::Node;
using algebra::Pattern;
using algebra::PatternKind;

namespace {

void add_node(const Node& node, Names& names) {
  if (const auto* variable = std::get_if<algebra::Variable>(&node)) names.insert(variable->name);
}

void add_triples(const Pattern& pattern, Names& names) {
  for (const auto& triple : pattern.triples) {
    add_node(triple.subject, names);
    if (const auto* node = std::get_if<Node>(&triple.predicate)) add_node(*node, names);
    add_node(triple.object, names);
  }
}

Names intersection(const Names& a, const Names& b) {
  Names out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
  return out;
}

bool mentions_only(const Expression& expression, const Names& known) {
  Names used;
  add_variables(expression, used);
  return std::includes(known.begin(), known.end(), used.begin(), used.end());
}

}  // namespace

Names possible_variables(const Pattern& pattern) {
  Names names;
  add_triples(pattern, names);
  if (pattern.kind == PatternKind::Extend) names.insert(pattern.variable);
  if (pattern.kind == PatternKind::Graph || pattern.kind == PatternKind::Service) add_node(pattern.node, names);
  if (pattern.kind == PatternKind::Values) names.insert(pattern.names.begin(), pattern.names.end());
  if (pattern.query) {
    for (const auto& binding : pattern.query->projection) names.insert(binding.name);
  }
  for (const Pattern& child : pattern.children) {
    names.merge(possible_variables(child));
    if (pattern.kind == PatternKind::Minus) break;
  }
  return names;
}

Names certain_variables(const Pattern& pattern) {
  Names names;
  add_triples(pattern, names);
  switch (pattern.kind) {
    case PatternKind::Union:
      for (std::size_t i = 0; i < pattern.children.size(); ++i) {
        const Names child = certain_variables(pattern.children[i]);
        names = i == 0 ? child : intersection(names, child);
      }
      return names;
    case PatternKind::Values:
      for (std::size_t i = 0; i < pattern.names.size(); ++i) {
        if (std::all_of(pattern.rows.begin(), pattern.rows.end(),
                        [&](const auto& row) { return row[i].has_value(); })) {
          names.insert(pattern.names[i]);
        }
      }
      return names;
    case PatternKind::SubQuery: {
      if (pattern.query->grouped) return names;
      const Names inner = certain_variables(pattern.query->pattern);
      for (const auto& binding : pattern.query->projection) {
        if (!binding.expression && inner.contains(binding.name)) names.insert(binding.name);
      }
      return names;
    }
    case PatternKind::Service:
      return names;
    default:
      break;
  }
  if (pattern.kind == PatternKind::Graph) add_node(pattern.node, names);
  for (const Pattern& child : pattern.children) {
    names.merge(certain_variables(child));
    if (pattern.kind == PatternKind::LeftJoin || pattern.kind == PatternKind::Minus) break;
  }
  return names;
}

void add_variables(const Expression& expression, Names& names) {
  if (expression.kind == ExpressionKind::Variable) names.insert(expression.name);
  if (expression.pattern) names.merge(possible_variables(*expression.pattern));
  for (const Expression& operand : expression.operands) add_variables(operand, names);
}

void add_conjuncts(const Expression& condition, std::vector<const Expression*>& conjuncts) {
  if (condition.kind != ExpressionKind::And) {
    conjuncts.push_back(&condition);
    return;
  }
  for (const Expression& operand : condition.operands) add_conjuncts(operand, conjuncts);
}

bool has_exists(const Expression& expression) {
  return expression.pattern != nullptr ||
         std::any_of(expression.operands.begin(), expression.operands.end(), has_exists);
}

bool has_aggregate(const Expression& expression) {
  return expression.kind == ExpressionKind::Aggregate ||
         std::any_of(expression.operands.begin(), expression.operands.end(), has_aggregate);
}

Expression variable_expression(std::string name) {
  Expression variable;
  variable.kind = ExpressionKind::Variable;
  variable.name = std::move(name);
  return variable;
}

namespace {

bool may_be_empty(const algebra::Path& path) {
  using algebra::PathKind;
  switch (path.kind) {
    case PathKind::ZeroOrOne:
    case PathKind::ZeroOrMore:
      return true;
    case PathKind::Sequence:
      return std::all_of(path.parts.begin(), path.parts.end(), may_be_empty);
    case PathKind::Inverse:
    case PathKind::Alternative:
    case PathKind::OneOrMore:
      return std::any_of(path.parts.begin(), path.parts.end(), may_be_empty);
    default:
      return false;
  }
}

/// A path without steps leads from any term that is put in to itself, but from a variable only where a triple has it.
bool has_empty_path(const algebra::TriplePattern& triple) {
  const auto* path = std::get_if<algebra::Path>(&triple.predicate);
  return path != nullptr && may_be_empty(*path);
}

}  // namespace

bool is_closed(const Pattern& pattern) {
  if (pattern.kind == PatternKind::Minus || pattern.kind == PatternKind::Service) return false;
  if (std::any_of(pattern.triples.begin(), pattern.triples.end(), has_empty_path)) return false;
  Names known;
  for (const Pattern& child : pattern.children) known.merge(possible_variables(child));
  const auto closed = [&](const Expression& expression) {
    return !has_exists(expression) && mentions_only(expression, known);
  };
  if (pattern.kind == PatternKind::Extend && !closed(pattern.expression)) return false;
  if (!std::all_of(pattern.conditions.begin(), pattern.conditions.end(), closed)) return false;
  return std::all_of(pattern.children.begin(), pattern.children.end(), is_closed);
}

std::vector<Expression*> expressions_after_grouping(algebra::Query& query) {
  std::vector<Expression*> out;
  for (auto& binding : query.projection) {
    if (binding.expression) out.push_back(&*binding.expression);
  }
  for (auto& having : query.having) out.push_back(&having);
  for (auto& key : query.order_by) out.push_back(&key.expression);
  return out;
}

}  // namespace scenograph::sparql
