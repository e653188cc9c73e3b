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

/// Adds the smaller set to the larger: over a chain of patterns, that takes no longer than the chain is.
void absorb(Names& names, Names more) {
  if (more.size() > names.size()) names.swap(more);
  names.merge(more);
}

/// The variables that the pattern itself binds, its children aside.
void add_own(const Pattern& pattern, Names& names) {
  add_triples(pattern, names);
  if (pattern.kind == PatternKind::Extend) names.insert(pattern.variable);
  if (pattern.kind == PatternKind::Graph || pattern.kind == PatternKind::Service) add_node(pattern.node, names);
  if (pattern.kind == PatternKind::Values) names.insert(pattern.names.begin(), pattern.names.end());
  if (pattern.query) {
    for (const auto& binding : pattern.query->projection) names.insert(binding.name);
  }
}

void add_mentioned(const Expression& expression, Names& names) {
  if (expression.kind == ExpressionKind::Variable) names.insert(expression.name);
  if (expression.pattern) sparql::add_mentioned(*expression.pattern, names);
  for (const Expression& operand : expression.operands) add_mentioned(operand, names);
}

}  // namespace

Names possible_variables(const Pattern& pattern) {
  Names names;
  add_own(pattern, names);
  for (const Pattern& child : pattern.children) {
    absorb(names, possible_variables(child));
    if (pattern.kind == PatternKind::Minus) break;
  }
  return names;
}

void add_mentioned(const Pattern& pattern, Names& names) {
  add_own(pattern, names);
  for (const Expression& condition : pattern.conditions) add_mentioned(condition, names);
  add_mentioned(pattern.expression, names);
  for (const Pattern& child : pattern.children) add_mentioned(child, names);
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
    absorb(names, certain_variables(child));
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

bool is_named_blank(const Expression& expression) {
  return expression.kind == ExpressionKind::Function && expression.name == "BNODE" && !expression.operands.empty();
}

bool names_blanks(const Expression& expression) {
  return is_named_blank(expression) ||
         std::any_of(expression.operands.begin(), expression.operands.end(), names_blanks);
}

std::size_t count_nodes(const Expression& expression) {
  std::size_t nodes = 1;
  for (const Expression& operand : expression.operands) nodes += count_nodes(operand);
  return nodes;
}

bool has_aggregate(const Expression& expression) {
  return expression.kind == ExpressionKind::Aggregate ||
         std::any_of(expression.operands.begin(), expression.operands.end(), has_aggregate);
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

}  // namespace

bool has_empty_path(const algebra::TriplePattern& triple) {
  const auto* path = std::get_if<algebra::Path>(&triple.predicate);
  return path != nullptr && may_be_empty(*path);
}

namespace {

/// As `is_closed`. @param possible  gets the variables that the pattern may bind, if it is closed.
bool is_closed(const Pattern& pattern, Names& possible) {
  if (pattern.kind == PatternKind::Minus || pattern.kind == PatternKind::Service) return false;
  if (std::any_of(pattern.triples.begin(), pattern.triples.end(), has_empty_path)) return false;
  Names known;
  for (const Pattern& child : pattern.children) {
    Names of_child;
    if (!is_closed(child, of_child)) return false;
    absorb(known, std::move(of_child));
  }
  const auto closed = [&](const Expression& expression) {
    return !has_exists(expression) && mentions_only(expression, known);
  };
  if (pattern.kind == PatternKind::Extend && !closed(pattern.expression)) return false;
  if (!std::all_of(pattern.conditions.begin(), pattern.conditions.end(), closed)) return false;
  possible = std::move(known);
  add_own(pattern, possible);
  return true;
}

}  // namespace

bool is_closed(const Pattern& pattern) {
  Names possible;
  return is_closed(pattern, possible);
}

std::vector<const Expression*> expressions_after_grouping(const algebra::Query& query) {
  std::vector<const Expression*> out;
  for (const auto& binding : query.projection) {
    if (binding.expression) out.push_back(&*binding.expression);
  }
  for (const auto& having : query.having) out.push_back(&having);
  for (const auto& key : query.order_by) out.push_back(&key.expression);
  return out;
}

}  // namespace scenograph::sparql
