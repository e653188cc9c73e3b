#include "sparql/exec/operators/index_join.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "sparql/exec/operators/bind_join.hpp"
#include "sparql/exec/operators/index_cursor.hpp"
#include "sparql/exec/operators/index_roles.hpp"
#include "sparql/exec/operators/rows.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

/// Quads of one key that are kept for several left rows; more are looked up anew for each of them.
constexpr std::size_t most_kept = 65536;

class IndexJoin final : public Operator {
 public:
  IndexJoin(Context& context, OperatorPtr left, std::size_t left_width, const ScanPattern& pattern, std::size_t width,
            bool keeps_unmatched)
      : context_(context),
        left_(std::move(left)),
        left_width_(left_width),
        pattern_(pattern),
        width_(width),
        keeps_unmatched_(keeps_unmatched),
        roles_(pattern, left_width),
        cursor_(context, pattern, roles_.order, roles_.keys, roles_.wanted) {}

  bool next(Batch& batch) override {
    batch.reset(width_);
    context_.budget->check();
    while (has_room(batch)) {
      if (one_by_one_) {
        gather(batch);
        if (batch.size > 0) break;
        if (one_by_one_->next(batch)) return true;
        one_by_one_.reset();
      } else if (is_open_) {
        emit(batch);
      } else if (group_ < group_end_) {
        emit_kept(batch);
      } else if (!advance(batch)) {
        break;
      }
    }
    gather(batch);
    return batch.size > 0;
  }

 private:
  /// For another row, and one without match after it.
  [[nodiscard]] bool has_room(const Batch& batch) const { return batch.size + left_rows_.size() + 1 < Batch::capacity; }

  /// Copies the left's part of the rows whose other part is there.
  void gather(Batch& batch) {
    if (left_rows_.empty()) return;
    for (std::size_t i = 0; i < left_width_; ++i) {
      const TermId* const from = input_.columns[i].data();
      auto& to = batch.columns[i];
      to.resize(batch.size + left_rows_.size());
      for (std::size_t row = 0; row < left_rows_.size(); ++row) to[batch.size + row] = from[left_rows_[row]];
    }
    batch.size += left_rows_.size();
    left_rows_.clear();
  }

  /// Opens the quads of the next key. @return false at the end.
  bool advance(Batch& batch) {
    if (at_ == input_.size) {
      gather(batch);
      at_ = 0;
      if (!left_->next(input_)) return false;
      roles_.line_up(input_, order_);
    }
    key_ = order_[at_].key;
    std::size_t end = at_ + 1;
    while (end < input_.size && order_[end].key == key_) ++end;
    const bool found = cursor_.find(key_);
    matched_ = false;
    row_ = order_[at_].row;
    if (end - at_ > 1) {
      group_ = at_;
      group_end_ = end;
      keep(found);
    } else if (found) {
      is_open_ = true;
    } else {
      finish_row(batch);
    }
    at_ = end;
    return true;
  }

  /// Quads of a key that only one left row has.
  void emit(Batch& batch) {
    while (has_room(batch)) {
      if (roles_.agrees(cursor_, input_, row_)) {
        for (const auto& [position, column] : roles_.added) batch.columns[column].push_back(cursor_.member(position));
        left_rows_.push_back(row_);
        matched_ = true;
      }
      if (cursor_.next(key_)) continue;
      is_open_ = false;
      finish_row(batch);
      return;
    }
  }

  /// A left row without match comes out now, if it is to.
  void finish_row(Batch& batch) {
    if (matched_ || !keeps_unmatched_) return;
    for (const auto& [position, column] : roles_.added) batch.columns[column].emplace_back();
    left_rows_.push_back(row_);
  }

  /// Copies the quads of a key that several left rows have.
  void keep(bool found) {
    kept_rows_ = 0;
    kept_at_ = 0;
    kept_.assign(roles_.added.size() + roles_.equal.size(), {});
    for (; found; found = cursor_.next(key_)) {
      if (!roles_.is_alike(cursor_)) continue;
      if (kept_rows_ == most_kept) return look_up_one_by_one();
      std::size_t to = 0;
      for (const auto& [position, column] : roles_.added) kept_[to++].push_back(cursor_.member(position));
      for (const auto& [position, column] : roles_.equal) kept_[to++].push_back(cursor_.member(position));
      ++kept_rows_;
    }
  }

  void look_up_one_by_one() {
    std::vector<std::vector<TermId>> rows;
    for (std::size_t i = group_; i < group_end_; ++i) {
      auto& row = rows.emplace_back();
      for (const auto& column : input_.columns) row.push_back(column[order_[i].row]);
    }
    group_ = group_end_;
    one_by_one_ = make_bind_join(context_, make_values(std::move(rows), left_width_), left_width_, pattern_, width_,
                                 keeps_unmatched_);
  }

  void emit_kept(Batch& batch) {
    row_ = order_[group_].row;
    if (kept_at_ == 0) matched_ = false;
    for (; kept_at_ < kept_rows_ && has_room(batch); ++kept_at_) {
      if (!kept_agrees()) continue;
      for (std::size_t i = 0; i < roles_.added.size(); ++i) {
        batch.columns[roles_.added[i].second].push_back(kept_[i][kept_at_]);
      }
      left_rows_.push_back(row_);
      matched_ = true;
    }
    if (kept_at_ < kept_rows_) return;
    finish_row(batch);
    kept_at_ = 0;
    ++group_;
  }

  [[nodiscard]] bool kept_agrees() const {
    for (std::size_t i = 0; i < roles_.equal.size(); ++i) {
      const TermId kept = kept_[roles_.added.size() + i][kept_at_];
      if (kept != input_.columns[roles_.equal[i].second][row_]) return false;
    }
    return true;
  }

  Context& context_;
  OperatorPtr left_;
  std::size_t left_width_;
  ScanPattern pattern_;
  std::size_t width_;
  bool keeps_unmatched_;
  IndexRoles roles_;
  IndexCursor cursor_;

  Batch input_;
  std::vector<KeyedRow> order_;  ///< rows of the input by their keys
  std::size_t at_ = 0;           ///< in `order_`: the next key's first row
  IndexKey key_{};
  std::uint32_t row_ = 0;  ///< the left row that quads are matched with
  bool matched_ = false;
  bool is_open_ = false;   ///< the cursor stands at a quad of `key_`, which is for `row_` alone
  std::size_t group_ = 0;  ///< in `order_`: rows of one key that what is kept is for
  std::size_t group_end_ = 0;
  std::vector<std::vector<TermId>> kept_;  ///< terms of the key's quads: those added, then those to be equal
  std::size_t kept_rows_ = 0;
  std::size_t kept_at_ = 0;
  OperatorPtr one_by_one_;
  std::vector<std::uint32_t> left_rows_;  ///< of the rows that are in the result without their left part
};

}  // namespace

OperatorPtr make_index_join(Context& context, OperatorPtr left, std::size_t left_width, const ScanPattern& pattern,
                            std::size_t width, bool keeps_unmatched) {
  return std::make_unique<IndexJoin>(context, std::move(left), left_width, pattern, width, keeps_unmatched);
}

}  // namespace scenograph::sparql
