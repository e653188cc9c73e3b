#include "sparql/exec/operators/hash_join.hpp"

#include <utility>

#include "sparql/exec/operators/key_join.hpp"

namespace scenograph::sparql {

namespace {

void drop_last(Batch& batch) {
  for (auto& column : batch.columns) column.pop_back();
  --batch.size;
}

class HashJoin final : public Operator {
 public:
  HashJoin(Context& context, OperatorPtr left, RightSide right, JoinColumns columns, bool keeps_unmatched,
           EvaluatorPtr condition)
      : context_(context),
        left_(std::move(left)),
        right_(std::move(right)),
        table_(context, std::move(columns)),
        keeps_unmatched_(keeps_unmatched),
        condition_(std::move(condition)) {}

  bool next(Batch& batch) override {
    batch.reset(table_.columns().width());
    context_.budget->check();
    while (!batch.is_full()) {
      if (at_ < matches_.size()) {
        emit(batch);
      } else if (!advance()) {
        break;
      }
      if (at_ == matches_.size() && !matched_ && keeps_unmatched_) {
        batch.append(input_, row_);
        matched_ = true;
      }
    }
    return batch.size > 0;
  }

 private:
  bool advance() {
    if (++row_ >= input_.size) {
      if (!left_->next(input_)) return false;
      row_ = 0;
      right_.prepare(table_, input_);
      if (table_.size() == 0 && !keeps_unmatched_) {
        row_ = input_.size;
        return right_.for_batch != nullptr;
      }
    }
    table_.find(input_, row_, false, matches_);
    at_ = 0;
    matched_ = false;
    return true;
  }

  void emit(Batch& batch) {
    std::size_t tries = 0;
    while (at_ < matches_.size() && !batch.is_full()) {
      table_.append(batch, input_, row_, matches_[at_++]);
      if (condition_ && !holds(*condition_, Row{batch, batch.size - 1})) {
        drop_last(batch);
        if (++tries % Batch::capacity == 0) context_.budget->check();
      } else {
        matched_ = true;
      }
    }
  }

  Context& context_;
  OperatorPtr left_;
  RightSide right_;
  JoinTable table_;
  bool keeps_unmatched_;
  EvaluatorPtr condition_;

  Batch input_;
  std::size_t row_ = 0;
  std::vector<std::uint32_t> matches_;
  std::size_t at_ = 0;
  bool matched_ = true;
};

class SemiJoinOperator final : public Operator {
 public:
  SemiJoinOperator(Context& context, OperatorPtr left, RightSide right, JoinColumns columns, SemiJoin kind)
      : context_(context),
        left_(std::move(left)),
        right_(std::move(right)),
        table_(context, std::move(columns)),
        kind_(kind) {}

  bool next(Batch& batch) override {
    batch.reset(table_.columns().left_width);
    while (batch.size == 0) {
      context_.budget->check();
      if (!left_->next(input_)) return false;
      right_.prepare(table_, input_);
      for (std::size_t row = 0; row < input_.size; ++row) {
        if (table_.contains(input_, row, kind_ == SemiJoin::Minus) == (kind_ == SemiJoin::Exists)) {
          batch.append(input_, row);
        }
      }
    }
    return true;
  }

 private:
  Context& context_;
  OperatorPtr left_;
  RightSide right_;
  JoinTable table_;
  SemiJoin kind_;
  Batch input_;
};

}  // namespace

OperatorPtr make_hash_join(Context& context, OperatorPtr left, RightSide right, JoinColumns columns,
                           bool keeps_unmatched, EvaluatorPtr condition) {
  if (columns.are_bound && !condition) {
    return make_key_join(context, std::move(left), std::move(right), std::move(columns), keeps_unmatched);
  }
  return std::make_unique<HashJoin>(context, std::move(left), std::move(right), std::move(columns), keeps_unmatched,
                                    std::move(condition));
}

OperatorPtr make_semi_join(Context& context, OperatorPtr left, RightSide right, JoinColumns columns, SemiJoin kind) {
  if (columns.are_bound) {
    return make_key_semi_join(context, std::move(left), std::move(right), std::move(columns), kind == SemiJoin::Exists);
  }
  return std::make_unique<SemiJoinOperator>(context, std::move(left), std::move(right), std::move(columns), kind);
}

}  // namespace scenograph::sparql
