#include "sparql/exec/evaluator.hpp"

#include <utility>

namespace scenograph::sparql {

void hold_text(base::Charge& charge, const Value& value, const base::Budget& budget) {
  constexpr std::size_t least = std::size_t{16} << 10U;
  const std::size_t size = value.text.size();
  charge.set(size < least ? 0 : size);
  if (size >= least) budget.check();
}

namespace {

class Constant final : public Evaluator {
 public:
  explicit Constant(Value value) : value_(std::move(value)) {}
  const Value& evaluate(const Row&) override { return value_; }

 private:
  Value value_;
};

class Variable final : public Evaluator {
 public:
  Variable(std::size_t column, Context& context) : column_(column), context_(context), charge_(*context.budget) {}

  const Value& evaluate(const Row& row) override {
    const store::TermId id = row[column_];
    if (id == value_.id) return value_;
    const Value& value = context_.terms.value(id);
    hold_text(charge_, value, *context_.budget);
    value_ = value;
    return value_;
  }

  store::TermId evaluate_id(const Row& row, TermTable&) override { return row[column_]; }

 private:
  std::size_t column_;
  Context& context_;
  base::Charge charge_;
  Value value_;
};

class Bound final : public Evaluator {
 public:
  explicit Bound(std::size_t column) : column_(column) {}
  const Value& evaluate(const Row& row) override { return row[column_].is_undefined() ? no_ : yes_; }

 private:
  std::size_t column_;
  Value yes_ = Value::boolean(true);
  Value no_ = Value::boolean(false);
};

/// Holds the last result, so that `evaluate` can return a reference.
class Computed : public Evaluator {
 public:
  const Value& evaluate(const Row& row) final {
    result_ = compute(row);
    return result_;
  }

 protected:
  virtual Value compute(const Row& row) = 0;

 private:
  Value result_;
};

/// "||" and "&&": an error only if the other side does not decide. Source: SPARQL 1.1 Query, section 17.2.
class Logical final : public Computed {
 public:
  Logical(bool deciding, EvaluatorPtr left, EvaluatorPtr right)
      : deciding_(deciding), left_(std::move(left)), right_(std::move(right)) {}

 protected:
  Value compute(const Row& row) override {
    const auto left = effective_boolean(left_->evaluate(row));
    if (left == deciding_) return Value::boolean(deciding_);
    const auto right = effective_boolean(right_->evaluate(row));
    if (right == deciding_) return Value::boolean(deciding_);
    if (!left || !right) return {};
    return Value::boolean(!deciding_);
  }

 private:
  bool deciding_;
  EvaluatorPtr left_;
  EvaluatorPtr right_;
};

Value comparison(BinaryOperator op, const Value& a, const Value& b) {
  const auto order = compare(a, b);
  if (!order) return {};
  switch (op) {
    case BinaryOperator::Less:
      return Value::boolean(*order < 0);
    case BinaryOperator::LessEqual:
      return Value::boolean(*order <= 0);
    case BinaryOperator::Greater:
      return Value::boolean(*order > 0);
    default:
      return Value::boolean(*order >= 0);
  }
}

}  // namespace

Value apply(BinaryOperator op, const Value& a, const Value& b) {
  switch (op) {
    case BinaryOperator::Equal:
      return Value::boolean(equals(a, b));
    case BinaryOperator::NotEqual: {
      const auto equal = equals(a, b);
      return equal ? Value::boolean(!*equal) : Value{};
    }
    case BinaryOperator::Add:
      return add(a, b);
    case BinaryOperator::Subtract:
      return subtract(a, b);
    case BinaryOperator::Multiply:
      return multiply(a, b);
    case BinaryOperator::Divide:
      return divide(a, b);
    case BinaryOperator::SameTerm:
      return a.is_error() || b.is_error() ? Value{} : Value::boolean(same_term(a, b));
    default:
      return comparison(op, a, b);
  }
}

namespace {

class Binary final : public Computed {
 public:
  Binary(BinaryOperator op, EvaluatorPtr left, EvaluatorPtr right)
      : op_(op), left_(std::move(left)), right_(std::move(right)) {}

 protected:
  Value compute(const Row& row) override { return apply(op_, left_->evaluate(row), right_->evaluate(row)); }

 private:
  BinaryOperator op_;
  EvaluatorPtr left_;
  EvaluatorPtr right_;
};

class Unary final : public Computed {
 public:
  Unary(UnaryOperator op, EvaluatorPtr operand) : op_(op), operand_(std::move(operand)) {}

 protected:
  Value compute(const Row& row) override {
    const Value& value = operand_->evaluate(row);
    if (op_ == UnaryOperator::Minus) return negate(value);
    if (op_ == UnaryOperator::Plus) return value.is_numeric() ? value : Value{};
    const auto truth = effective_boolean(value);
    return truth ? Value::boolean(!*truth) : Value{};
  }

