#include "shacl/internal/walk.hpp"

#include <memory>

namespace scenograph::shacl {

using sparql::algebra::Expression;
using sparql::algebra::Pattern;
using sparql::algebra::Query;

namespace {

/// Calls `each` for the patterns and expressions right below a query, or below a copy of it that may be changed.
template <typename AnyQuery, typename Each>
void below(AnyQuery& query, const Each& each) {
  each(query.pattern);
  if (query.values) each(*query.values);
  for (auto* bindings : {&query.projection, &query.group_by}) {
    for (auto& binding : *bindings) {
      if (binding.expression) each(*binding.expression);
    }
  }
  for (auto& condition : query.having) each(condition);
  for (auto& key : query.order_by) each(key.expression);
}

template <typename Shared, typename Change>
void change_copy(std::shared_ptr<const Shared>& shared, const Change& change) {
  auto copy = std::make_shared<Shared>(*shared);
  change(*copy);
  shared = std::move(copy);
}

}  // namespace

void walk(const Query& query, const Visitor& visitor) {
  below(query, [&](const auto& part) { walk(part, visitor); });
}

void walk(const Pattern& pattern, const Visitor& visitor) {
  if (visitor.pattern) visitor.pattern(pattern);
  for (const Pattern& child : pattern.children) walk(child, visitor);
  for (const Expression& condition : pattern.conditions) walk(condition, visitor);
  walk(pattern.expression, visitor);
  if (!pattern.query) return;
  if (visitor.query) visitor.query(*pattern.query);
  walk(*pattern.query, visitor);
}

void walk(const Expression& expression, const Visitor& visitor) {
  if (visitor.expression) visitor.expression(expression);
  for (const Expression& operand : expression.operands) walk(operand, visitor);
  if (expression.pattern) walk(*expression.pattern, visitor);
}

void edit(Query& query, const Editor& editor) {
  if (editor.query) editor.query(query);
  below(query, [&](auto& part) { edit(part, editor); });
}

void edit(Pattern& pattern, const Editor& editor) {
  if (editor.pattern) editor.pattern(pattern);
  for (Pattern& child : pattern.children) edit(child, editor);
  for (Expression& condition : pattern.conditions) edit(condition, editor);
  edit(pattern.expression, editor);
  if (pattern.query) change_copy(pattern.query, [&](Query& query) { edit(query, editor); });
}

void edit(Expression& expression, const Editor& editor) {
  if (editor.expression) editor.expression(expression);
  for (Expression& operand : expression.operands) edit(operand, editor);
  if (expression.pattern) change_copy(expression.pattern, [&](Pattern& pattern) { edit(pattern, editor); });
}

}  // namespace scenograph::shacl
