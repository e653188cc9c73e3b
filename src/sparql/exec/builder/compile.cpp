#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/error.hpp"
#include "sparql/exec/builder/builder.hpp"
#include "sparql/exec/operators/row_set.hpp"

namespace scenograph::sparql {

using algebra::Expression;
using algebra::ExpressionKind;
using store::TermId;

namespace {

BinaryOperator binary_of(ExpressionKind kind) {
  static_assert(static_cast<int>(ExpressionKind::SameTerm) - static_cast<int>(ExpressionKind::Or) ==
                static_cast<int>(BinaryOperator::SameTerm) - static_cast<int>(BinaryOperator::Or));
  return static_cast<BinaryOperator>(static_cast<int>(kind) - static_cast<int>(ExpressionKind::Or));
}

/// The comparison with its sides changed.
BinaryOperator turned(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::Less:
      return BinaryOperator::Greater;
    case BinaryOperator::LessEqual:
      return BinaryOperator::GreaterEqual;
    case BinaryOperator::Greater:
      return BinaryOperator::Less;
    case BinaryOperator::GreaterEqual:
      return BinaryOperator::LessEqual;
    default:
      return op;
  }
}

UnaryOperator unary_of(ExpressionKind kind) {
  return kind == ExpressionKind::Not ? UnaryOperator::Not
                                     : (kind == ExpressionKind::Minus ? UnaryOperator::Minus : UnaryOperator::Plus);
}

}  // namespace

EvaluatorPtr Builder::compile(const Expression& expression, const Plan& plan, const Scope& scope) {
  constexpr std::uint64_t many = 4096;
  context_.tick();
  const std::uint64_t before = compiled_++;
  EvaluatorPtr out = compile_node(expression, plan, scope);
  return compiled_ - before < many ? std::move(out) : make_checked(std::move(out), *context_.budget);
}

EvaluatorPtr Builder::compile_node(const Expression& expression, const Plan& plan, const Scope& scope) {
  const ExpressionKind kind = expression.kind;
  if (kind == ExpressionKind::Constant) return make_constant(context_.terms.value(id_of(expression.term)));
  if (const int column = column_of(expression, plan); column >= 0) {
    return make_variable(static_cast<std::size_t>(column), context_);
  }
  if (kind == ExpressionKind::Variable) {
    const auto bound = scope.bound->find(expression.name);
    return make_constant(bound == scope.bound->end() ? Value{} : context_.terms.value(bound->second));
  }
  if (kind == ExpressionKind::Bound) {
    const std::string& name = expression.operands.at(0).name;
    const int column = plan.column_of(name);
    if (column >= 0) return make_bound(static_cast<std::size_t>(column));
    return make_constant(Value::boolean(scope.bound->contains(name)));
  }
  if (kind == ExpressionKind::Exists || kind == ExpressionKind::NotExists) {
    return compile_exists(expression, plan, scope);
  }
  std::vector<EvaluatorPtr> operands;
  for (const Expression& operand : expression.operands) operands.push_back(compile(operand, plan, scope));
  if (kind >= ExpressionKind::Or && kind <= ExpressionKind::SameTerm) {
    return make_binary(binary_of(kind), std::move(operands.at(0)), std::move(operands.at(1)));
  }
  if (kind >= ExpressionKind::Not && kind <= ExpressionKind::Plus) {
    return make_unary(unary_of(kind), std::move(operands.at(0)));
  }
  if (kind == ExpressionKind::In || kind == ExpressionKind::NotIn) {
    return make_in(kind == ExpressionKind::NotIn, std::move(operands));
  }
  if (kind == ExpressionKind::If) {
    return make_if(std::move(operands.at(0)), std::move(operands.at(1)), std::move(operands.at(2)));
  }
  if (kind == ExpressionKind::Coalesce) return make_coalesce(std::move(operands));
  if (kind == ExpressionKind::Function) {
    if (is_named_blank(expression)) {
      return make_named_blank(std::move(operands.at(0)), plan.column_of(plan.solution), context_);
    }
    if (auto function = make_custom_function(expression.name, operands, context_)) return function;
    if (auto function = make_function(expression.name, std::move(operands), context_)) return function;
    throw base::Error(base::Code::Unsupported, fmt::format("there is no function «{}»", expression.name));
  }
  throw base::Error(base::Code::BadSyntax,
                    fmt::format("{} stands where no group is: use it in SELECT, HAVING or ORDER BY", expression.name));
}

