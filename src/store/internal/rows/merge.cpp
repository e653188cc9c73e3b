#include "store/internal/rows/merge.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "store/internal/rows/sources.hpp"

namespace scenograph::store::internal {

namespace {

/// An input with a block of rows read ahead.
class Input {
 public:
  explicit Input(SignedRows input)
      : sign_(static_cast<int>(input.sign)), source_(std::move(input.rows)), block_(std::make_unique<RowBlock>()) {
    refill();
  }

  [[nodiscard]] bool at_end() const { return at_ == size_; }
  [[nodiscard]] int sign() const { return sign_; }
  [[nodiscard]] Row row() const { return block_->row(at_); }
  [[nodiscard]] std::size_t left() const { return size_ - at_; }

  void advance(std::size_t count = 1) {
    at_ += count;
    if (at_ == size_) refill();
  }

  /// How many of the next `most` rows are less than `key`, looking at members from `bound` on. Cost: logarithmic in it.
  [[nodiscard]] std::size_t count_below(const Row& key, std::size_t most, std::size_t bound) const {
    std::size_t below = 0;
    std::size_t step = 1;
    while (below + step <= most && is_below(at_ + below + step - 1, key, bound)) {
      below += step;
      step *= 2;
    }
    for (std::size_t limit = std::min(below + step - 1, most); below < limit;) {
      const std::size_t middle = below + (limit - below) / 2;
      if (is_below(at_ + middle, key, bound)) {
        below = middle + 1;
      } else {
        limit = middle;
      }
    }
    return below;
  }

  void copy(std::size_t count, const ColumnTargets& columns, std::size_t to) const {
    for (std::size_t c = 0; c < 4; ++c) {
      if (columns[c] != nullptr) std::memcpy(columns[c] + to, block_->column(c) + at_, count * sizeof(std::uint64_t));
    }
  }

  void seek(const Row& at_least) {
    if (at_end() || !(row() < at_least)) return;
    const std::size_t skip = count_below(at_least, left(), 0);
    if (skip == left()) source_->seek(at_least);
    advance(skip);
  }

 private:
  [[nodiscard]] bool is_below(std::size_t i, const Row& key, std::size_t bound) const {
    for (std::size_t c = bound; c < 4; ++c) {
      const std::uint64_t member = block_->column(c)[i];
      if (member != key[c]) return member < key[c];
    }
    return false;
  }

  void refill() {
    at_ = 0;
    size_ = source_->read(block_rows, block_->targets());
  }

  int sign_;
  std::unique_ptr<RowSource> source_;
  std::unique_ptr<RowBlock> block_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
};

class MergedRows final : public RowSource {
 public:
  MergedRows(std::vector<SignedRows> inputs, Sign wanted, std::size_t bound)
      : wanted_(static_cast<int>(wanted)), bound_(bound) {
    const auto largest =
        std::find_if(inputs.begin(), inputs.end(), [&](const SignedRows& input) { return input.sign == wanted; });
    std::rotate(inputs.begin(), largest, std::next(largest));
    for (SignedRows& input : inputs) inputs_.emplace_back(std::move(input));
    find_next();
  }

  std::size_t read(std::size_t most, const ColumnTargets& columns) override {
    std::size_t produced = 0;
    Input& main = inputs_.front();
    while (produced < most) {
      const std::size_t room = std::min(most - produced, main.left());
      const std::size_t alone = has_next_ ? main.count_below(next_, room, bound_) : room;
      if (alone > 0) {
        main.copy(alone, columns, produced);
        produced += alone;
        main.advance(alone);
      } else if (has_next_) {
        produced += settle(columns, produced);
      } else {
        break;
      }
    }
    return produced;
  }

  void seek(const Row& at_least) override {
    for (Input& input : inputs_) input.seek(at_least);
    find_next();
  }

 private:
  /// Decides about the next row of the inputs after the first. @return whether it was written.
  std::size_t settle(const ColumnTargets& columns, std::size_t to) {
    const Row row = next_;
    int sum = 0;
    for (Input& input : inputs_) {
      if (input.at_end() || input.row() != row) continue;
      sum += input.sign();
      input.advance();
    }
    find_next();
    if (sum != wanted_) return 0;
    for (std::size_t c = 0; c < 4; ++c) {
      if (columns[c] != nullptr) columns[c][to] = row[c];
    }
    return 1;
  }

  void find_next() {
    has_next_ = false;
    for (std::size_t i = 1; i < inputs_.size(); ++i) {
      if (inputs_[i].at_end()) continue;
      const Row row = inputs_[i].row();
      if (has_next_ && !(row < next_)) continue;
      next_ = row;
      has_next_ = true;
    }
  }

  int wanted_;
  std::size_t bound_;
  std::vector<Input> inputs_;
  bool has_next_ = false;
  Row next_{};
};

}  // namespace

std::unique_ptr<RowSource> merge_rows(std::vector<SignedRows> inputs, Sign wanted, std::size_t bound) {
  const auto wanted_inputs =
      std::count_if(inputs.begin(), inputs.end(), [&](const SignedRows& input) { return input.sign == wanted; });
  if (wanted_inputs == 0) return no_rows();
  if (inputs.size() == 1) return std::move(inputs.front().rows);
  return std::make_unique<MergedRows>(std::move(inputs), wanted, bound);
}

}  // namespace scenograph::store::internal
