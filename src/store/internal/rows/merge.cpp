#include "store/internal/rows/merge.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "store/internal/rows/sources.hpp"

namespace scenograph::store::internal {

namespace {

/// An input with some rows read ahead.
class Input {
 public:
  Input(SignedRows input, std::size_t bound)
      : sign_(static_cast<int>(input.sign)),
        bound_(bound),
        source_(std::move(input.rows)),
        room_(static_cast<std::size_t>(std::min<std::uint64_t>(input.size, block_rows))),
        numbers_(std::make_unique_for_overwrite<std::uint64_t[]>(room_ * 4)) {
    refill();
  }

  [[nodiscard]] int sign() const { return sign_; }
  [[nodiscard]] std::size_t left() const { return size_ - at_; }

  /// The next row. REQUIRES: there are some `left`.
  [[nodiscard]] const Row& head() const { return head_; }

  /// How many of the next `most` rows are less than `key`. Cost: logarithmic in it.
  [[nodiscard]] std::size_t count_below(const Row& key, std::size_t most) const {
    std::size_t below = 0;
    std::size_t step = 1;
    while (below + step <= most && is_below(at_ + below + step - 1, key)) {
      below += step;
      step *= 2;
    }
    for (std::size_t limit = std::min(below + step - 1, most); below < limit;) {
      const std::size_t middle = below + (limit - below) / 2;
      if (is_below(at_ + middle, key)) {
        below = middle + 1;
      } else {
        limit = middle;
      }
    }
    return below;
  }

  void copy(std::size_t count, const ColumnTargets& columns, std::size_t to) const {
    for (std::size_t c = 0; c < 4; ++c) {
      if (columns[c] == nullptr) continue;
      const std::uint64_t* const from = column(c) + at_;
      if (count == 1) {
        columns[c][to] = *from;
      } else {
        std::memcpy(columns[c] + to, from, count * sizeof(std::uint64_t));
      }
    }
  }

  void advance(std::size_t count) {
    at_ += count;
    if (at_ < size_) take_head();
  }

  /// Reads ahead; nothing is `left` at the end. REQUIRES: nothing is left.
  void refill() {
    at_ = 0;
    size_ = source_->read(std::min(ahead_, room_), {column(0), column(1), column(2), column(3)});
    ahead_ = std::min(ahead_ * ahead_growth, block_rows);
    if (size_ > 0) take_head();
  }

  /// Moves to the first row that is `at_least` or more, if there is one.
  void seek(const Row& at_least) {
    if (left() > 0) {
      at_ += count_below(at_least, left());
      if (left() > 0) return take_head();
    }
    source_->seek(at_least);
    ahead_ = first_ahead;
    refill();
  }

  /// What was not read ahead. REQUIRES: nothing is `left`.
  [[nodiscard]] RowSource& rest() { return *source_; }

 private:
  // Few rows are read at first, since a seek may pass over most.
  static constexpr std::size_t first_ahead = 64;
  static constexpr std::size_t ahead_growth = 4;

  [[nodiscard]] std::uint64_t* column(std::size_t c) const { return numbers_.get() + c * room_; }

  [[nodiscard]] bool is_below(std::size_t i, const Row& key) const {
    for (std::size_t c = bound_; c < 4; ++c) {
      const std::uint64_t member = column(c)[i];
      if (member != key[c]) return member < key[c];
    }
    return false;
  }

  void take_head() {
    for (std::size_t c = 0; c < 4; ++c) head_[c] = column(c)[at_];
  }

  int sign_;
  std::size_t bound_;
  std::unique_ptr<RowSource> source_;
  std::size_t room_;
  std::unique_ptr<std::uint64_t[]> numbers_;  ///< four columns of `room_`
  std::size_t ahead_ = first_ahead;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  Row head_{};
};

class MergedRows final : public RowSource {
 public:
  MergedRows(std::vector<SignedRows> inputs, Sign wanted, std::size_t bound)
      : wanted_(static_cast<int>(wanted)), bound_(bound) {
    inputs_.reserve(inputs.size());
    for (SignedRows& input : inputs) inputs_.emplace_back(std::move(input), bound);
    line_up();
  }

