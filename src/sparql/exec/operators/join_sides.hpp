#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/join_columns.hpp"
#include "sparql/exec/operators/spilled_rows.hpp"

// What joins have in common: to read the right side into a table (JoinTable or KeyTable), then the left side row by row,
// whether the right side fits in memory or not.

namespace scenograph::sparql {

/// The right side of a join: either one operator, read once, or one made for each batch of left rows, which may then
/// leave out what cannot match them.
struct RightSide {
  OperatorPtr once;
  std::function<OperatorPtr(const Batch& left)> for_batch;
};

/// Both sides of a join. When memory is full of right rows, all left rows are joined with those first and go to disk, to
/// be joined with the others later:
///
/// * where both sides bind the shared columns, the others go to disk too, both sides are split by the hash of what they
///   share, and each part is a join of its own (a hybrid hash join; DeWitt et al., "Implementation techniques for main
///   memory database systems", 1984);
/// * else, and where parts do not get smaller, the right side is read on from where it was left, and the left rows once
///   more for each time that it fills the memory.
///
/// One thread; context and table must outlive it.
template <typename Table>
class JoinSides {
 public:
  JoinSides(Context& context, OperatorPtr left, RightSide right, Table& table, bool keeps_unmatched)
      : context_(context),
        left_(std::move(left)),
        right_(std::move(right)),
        table_(table),
        keeps_unmatched_(keeps_unmatched) {}

  /// Reads the next left rows; the table then holds right rows to join them with.
  [[nodiscard]] bool next(Batch& left) {
    for (;;) {
      flags_.clear();
      if (left_->next(left)) {
        take_flags(left);
        build(left);
        if (table_.size() > 0 || keeps_unmatched_ || right_.for_batch || left_rows_) return true;
      }
      if (next_part()) continue;
      left.size = 0;
      return false;
    }
  }

  /// To be called for each row of the batch, once it was joined with the table.
  ///
  /// @return  whether it is put off, to be joined with more.
  bool put_off(const Batch& left, std::size_t row, bool matched) {
    if (!left_rows_) return false;
    std::size_t part = 0;
    if (right_rows_) {
      PartOfRow of_row(level_);
      for (const auto& [column, other] : table_.columns().shared) of_row.add(left.columns[column][row]);
      part = of_row.part();
      if (right_rows_->rows(part) == 0) return false;
    }
    row_.clear();
    for (const auto& column : left.columns) row_.push_back(column[row]);
    row_.push_back(matched || was_matched(row) ? met : store::TermId{});
    left_rows_->add(part, row_);
    return true;
  }

  /// Whether the row of the batch matched one that it was joined with before.
  [[nodiscard]] bool was_matched(std::size_t row) const { return !flags_.empty() && flags_[row] == met; }

  /// Whether rows are put off or were.
  [[nodiscard]] bool is_split() const { return is_part_ || left_rows_; }

 private:
  static constexpr store::TermId met = store::TermId::make(store::IdKind::Boolean, 1);

  struct Part {
    OperatorPtr left;
    OperatorPtr right;
    unsigned level = 0;
  };

  void take_flags(Batch& left) {
    if (!is_part_) return;
    flags_.swap(left.columns.back());
    left.columns.pop_back();
  }

  void build(const Batch& left) {
    if (right_.for_batch) {
      table_.clear();
      table_.build(*right_.for_batch(left), false);
    } else if (right_.once) {
      if (!table_.build(*right_.once, true)) split();
      right_.once.reset();
    }
  }

  /// Makes room on disk for left rows, and puts right rows that are not in the table there.
  void split() {
    const JoinColumns& columns = table_.columns();
    const bool by_hash = columns.are_bound && level_ < SpilledRows::most_levels;
    left_rows_ = std::make_unique<SpilledRows>(context_, columns.left_width + 1, by_hash ? SpilledRows::usual_parts : 1);
    if (by_hash) {
      right_rows_ = std::make_unique<SpilledRows>(context_, columns.right_width, SpilledRows::usual_parts);
      Batch batch;
      while (right_.once->next(batch)) {
        for (std::size_t row = 0; row < batch.size; ++row) put_off_right(batch, row);
      }
      right_rows_->finish();
    } else {
      rest_ = std::move(right_.once);
    }
  }

  void put_off_right(const Batch& right, std::size_t row) {
    PartOfRow of_row(level_);
    for (const auto& [other, column] : table_.columns().shared) of_row.add(right.columns[column][row]);
    row_.clear();
    for (const auto& column : right.columns) row_.push_back(column[row]);
    right_rows_->add(of_row.part(), row_);
  }