 private:
  UnaryOperator op_;
  EvaluatorPtr operand_;
};

class In final : public Computed {
 public:
  In(bool negated, std::vector<EvaluatorPtr> operands) : negated_(negated), operands_(std::move(operands)) {}

 protected:
  Value compute(const Row& row) override {
    const Value& needle = operands_.front()->evaluate(row);
    bool failed = false;
    for (std::size_t i = 1; i < operands_.size(); ++i) {
      const auto equal = equals(needle, operands_[i]->evaluate(row));
      if (equal.value_or(false)) return Value::boolean(!negated_);
      failed = failed || !equal;
    }
    return failed ? Value{} : Value::boolean(negated_);
  }

 private:
  bool negated_;
  std::vector<EvaluatorPtr> operands_;
};

class If final : public Evaluator {
 public:
  If(EvaluatorPtr condition, EvaluatorPtr then, EvaluatorPtr otherwise)
      : condition_(std::move(condition)), then_(std::move(then)), otherwise_(std::move(otherwise)) {}

  const Value& evaluate(const Row& row) override {
    const auto truth = effective_boolean(condition_->evaluate(row));
    if (!truth) return error_;
    return (*truth ? then_ : otherwise_)->evaluate(row);
  }

 private:
  EvaluatorPtr condition_;
  EvaluatorPtr then_;
  EvaluatorPtr otherwise_;
  Value error_;
};

class Checked final : public Evaluator {
 public:
  Checked(EvaluatorPtr expression, const base::Budget& budget) : expression_(std::move(expression)), budget_(budget) {}

  const Value& evaluate(const Row& row) override {
    budget_.check();
    return expression_->evaluate(row);
  }

 private:
  EvaluatorPtr expression_;
  const base::Budget& budget_;
};

class NamedBlank final : public Computed {
 public:
  NamedBlank(EvaluatorPtr label, int solution, Context& context)
      : label_(std::move(label)), solution_(solution), context_(context) {}

 protected:
  Value compute(const Row& row) override {
    const Value& label = label_->evaluate(row);
    if (label.kind != ValueKind::String) return {};
    TermTable& terms = context_.terms;
    return terms.value(solution_ < 0 ? terms.fresh_blank()
                                     : terms.named_blank(row[static_cast<std::size_t>(solution_)], label.text));
  }

 private:
  EvaluatorPtr label_;
  int solution_;
  Context& context_;
};

class Coalesce final : public Evaluator {
 public:
  explicit Coalesce(std::vector<EvaluatorPtr> operands) : operands_(std::move(operands)) {}

  const Value& evaluate(const Row& row) override {
    for (auto& operand : operands_) {
      const Value& value = operand->evaluate(row);
      if (!value.is_error()) return value;
    }
    return error_;
  }

 private:
  std::vector<EvaluatorPtr> operands_;
  Value error_;
};

class Exists final : public Computed {
 public:
  Exists(bool negated, std::function<bool(const Row&)> test) : negated_(negated), test_(std::move(test)) {}

 protected:
  Value compute(const Row& row) override { return Value::boolean(test_(row) != negated_); }

 private:
  bool negated_;
  std::function<bool(const Row&)> test_;
};

}  // namespace

EvaluatorPtr make_constant(Value value) { return std::make_unique<Constant>(std::move(value)); }

EvaluatorPtr make_variable(std::size_t column, Context& context) { return std::make_unique<Variable>(column, context); }

EvaluatorPtr make_bound(std::size_t column) { return std::make_unique<Bound>(column); }

EvaluatorPtr make_binary(BinaryOperator op, EvaluatorPtr left, EvaluatorPtr right) {
  if (op == BinaryOperator::Or || op == BinaryOperator::And) {
    return std::make_unique<Logical>(op == BinaryOperator::Or, std::move(left), std::move(right));
  }
  return std::make_unique<Binary>(op, std::move(left), std::move(right));
}

EvaluatorPtr make_unary(UnaryOperator op, EvaluatorPtr operand) {
  return std::make_unique<Unary>(op, std::move(operand));
}

EvaluatorPtr make_in(bool negated, std::vector<EvaluatorPtr> operands) {
  return std::make_unique<In>(negated, std::move(operands));
}

EvaluatorPtr make_if(EvaluatorPtr condition, EvaluatorPtr then, EvaluatorPtr otherwise) {
  return std::make_unique<If>(std::move(condition), std::move(then), std::move(otherwise));
}

EvaluatorPtr make_named_blank(EvaluatorPtr label, int solution, Context& context) {
  return std::make_unique<NamedBlank>(std::move(label), solution, context);
}

EvaluatorPtr make_checked(EvaluatorPtr expression, const base::Budget& budget) {
  return std::make_unique<Checked>(std::move(expression), budget);
}

EvaluatorPtr make_coalesce(std::vector<EvaluatorPtr> operands) {
  return std::make_unique<Coalesce>(std::move(operands));
}

EvaluatorPtr make_exists(bool negated, std::function<bool(const Row&)> test) {
  return std::make_unique<Exists>(negated, std::move(test));
}

}  // namespace scenograph::sparql
