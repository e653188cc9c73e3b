#include "sparql/exec/operators/hash_join.hpp"

#include <utility>

#include "sparql/exec/operators/join_table.hpp"
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
        table_(context, std::move(columns)),
        sides_(context, std::move(left), std::move(right), table_, keeps_unmatched),
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
      if (at_ == matches_.size()) finish_row(batch);
    }
    return batch.size > 0;
  }

 private:
  bool advance() {
    if (++row_ >= input_.size) {
      if (!sides_.next(input_)) return false;
      row_ = 0;
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

  void finish_row(Batch& batch) {
    const bool is_put_off = sides_.put_off(input_, row_, matched_);
    if (keeps_unmatched_ && !matched_ && !is_put_off && !sides_.was_matched(row_)) batch.append(input_, row_);
  }

  Context& context_;
  JoinTable table_;
  JoinSides<JoinTable> sides_;
  bool keeps_unmatched_;
  EvaluatorPtr condition_;

  Batch input_;
  std::size_t row_ = 0;
  std::vector<std::uint32_t> matches_;
  std::size_t at_ = 0;
  bool matched_ = false;
};

class SemiJoinOperator final : public Operator {
 public:
  SemiJoinOperator(Context& context, OperatorPtr left, RightSide right, JoinColumns columns, SemiJoin kind)
      : context_(context),
        table_(context, std::move(columns)),
        sides_(context, std::move(left), std::move(right), table_,
               [this](const Batch& rows, std::vector<char>& matched) { match(rows, matched); }),
        kind_(kind) {}

  bool next(Batch& batch) override {
    batch.reset(table_.columns().left_width);
    while (batch.size == 0) {
      context_.budget->check();
      if (!sides_.next(input_, matched_)) return false;
      for (std::size_t row = 0; row < input_.size; ++row) {
        if ((matched_[row] != 0) == (kind_ == SemiJoin::Exists)) batch.append(input_, row);
      }
    }
    return true;
  }

 private:
  void match(const Batch& left, std::vector<char>& matched) {
    matched.resize(left.size);
    for (std::size_t row = 0; row < left.size; ++row) {
      matched[row] = table_.contains(left, row, kind_ == SemiJoin::Minus) ? 1 : 0;
    }
  }

  Context& context_;
  JoinTable table_;
  SemiJoinSides<JoinTable> sides_;
  SemiJoin kind_;
  Batch input_;
  std::vector<char> matched_;
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
