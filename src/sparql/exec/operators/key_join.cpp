#include "sparql/exec/operators/key_join.hpp"

#include <algorithm>
#include <utility>

#include "sparql/exec/operators/key_table.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

constexpr std::uint32_t none = UINT32_MAX;

class KeyJoin final : public Operator {
 public:
  KeyJoin(Context& context, OperatorPtr left, RightSide right, JoinColumns columns, bool keeps_unmatched)
      : context_(context),
        table_(context, std::move(columns), true),
        sides_(context, std::move(left), std::move(right), table_, keeps_unmatched),
        keeps_unmatched_(keeps_unmatched) {}

  bool next(Batch& batch) override {
    batch.reset(table_.columns().width());
    while (batch.size == 0) {
      context_.budget->check();
      if (row_ == input_.size && !advance()) return false;
      pair_rows();
      gather(batch);
    }
    return true;
  }

 private:
  bool advance() {
    row_ = 0;
    done_ = 0;
    input_.size = 0;
    if (!sides_.next(input_)) return false;
    table_.find(input_, found_);
    settle();
    return true;
  }

  /// Finds the rows that do not come without match, because they are put off or had one before.
  void settle() {
    settled_.clear();
    if (!sides_.is_split()) return;
    for (std::size_t row = 0; row < input_.size; ++row) {
      const bool is_put_off = sides_.put_off(input_, row, found_[row].count > 0);
      settled_.push_back(is_put_off || sides_.was_matched(row));
    }
  }

  /// Fills the pairs of rows of the next batch.
  void pair_rows() {
    left_rows_.clear();
    right_rows_.clear();
    for (; row_ < input_.size && left_rows_.size() < Batch::capacity; ++row_, done_ = 0) {
      const KeyTable::Rows rows = found_[row_];
      if (rows.count == 0 && (!keeps_unmatched_ || (!settled_.empty() && settled_[row_]))) continue;
      const auto left = static_cast<std::uint32_t>(row_);
      if (rows.count == 0) {
        add(left, none);
        continue;
      }
      for (; done_ < rows.count && left_rows_.size() < Batch::capacity; ++done_) add(left, rows.first + done_);
      if (done_ < rows.count) return;
    }
  }

  void add(std::uint32_t left, std::uint32_t right) {
    left_rows_.push_back(left);
    right_rows_.push_back(right);
  }

  void gather(Batch& batch) {
    const JoinColumns& columns = table_.columns();
    batch.size = left_rows_.size();
    for (std::size_t i = 0; i < columns.left_width; ++i) {
      batch.columns[i].resize(batch.size);
      for (std::size_t row = 0; row < batch.size; ++row) batch.columns[i][row] = input_.columns[i][left_rows_[row]];
    }
    for (std::size_t i = 0; i < columns.added.size(); ++i) {
      auto& out = batch.columns[columns.left_width + i];
      const auto from = table_.column(columns.added[i]);
      out.resize(batch.size);
      for (std::size_t row = 0; row < batch.size; ++row) {
        out[row] = right_rows_[row] == none ? TermId{} : from[right_rows_[row]];
      }
    }
  }

  Context& context_;
  KeyTable table_;
  JoinSides<KeyTable> sides_;
  bool keeps_unmatched_;
  Batch input_;
  std::vector<KeyTable::Rows> found_;  ///< for each row of the input
  std::vector<bool> settled_;          ///< likewise, or empty
  std::size_t row_ = 0;
  std::uint32_t done_ = 0;  ///< of the right rows for `row_`
  std::vector<std::uint32_t> left_rows_;
  std::vector<std::uint32_t> right_rows_;
};

class KeySemiJoin final : public Operator {
 public:
  KeySemiJoin(Context& context, OperatorPtr left, RightSide right, JoinColumns columns, bool matching)
      : context_(context),
        table_(context, std::move(columns), false),
        sides_(context, std::move(left), std::move(right), table_,
               [this](const Batch& rows, std::vector<char>& matched) { match(rows, matched); }),
        matching_(matching) {}

  bool next(Batch& batch) override {
    batch.reset(table_.columns().left_width);
    while (batch.size == 0) {
      context_.budget->check();
      if (!sides_.next(input_, matched_)) return false;
      gather(batch);
    }
    return true;
  }

 private:
  void match(const Batch& left, std::vector<char>& matched) {
    table_.find(left, found_);
    matched.resize(left.size);
    for (std::size_t row = 0; row < left.size; ++row) matched[row] = found_[row].count > 0 ? 1 : 0;
  }

  void gather(Batch& batch) {
    const auto is_chosen = [&](std::size_t row) { return (matched_[row] != 0) == matching_; };
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      auto& out = batch.columns[i];
      out.resize(input_.size);
      std::size_t to = 0;
      for (std::size_t row = 0; row < input_.size; ++row) {
        out[to] = input_.columns[i][row];
        to += is_chosen(row) ? 1 : 0;
      }
    }
    for (std::size_t row = 0; row < input_.size; ++row) batch.size += is_chosen(row) ? 1 : 0;
  }

  Context& context_;
  KeyTable table_;
  SemiJoinSides<KeyTable> sides_;
  bool matching_;
  Batch input_;
  std::vector<char> matched_;
  std::vector<KeyTable::Rows> found_;
};

}  // namespace

OperatorPtr make_key_join(Context& context, OperatorPtr left, RightSide right, JoinColumns columns,
                          bool keeps_unmatched) {
  return std::make_unique<KeyJoin>(context, std::move(left), std::move(right), std::move(columns), keeps_unmatched);
}

OperatorPtr make_key_semi_join(Context& context, OperatorPtr left, RightSide right, JoinColumns columns,
                               bool matching) {
  return std::make_unique<KeySemiJoin>(context, std::move(left), std::move(right), std::move(columns), matching);
}

}  // namespace scenograph::sparql