  std::size_t read(std::size_t most, const ColumnTargets& columns) override {
    std::size_t produced = 0;
    while (produced < most && !queue_.empty()) {
      Input& first = *queue_.front();
      if (first.left() == 0) {
        const std::size_t certain = first.sign() == wanted_ ? first.rest().certain_below(limit()) : 0;
        if (certain > 0 && produced > 0) break;
        if (certain > 0) return first.rest().read(std::min(certain, most), columns);
        first.refill();
        requeue_first();
      } else if (queue_.size() > 1 && queue_[1]->head() == first.head()) {
        produced += settle(columns, produced);
      } else {
        produced += take_stretch(most - produced, columns, produced);
      }
    }
    return produced;
  }

  void seek(const Row& at_least) override {
    for (Input* input : queue_) {
      if (input->left() == 0 || is_less(input->head(), at_least)) input->seek(at_least);
    }
    line_up();
  }

 private:
  [[nodiscard]] bool is_less(const Row& a, const Row& b) const {
    for (std::size_t c = bound_; c < 4; ++c) {
      if (a[c] != b[c]) return a[c] < b[c];
    }
    return false;
  }

  /// The first row of the inputs after the first one, or more than any.
  [[nodiscard]] Row limit() const { return queue_.size() > 1 ? queue_[1]->head() : RowRange{}.upper(); }

  /// Rows that only the first input has. @return how many were written.
  std::size_t take_stretch(std::size_t most, const ColumnTargets& columns, std::size_t to) {
    Input& first = *queue_.front();
    std::size_t count = std::min(most, first.left());
    if (queue_.size() > 1) count = first.count_below(queue_[1]->head(), count);
    const bool wanted = first.sign() == wanted_;
    if (wanted) first.copy(count, columns, to);
    first.advance(count);
    if (first.left() > 0) requeue_first();
    return wanted ? count : 0;
  }

  /// A row that several inputs have. @return whether it was written.
  std::size_t settle(const ColumnTargets& columns, std::size_t to) {
    const Row row = queue_.front()->head();
    int sum = 0;
    while (!queue_.empty() && queue_.front()->head() == row) {
      Input& input = *queue_.front();
      sum += input.sign();
      input.advance(1);
      if (input.left() == 0) input.refill();
      requeue_first();
    }
    if (sum != wanted_) return 0;
    for (std::size_t c = 0; c < 4; ++c) {
      if (columns[c] != nullptr) columns[c][to] = row[c];
    }
    return 1;
  }

  /// Moves the first input to where its next row belongs; out, if it has none.
  void requeue_first() {
    Input* const input = queue_.front();
    if (input->left() == 0) {
      queue_.erase(queue_.begin());
      return;
    }
    std::size_t place = 0;
    for (; place + 1 < queue_.size() && is_less(queue_[place + 1]->head(), input->head()); ++place) {
      queue_[place] = queue_[place + 1];
    }
    queue_[place] = input;
  }

  void line_up() {
    queue_.clear();
    for (Input& input : inputs_) {
      if (input.left() > 0) queue_.push_back(&input);
    }
    std::sort(queue_.begin(), queue_.end(),
              [&](const Input* a, const Input* b) { return is_less(a->head(), b->head()); });
  }

  int wanted_;
  std::size_t bound_;
  std::vector<Input> inputs_;
  std::vector<Input*> queue_;  ///< those not at their end by their next rows; only the first may have none left
};

}  // namespace

std::unique_ptr<RowSource> merge_rows(std::vector<SignedRows> inputs, Sign wanted, std::size_t bound) {
  const bool any = std::any_of(inputs.begin(), inputs.end(), [&](const SignedRows& in) { return in.sign == wanted; });
  if (!any) return no_rows();
  if (inputs.size() == 1) return std::move(inputs.front().rows);
  return std::make_unique<MergedRows>(std::move(inputs), wanted, bound);
}

}  // namespace scenograph::store::internal
