#include <algorithm>
#include <array>

#include "sparql/exec/builder/builder.hpp"
#include "sparql/exec/operators/group.hpp"
#include "sparql/exec/operators/rows.hpp"
#include "sparql/exec/operators/sort.hpp"

namespace scenograph::sparql {

using algebra::Expression;
using algebra::ExpressionKind;
using algebra::Query;

namespace {

AggregateKind aggregate_kind(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, AggregateKind>, 7> kinds = {
      {{"COUNT", AggregateKind::Count},
       {"SUM", AggregateKind::Sum},
       {"MIN", AggregateKind::Min},
       {"MAX", AggregateKind::Max},
       {"AVG", AggregateKind::Avg},
       {"SAMPLE", AggregateKind::Sample},
       {"GROUP_CONCAT", AggregateKind::GroupConcat}}};
  const auto at = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.first == name; });
  return at == kinds.end() ? AggregateKind::Sample : at->second;
}

/// Whether HAVING names what SELECT computes, "HAVING (?n > 1)". By the letter that has no value there yet (SPARQL 1.1,
/// section 18.2.4.1), and no group passes; people write it, and other engines take it for what it stands for, so this
/// one does as well. Not beside a trailing VALUES, which what is computed may depend on.
bool having_names_computed(const Query& query) {
  if (query.values) return false;
  Names named;
  for (const Expression& condition : query.having) add_variables(condition, named);
  return std::any_of(query.projection.begin(), query.projection.end(), [&named](const algebra::Binding& binding) {
    return binding.expression && named.contains(binding.name);
  });
}

}  // namespace

Plan Builder::extend(Plan plan, const std::vector<std::pair<std::string, const Expression*>>& columns,
                     const Scope& scope) {
  if (columns.empty()) return plan;
  if (std::any_of(columns.begin(), columns.end(), [](const auto& column) { return names_blanks(*column.second); })) {
    plan = number_solutions(std::move(plan));
  }
  std::vector<EvaluatorPtr> compiled;
  std::string label = "Extend";
  for (const auto& [name, expression] : columns) {
    compiled.push_back(compile(*expression, plan, scope));
    plan.columns.push_back(name);
    label += " ?" + name;
  }
  plan.op = make_extend(context_, std::move(plan.op), std::move(compiled));
  const auto node = plan.node;
  return finish(std::move(plan), std::move(label), {node});
}

Plan Builder::number_solutions(Plan plan) {
  if (plan.column_of(plan.solution) >= 0) return plan;
  plan.solution = plan.columns.emplace_back(fresh_name());
  std::vector<EvaluatorPtr> number;
  number.push_back(make_function("BNODE", {}, context_));
  plan.op = make_extend(context_, std::move(plan.op), std::move(number));
  const auto node = plan.node;
  return finish(std::move(plan), "Number", {node});
}

Plan Builder::plan_aggregates(const Query& query, Plan plan, const Scope& scope) {
  std::vector<std::pair<std::string, const Expression*>> computed;
  std::vector<std::string> key_names;
  for (const auto& binding : query.group_by) {
    key_names.push_back(binding.name.empty() ? fresh_name() : binding.name);
    if (binding.expression) computed.emplace_back(key_names.back(), &*binding.expression);
  }
  plan = extend(std::move(plan), computed, scope);
  Plan grouped;
  std::vector<std::size_t> keys;
  for (const std::string& name : key_names) {
    if (plan.column_of(name) < 0) continue;  // bound nowhere: the same for all rows
    keys.push_back(static_cast<std::size_t>(plan.column_of(name)));
    grouped.columns.push_back(name);
    if (plan.certain.contains(name)) grouped.certain.insert(name);
  }
  std::vector<Aggregate> aggregates;
  const std::function<void(const Expression&)> add = [&](const Expression& expression) {
    if (expression.kind != ExpressionKind::Aggregate) {
      for (const Expression& operand : expression.operands) add(operand);
      return;
    }
    Aggregate& aggregate = aggregates.emplace_back();
    aggregate.kind = aggregate_kind(expression.name);
    aggregate.distinct = expression.distinct;
    aggregate.separator = expression.separator;
    if (!expression.operands.empty()) {
      aggregate.argument = compile(expression.operands[0], plan, scope);
      aggregate.column = plan.column_of(expression.operands[0].name);
    }
    aggregates_[&expression] = grouped.columns.emplace_back(fresh_name());
  };
  for (const Expression* expression : expressions_after_grouping(query)) add(*expression);
  grouped.rows = query.group_by.empty() ? 1 : std::max(1.0, plan.rows / 10);
  grouped.op = make_group(context_, std::move(plan.op), std::move(keys), std::move(aggregates), query.group_by.empty());
  return finish(std::move(grouped), "Group", {plan.node});
}

