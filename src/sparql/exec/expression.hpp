#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/value.hpp"

namespace scenograph::sparql {

/// One row of a batch.
struct Row {
  const Batch& batch;
  std::size_t index;

  [[nodiscard]] store::TermId operator[](std::size_t column) const { return batch.columns[column][index]; }
};

/// An expression ready to run: variables are columns, constants are values. One thread.
class Expression {
 public:
  Expression() = default;
  Expression(const Expression&) = delete;
  Expression& operator=(const Expression&) = delete;
  virtual ~Expression() = default;

  /// The value for one row; a type error is a value. Valid until this node's next call.
  [[nodiscard]] virtual const Value& evaluate(const Row& row) = 0;

  /// The term's id of the value, Undefined for an error.
  [[nodiscard]] virtual store::TermId evaluate_id(const Row& row, TermTable& terms) {
    return terms.intern(evaluate(row));
  }
};

using ExpressionPtr = std::unique_ptr<Expression>;

[[nodiscard]] ExpressionPtr make_constant(Value value);

/// The term in a column.
[[nodiscard]] ExpressionPtr make_variable(std::size_t column, Context& context);

/// BOUND of a column.
[[nodiscard]] ExpressionPtr make_bound(std::size_t column);

enum class BinaryOperator : std::uint8_t {
  Or,
  And,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Add,
  Subtract,
  Multiply,
  Divide,
  SameTerm
};

[[nodiscard]] ExpressionPtr make_binary(BinaryOperator op, ExpressionPtr left, ExpressionPtr right);

enum class UnaryOperator : std::uint8_t { Not, Minus, Plus };

[[nodiscard]] ExpressionPtr make_unary(UnaryOperator op, ExpressionPtr operand);

/// IN, or NOT IN. `operands`: what is looked for, then the list.
[[nodiscard]] ExpressionPtr make_in(bool negated, std::vector<ExpressionPtr> operands);

[[nodiscard]] ExpressionPtr make_if(ExpressionPtr condition, ExpressionPtr then, ExpressionPtr otherwise);
[[nodiscard]] ExpressionPtr make_coalesce(std::vector<ExpressionPtr> operands);

/// EXISTS, or NOT EXISTS; `test` tells whether the pattern has a solution for the row.
[[nodiscard]] ExpressionPtr make_exists(bool negated, std::function<bool(const Row&)> test);

/// A built-in function by its name in any case ("STRLEN", "langMatches") or a cast by its datatype's IRI.
/// nullptr if there is none of that name; BNODE, NOW and others that need it take what they do from the context.
[[nodiscard]] ExpressionPtr make_function(std::string_view name, std::vector<ExpressionPtr> arguments,
                                          Context& context);

/// Whether the effective boolean value of the expression is true; errors are false.
[[nodiscard]] inline bool holds(Expression& expression, const Row& row) {
  return effective_boolean(expression.evaluate(row)).value_or(false);
}

}  // namespace scenograph::sparql
