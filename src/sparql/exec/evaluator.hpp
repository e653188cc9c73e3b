#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
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
class Evaluator {
 public:
  Evaluator() = default;
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;
  virtual ~Evaluator() = default;

  /// The value for one row; a type error is a value. Valid until this node's next call.
  [[nodiscard]] virtual const Value& evaluate(const Row& row) = 0;

  /// The term's id of the value, Undefined for an error.
  [[nodiscard]] virtual store::TermId evaluate_id(const Row& row, TermTable& terms) {
    return terms.intern(evaluate(row));
  }
};

using EvaluatorPtr = std::unique_ptr<Evaluator>;

/// Charges the text of a value that an expression keeps, if it is long, and checks the budget: it takes time, too.
void hold_text(base::Charge& charge, const Value& value, const base::Budget& budget);

[[nodiscard]] EvaluatorPtr make_constant(Value value);

/// The term in a column.
[[nodiscard]] EvaluatorPtr make_variable(std::size_t column, Context& context);

/// BOUND of a column.
[[nodiscard]] EvaluatorPtr make_bound(std::size_t column);

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

/// Any of them but Or and And.
[[nodiscard]] Value apply(BinaryOperator op, const Value& a, const Value& b);

[[nodiscard]] EvaluatorPtr make_binary(BinaryOperator op, EvaluatorPtr left, EvaluatorPtr right);

enum class UnaryOperator : std::uint8_t { Not, Minus, Plus };

[[nodiscard]] EvaluatorPtr make_unary(UnaryOperator op, EvaluatorPtr operand);

/// IN, or NOT IN. `operands`: what is looked for, then the list.
[[nodiscard]] EvaluatorPtr make_in(bool negated, std::vector<EvaluatorPtr> operands);

[[nodiscard]] EvaluatorPtr make_if(EvaluatorPtr condition, EvaluatorPtr then, EvaluatorPtr otherwise);
[[nodiscard]] EvaluatorPtr make_coalesce(std::vector<EvaluatorPtr> operands);

/// EXISTS, or NOT EXISTS; `test` tells whether the pattern has a solution for the row.
[[nodiscard]] EvaluatorPtr make_exists(bool negated, std::function<bool(const Row&)> test);

/// BNODE of a label: one node for each label and solution.
///
/// @param solution  the column whose term stands for the row's solution; -1: there is none, each call gives another
/// node.
[[nodiscard]] EvaluatorPtr make_named_blank(EvaluatorPtr label, int solution, Context& context);

/// The expression, before each evaluation of which the budget is checked: a row of it takes long.
[[nodiscard]] EvaluatorPtr make_checked(EvaluatorPtr expression, const base::Budget& budget);

/// A built-in function by its name in any case ("STRLEN", "langMatches"), a cast by its datatype's IRI, or one of
/// `sparql/functions.hpp`.
/// nullptr if there is none of that name; BNODE, NOW and others that need it take what they do from the context.
[[nodiscard]] EvaluatorPtr make_function(std::string_view name, std::vector<EvaluatorPtr> arguments, Context& context);

/// A call of a function of `context.functions`; nullptr if there is none of that IRI. The arguments are then untouched.
/// @throws Error(Code::BadSyntax) for more arguments than it takes.
[[nodiscard]] EvaluatorPtr make_custom_function(const std::string& iri, std::vector<EvaluatorPtr>& arguments,
                                                Context& context);

/// Whether the effective boolean value of the expression is true; errors are false.
[[nodiscard]] inline bool holds(Evaluator& expression, const Row& row) {
  return effective_boolean(expression.evaluate(row)).value_or(false);
}

}  // namespace scenograph::sparql
