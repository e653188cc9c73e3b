#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "sparql/exec/builder/builder.hpp"
#include "sparql/exec/operators/index_semi_join.hpp"
#include "sparql/exec/operators/rows.hpp"

namespace scenograph::sparql {

using algebra::Expression;
using algebra::ExpressionKind;
using algebra::Pattern;
using store::TermId;

namespace {

/// Columns and estimate of a join's result, without operator.
Plan joined(const Plan& left, const Plan& right, double rows) {
  Plan plan;
  plan.columns = left.columns;
  for (const std::string& name : right.columns) {
    if (left.column_of(name) < 0) plan.columns.push_back(name);
  }
  plan.certain = left.certain;
  plan.rows = rows;
  return plan;
}

/// The distinct terms of some columns.
Seed seed_of(const Batch& left, const std::vector<std::pair<std::string, std::size_t>>& keys) {
  Seed seed;
  std::set<std::vector<TermId>> rows;
  for (const auto& [name, column] : keys) seed.columns.push_back(name);
  for (std::size_t row = 0; row < left.size; ++row) {
    std::vector<TermId> key;
    for (const auto& [name, column] : keys) key.push_back(left.columns[column][row]);
    rows.insert(std::move(key));
  }
  seed.rows.assign(rows.begin(), rows.end());
  return seed;
}

}  // namespace

JoinColumns columns_of(const Plan& left, const Plan& right) {
  JoinColumns columns;
  columns.left_width = left.columns.size();
  columns.right_width = right.columns.size();
  columns.are_bound = true;
  for (std::size_t i = 0; i < right.columns.size(); ++i) {
    const std::string& name = right.columns[i];
    const int column = left.column_of(name);
    if (column >= 0) {
      columns.shared.emplace_back(static_cast<std::size_t>(column), i);
      columns.are_bound = columns.are_bound && left.certain.contains(name) && right.certain.contains(name);
    } else {
      columns.added.push_back(i);
    }
  }
  columns.are_bound = columns.are_bound && !columns.shared.empty();
  return columns;
}

int Plan::column_of(std::string_view name) const {
  const auto at = std::find(columns.begin(), columns.end(), name);
  return at == columns.end() ? -1 : static_cast<int>(at - columns.begin());
}

void Builder::fail_too_deep() {
  throw base::Error(base::Code::TooLarge,
                    fmt::format("the query joins more than {} patterns one after the other: split it up, or give the "
                                "terms that differ as VALUES",
                                most_levels));
}

Plan Builder::finish(Plan plan, std::string label, std::vector<std::shared_ptr<PlanNode>> inputs) {
  plan.node = std::make_shared<PlanNode>();
  plan.node->label = std::move(label);
  plan.node->estimated_rows = plan.rows;
  for (const auto& input : inputs) plan.node->depth = std::max(plan.node->depth, input->depth + 1);
  if (plan.node->depth > most_levels) fail_too_deep();
  context_.budget->check();
  plan.node->inputs = std::move(inputs);
  plan.op = make_profiled(std::move(plan.op), plan.node, *context_.budget);
  return plan;
}

Plan Builder::fixed_columns(Plan plan, const std::vector<std::string>& columns) {
  if (plan.columns == columns) return plan;
  std::vector<int> places;
  for (const std::string& name : columns) {
    context_.tick();
    places.push_back(plan.column_of(name));
  }
  plan.op = make_project(std::move(plan.op), std::move(places));
  plan.columns = columns;
  return plan;
}

Plan Builder::join(Plan left, Plan right, double rows) {
  if (right.rows > left.rows) std::swap(left, right);  // the smaller side is kept in memory
  Plan plan = joined(left, right, rows);
  plan.certain.insert(right.certain.begin(), right.certain.end());
  JoinColumns columns = columns_of(left, right);
  plan.op =
      make_hash_join(context_, std::move(left.op), {std::move(right.op), nullptr}, std::move(columns), false, nullptr);
  return finish(std::move(plan), "HashJoin", {left.node, right.node});
}

RightSide Builder::right_side(const Plan& left, Plan& right, const Pattern& pattern, const Scope& scope) {
  std::vector<std::pair<std::string, std::size_t>> keys;
  for (const std::string& name : right.certain) {
    const int column = left.column_of(name);
    if (column >= 0 && left.certain.contains(name)) keys.emplace_back(name, static_cast<std::size_t>(column));
  }
  constexpr double worthwhile = 4;
  constexpr double most_batches = 16;
  const bool anew = !keys.empty() && left.rows * worthwhile < right.rows &&
                    left.rows < most_batches * static_cast<double>(Batch::capacity);
  if (!anew) return {std::move(right.op), nullptr};
  auto node = right.node;
  node->label = "PerBatch";
  return {nullptr, [this, &pattern, scope, keys, node, columns = right.columns](const Batch& batch) {
            const Seed seed = seed_of(batch, keys);
            Plan plan = fixed_columns(plan_pattern(pattern, scope, {}, &seed), columns);
            node->inputs = {plan.node};
            return make_profiled(std::move(plan.op), node, *context_.budget);
          }};
}

Plan Builder::join_with(Plan left, Plan right, const Pattern& pattern, const Scope& scope, double rows) {
  RightSide side = pattern.kind == algebra::PatternKind::Service ? service_side(left, right, pattern)
                                                                 : right_side(left, right, pattern, scope);
  if (side.once) {
    right.op = std::move(side.once);
    return join(std::move(left), std::move(right), rows);
  }
  Plan plan = joined(left, right, rows);
  plan.certain.insert(right.certain.begin(), right.certain.end());
  plan.op = make_hash_join(context_, std::move(left.op), std::move(side), columns_of(left, right), false, nullptr);
  return finish(std::move(plan), "HashJoin", {left.node, right.node});
}

Plan Builder::left_join(Plan left, Plan right, RightSide side, double rows, const std::vector<Expression>& conditions,
                        const Scope& scope) {
  Plan plan = joined(left, right, rows);
  EvaluatorPtr condition;
  for (const Expression& each : conditions) {
    auto compiled = compile(each, plan, scope);
    condition =
        condition ? make_binary(BinaryOperator::And, std::move(condition), std::move(compiled)) : std::move(compiled);
  }
  plan.op = make_hash_join(context_, std::move(left.op), std::move(side), columns_of(left, right), true,
                           std::move(condition));
  return finish(std::move(plan), "LeftJoin", {left.node, right.node});
}

bool Builder::apply_index_semi_join(Plan& plan, const Pattern& pattern, const Scope& scope, SemiJoin kind) {
  std::vector<std::string> columns;
  const auto found = looked_up(pattern, plan, scope, columns);
  if (!found) return false;
  const bool matching = kind == SemiJoin::Exists;
  plan.op = make_index_semi_join(context_, std::move(plan.op), plan.columns.size(), *found, matching);
  const auto node = plan.node;
  plan = finish(std::move(plan), matching ? "IndexSemiJoin" : "IndexAntiJoin", {node});
  return true;
}

bool Builder::apply_exists(Plan& plan, const Expression& filter, const Scope& scope) {
  if (filter.kind != ExpressionKind::Exists && filter.kind != ExpressionKind::NotExists) return false;
  const Pattern& pattern = *filter.pattern;
  if (!is_closed(pattern)) return false;
  const Names certain = certain_variables(pattern);
  for (const std::string& name : possible_variables(pattern)) {
    if (plan.column_of(name) < 0) continue;
    if (!certain.contains(name) || !plan.certain.contains(name)) return false;
  }
  const auto kind = filter.kind == ExpressionKind::Exists ? SemiJoin::Exists : SemiJoin::NotExists;
  if (apply_index_semi_join(plan, pattern, scope, kind)) return true;
  Plan right = plan_pattern(pattern, scope, {}, nullptr);
  RightSide side = right_side(plan, right, pattern, scope);
  const auto node = plan.node;
  JoinColumns columns = columns_of(plan, right);
  columns.added.clear();
  plan.op = make_semi_join(context_, std::move(plan.op), std::move(side), std::move(columns), kind);
  plan = finish(std::move(plan), kind == SemiJoin::Exists ? "SemiJoin" : "AntiJoin", {node, right.node});
  return true;
}

Plan Builder::apply_filters(Plan plan, const Filters& filters, const Scope& scope) {
  Filters conjuncts;
  for (const Expression* filter : filters) add_conjuncts(*filter, conjuncts);
  std::stable_partition(conjuncts.begin(), conjuncts.end(), [](const Expression* each) { return !has_exists(*each); });
  if (std::any_of(conjuncts.begin(), conjuncts.end(), [](const Expression* each) { return names_blanks(*each); })) {
    plan = number_solutions(std::move(plan));
  }
  std::vector<Condition> conditions;
  const auto flush = [&] {
    if (conditions.empty()) return;
    plan.rows *= selectivity_guess;
    plan.op = make_filter(context_, std::move(plan.op), std::move(conditions));
    conditions.clear();
    const auto node = plan.node;
    plan = finish(std::move(plan), "Filter", {node});
  };
  for (const Expression* conjunct : conjuncts) {
    if (conjunct->pattern) flush();
    if (!apply_exists(plan, *conjunct, scope)) conditions.push_back(condition_of(*conjunct, plan, scope));
  }
  flush();
  return plan;
}

}  // namespace scenograph::sparql