Value Builder::constant_value(const Expression& expression, const Scope& scope) {
  const std::function<bool(const Expression&)> is_constant = [&](const Expression& part) {
    const bool is_iri = part.kind == ExpressionKind::Function && part.name.find(':') != std::string::npos;
    const bool is_arithmetic = (part.kind >= ExpressionKind::Add && part.kind <= ExpressionKind::Divide) ||
                               part.kind == ExpressionKind::Minus || part.kind == ExpressionKind::Plus;
    return (part.kind == ExpressionKind::Constant || is_iri || is_arithmetic) &&
           std::all_of(part.operands.begin(), part.operands.end(), is_constant);
  };
  if (!is_constant(expression)) return {};
  Batch none;
  return compile(expression, {}, scope)->evaluate({none, 0});
}

int Builder::column_of(const Expression& expression, const Plan& plan) const {
  if (expression.kind == ExpressionKind::Variable) return plan.column_of(expression.name);
  if (expression.kind != ExpressionKind::Aggregate) return -1;
  const auto known = aggregates_.find(&expression);
  return known == aggregates_.end() ? -1 : plan.column_of(known->second);
}

std::optional<std::pair<std::string, IdTest>> Builder::id_test_of(const Expression& expression) {
  if (expression.kind < ExpressionKind::Equal || expression.kind > ExpressionKind::SameTerm) return std::nullopt;
  const bool is_turned = expression.operands.at(0).kind == ExpressionKind::Constant;
  const Expression& variable = expression.operands.at(is_turned ? 1 : 0);
  const Expression& constant = expression.operands.at(is_turned ? 0 : 1);
  if (variable.kind != ExpressionKind::Variable || constant.kind != ExpressionKind::Constant) return std::nullopt;
  const BinaryOperator op = binary_of(expression.kind);
  auto test = IdTest::make(is_turned ? turned(op) : op, context_.terms.value(id_of(constant.term)));
  if (!test) return std::nullopt;
  return std::pair(variable.name, *std::move(test));
}

Condition Builder::condition_of(const Expression& expression, const Plan& plan, const Scope& scope) {
  Condition condition{compile(expression, plan, scope)};
  if (auto test = id_test_of(expression)) {
    condition.column = plan.column_of(test->first);
    if (condition.column >= 0) condition.test = std::move(test->second);
  }
  return condition;
}

bool Builder::exists(const algebra::Pattern& pattern, const Scope& scope) {
  Builder inner(context_, dataset_);  // what it makes goes with it
  inner.names_ = names_;
  Plan plan = inner.plan_pattern(pattern, scope, {}, nullptr);
  Batch batch;
  return plan.op->next(batch);
}

/// Plans the pattern anew for each distinct combination of the terms it refers to: substitution as the specification
/// has it (SPARQL 1.1 Query, section 18.6). Common cases become joins before they come here.
EvaluatorPtr Builder::compile_exists(const Expression& expression, const Plan& plan, const Scope& scope) {
  Names mentioned;
  add_mentioned(*expression.pattern, mentioned);
  std::vector<std::pair<std::string, std::size_t>> used;
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    if (mentioned.contains(plan.columns[i])) used.emplace_back(plan.columns[i], i);
  }
  auto seen = std::make_shared<RowSet>(context_, used.size());
  auto answers = std::make_shared<std::vector<bool>>();
  auto test = [this, used, scope, seen, answers, pattern = expression.pattern](const Row& row) {
    std::vector<TermId> key;
    for (const auto& [name, column] : used) key.push_back(row[column]);
    const auto [number, added] = seen->add(key);
    if (!added) return static_cast<bool>((*answers)[number]);
    auto bound = std::make_shared<Bindings>(*scope.bound);
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (!key[i].is_undefined()) (*bound)[used[i].first] = key[i];
    }
    Scope inner = scope;
    inner.bound = std::move(bound);
    answers->push_back(exists(*pattern, inner));
    return static_cast<bool>(answers->back());
  };
  return make_exists(expression.kind == ExpressionKind::NotExists, std::move(test));
}

}  // namespace scenograph::sparql