  [[nodiscard]] bool next_part() {
    close_part();
    if (parts_.empty()) return false;
    Part& part = parts_.back();
    left_ = std::move(part.left);
    right_.once = std::move(part.right);
    level_ = part.level;
    parts_.pop_back();
    table_.clear();
    is_part_ = true;
    return true;
  }

  /// What was put off becomes parts to join.
  void close_part() {
    if (!left_rows_) return;
    left_rows_->finish();
    for (std::size_t i = 0; i < left_rows_->parts(); ++i) {
      if (left_rows_->rows(i) == 0) continue;
      parts_.push_back({left_rows_->read(i), right_rows_ ? right_rows_->read(i) : std::move(rest_),
                        level_ + (right_rows_ ? 1U : 0U)});
    }
    left_rows_.reset();
    right_rows_.reset();
    rest_.reset();
  }

  Context& context_;
  OperatorPtr left_;
  RightSide right_;  ///< `once` until it is read
  Table& table_;
  bool keeps_unmatched_;

  unsigned level_ = 0;                       ///< how often the sides have been split
  bool is_part_ = false;                     ///< left rows come with flags in a last column
  std::vector<store::TermId> flags_;         ///< of the batch: `met` where a row matched before
  std::unique_ptr<SpilledRows> left_rows_;   ///< that are put off, with flags
  std::unique_ptr<SpilledRows> right_rows_;  ///< that were not in the table, or
  OperatorPtr rest_;                         ///< what gives them
  std::vector<Part> parts_;                  ///< that are yet to be joined
  std::vector<store::TermId> row_;
};

/// Both sides of a semi-join, whose left rows keep their order. When memory is full of right rows, the left rows go to
/// disk and are looked up once more for each time that the right side fills the memory. One thread; context and table
/// must outlive it.
template <typename Table>
class SemiJoinSides {
 public:
  /// Sets for each left row whether the table has a match.
  using Match = std::function<void(const Batch& left, std::vector<char>& matched)>;

  SemiJoinSides(Context& context, OperatorPtr left, RightSide right, Table& table, Match match)
      : context_(context),
        left_(std::move(left)),
        right_(std::move(right)),
        table_(table),
        match_(std::move(match)),
        charge_(*context.budget) {}

  /// Reads the next left rows, and tells which of them match.
  [[nodiscard]] bool next(Batch& left, std::vector<char>& matched) {
    if (!left_->next(left)) return false;
    if (right_.for_batch) {
      table_.clear();
      table_.build(*right_.for_batch(left), false);
    } else if (right_.once) {
      // Rows without columns need no disk: there is nothing to tell them apart, and the right side may well end early.
      if (!table_.build(*right_.once, table_.columns().left_width > 0)) {
        mark_all(left);
        if (!left_->next(left)) return false;
      }
      right_.once.reset();
    }
    if (!marks_.empty()) {
      take_marks(left.size, matched);
    } else {
      match_(left, matched);
    }
    return true;
  }

 private:
  /// Looks all left rows up, those of the first batch and the others, in all of the right side.
  void mark_all(Batch& left) {
    SpilledRows rows(context_, table_.columns().left_width, 1);
    std::vector<store::TermId> row;
    do {
      context_.budget->check();
      mark(left, marks_.size());
      for (std::size_t i = 0; i < left.size; ++i) {
        row.clear();
        for (const auto& column : left.columns) row.push_back(column[i]);
        rows.add(0, row);
      }
    } while (left_->next(left));
    rows.finish();
    for (bool is_last = false; !is_last;) {
      table_.clear();
      is_last = table_.build(*right_.once, true);
      if (table_.size() == 0) break;
      std::size_t at = 0;
      for (const auto again = rows.read(0); again->next(left); at += left.size) mark(left, at);
    }
    table_.clear();
    left_ = rows.read(0);
  }

  /// @param first  the number of the batch's first row.
  void mark(const Batch& left, std::size_t first) {
    match_(left, matched_);
    if (marks_.size() < first + left.size) {
      marks_.resize(first + left.size);
      charge_.set(marks_.capacity() / 8);
    }
    for (std::size_t i = 0; i < left.size; ++i) {
      if (matched_[i] != 0) marks_[first + i] = true;
    }
  }

  void take_marks(std::size_t rows, std::vector<char>& matched) {
    matched.resize(rows);
    for (std::size_t i = 0; i < rows; ++i) matched[i] = marks_[at_ + i] ? 1 : 0;
    at_ += rows;
  }

  Context& context_;
  OperatorPtr left_;
  RightSide right_;  ///< `once` until it is read
  Table& table_;
  Match match_;
  std::vector<bool> marks_;  ///< of all left rows, if the right side did not fit
  std::size_t at_ = 0;       ///< how many of them were handed out
  std::vector<char> matched_;
  base::Charge charge_;
};

}  // namespace scenograph::sparql
