#include "sparql/parse/scope.hpp"

#include <algorithm>

namespace scenograph::sparql::parse {

using algebra::Node;
using algebra::Pattern;
using algebra::PatternKind;

namespace {

/// Hands each variable that is in scope to `found`, until that returns true. @return whether it did.
template <typename Found>
bool search(const Pattern& pattern, const Found& found) {
  const auto in_node = [&](const Node& node) {
    const auto* variable = std::get_if<algebra::Variable>(&node);
    return variable != nullptr && !variable->name.starts_with("_:") && found(variable->name);
  };
  for (const auto& triple : pattern.triples) {
    const auto* predicate = std::get_if<Node>(&triple.predicate);
    if (in_node(triple.subject) || (predicate != nullptr && in_node(*predicate)) || in_node(triple.object)) return true;
  }
  if ((pattern.kind == PatternKind::Graph || pattern.kind == PatternKind::Service) && in_node(pattern.node))
    return true;
  if (pattern.query && std::any_of(pattern.query->projection.begin(), pattern.query->projection.end(),
                                   [&](const auto& binding) { return found(binding.name); })) {
    return true;
  }
  if (std::any_of(pattern.names.begin(), pattern.names.end(), found)) return true;
  for (const Pattern& child : pattern.children) {
    if (search(child, found)) return true;
    if (pattern.kind == PatternKind::Minus) break;
  }
  return pattern.kind == PatternKind::Extend && found(pattern.variable);
}

}  // namespace

std::vector<std::string> visible_variables(const Pattern& pattern) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  search(pattern, [&](const std::string& name) {
    if (seen.insert(name).second) names.push_back(name);
    return false;
  });
  return names;
}

bool is_visible(const Pattern& pattern, const std::string& variable) {
  return search(pattern, [&](const std::string& name) { return name == variable; });
}

const std::string* find_unknown(const algebra::Expression& expression, const std::set<std::string>& known) {
  using Kind = algebra::ExpressionKind;
  if (expression.kind == Kind::Aggregate) return nullptr;
  if (expression.kind == Kind::Variable && !known.contains(expression.name)) return &expression.name;
  for (const auto& operand : expression.operands) {
    if (const std::string* unknown = find_unknown(operand, known)) return unknown;
  }
  return nullptr;
}

}  // namespace scenograph::sparql::parse