Plan Builder::plan_order(const Query& query, Plan plan, const Scope& scope) {
  const std::uint64_t limit = query.limit.value_or(UINT64_MAX);
  std::vector<SortKey> keys;
  for (const auto& key : query.order_by) {
    int column = column_of(key.expression, plan);
    if (column < 0) {
      plan = extend(std::move(plan), {{fresh_name(), &key.expression}}, scope);
      column = static_cast<int>(plan.columns.size()) - 1;
    }
    keys.push_back({static_cast<std::size_t>(column), key.descending});
  }
  const bool cuts = !query.distinct && !query.reduced && limit < UINT64_MAX - query.offset;
  plan.op = make_sort(context_, std::move(plan.op), plan.columns.size(), std::move(keys),
                      cuts ? limit + query.offset : UINT64_MAX);
  plan.sorted.clear();
  const auto node = plan.node;
  return finish(std::move(plan), cuts ? "TopK" : "Sort", {node});
}

Plan Builder::plan_query(const Query& query, const Scope& outer) {
  Scope scope = outer;
  auto mentions = std::make_shared<Mentions>(*context_.budget);
  mentions->add(query);
  scope.mentions = std::move(mentions);
  std::optional<Plan> counted = plan_counts(query, scope);
  Plan plan = counted ? *std::move(counted) : plan_pattern(query.pattern, scope, {}, nullptr);
  if (query.grouped && !counted) {
    // Blank nodes of patterns are no variables that COUNT(DISTINCT *) sees.
    std::vector<std::string> visible = plan.columns;
    std::erase_if(visible, [](const std::string& name) { return name.starts_with("_:"); });
    plan = fixed_columns(std::move(plan), visible);
    plan = plan_aggregates(query, std::move(plan), scope);
  }
  std::vector<std::pair<std::string, const Expression*>> computed;
  for (const auto& binding : query.projection) {
    if (binding.expression) computed.emplace_back(binding.name, &*binding.expression);
  }
  const bool compute_first = having_names_computed(query);
  if (compute_first) plan = extend(std::move(plan), computed, scope);
  Filters having;
  for (const auto& condition : query.having) having.push_back(&condition);
  plan = apply_filters(std::move(plan), having, scope);
  if (query.values) {
    const double rows = plan.rows;
    plan = join(std::move(plan), plan_values(*query.values, scope), rows);
  }
  if (!compute_first) plan = extend(std::move(plan), computed, scope);
  if (!query.order_by.empty()) plan = plan_order(query, std::move(plan), scope);
  if (query.form == QueryForm::Select) {
    std::vector<std::string> names;
    for (const auto& binding : query.projection) names.push_back(binding.name);
    plan = fixed_columns(std::move(plan), names);
    std::erase_if(plan.certain, [&](const std::string& name) { return plan.column_of(name) < 0; });
  }
  if (query.distinct || query.reduced) {
    plan.op = make_distinct(context_, std::move(plan.op), plan.columns.size());
    const auto node = plan.node;
    plan = finish(std::move(plan), "Distinct", {node});
  }
  if (query.limit || query.offset > 0) {
    const std::uint64_t limit = query.limit.value_or(UINT64_MAX);
    plan.op = make_slice(std::move(plan.op), query.offset, limit);
    plan.rows = std::min(plan.rows, static_cast<double>(limit));
    const auto node = plan.node;
    plan = finish(std::move(plan), "Slice", {node});
  }
  return plan;
}

Plan Builder::plan(const Query& query) { return plan_query(query, default_scope()); }

}  // namespace scenograph::sparql
