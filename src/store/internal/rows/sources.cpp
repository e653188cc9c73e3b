#include "store/internal/rows/sources.hpp"

#include <algorithm>
#include <utility>

namespace scenograph::store::internal {

namespace {

class RunRows final : public RowSource {
 public:
  RunRows(std::shared_ptr<const Run> run, std::uint64_t first, std::uint64_t end)
      : run_(std::move(run)), at_(first), end_(end) {}

  std::size_t read(std::size_t most, const ColumnTargets& columns) override {
    if (at_ == end_) return 0;
    const std::size_t got =
        run_->read(at_, static_cast<std::size_t>(std::min<std::uint64_t>(most, end_ - at_)), columns);
    at_ += got;
    return got;
  }

  void seek(const Row& at_least) override { at_ = std::clamp(run_->lower_bound(at_least), at_, end_); }

  std::uint64_t certain_below(const Row& key) const override {
    return std::min(run_->certain_below(at_, key), end_ - at_);
  }

 private:
  std::shared_ptr<const Run> run_;
  std::uint64_t at_;
  std::uint64_t end_;
};

class SortedRows final : public RowSource {
 public:
  explicit SortedRows(std::span<const Row> rows) : rows_(rows) {}

  std::size_t read(std::size_t most, const ColumnTargets& columns) override {
    const std::size_t count = std::min(most, rows_.size());
    for (std::size_t c = 0; c < 4; ++c) {
      if (columns[c] == nullptr) continue;
      for (std::size_t i = 0; i < count; ++i) columns[c][i] = rows_[i][c];
    }
    rows_ = rows_.subspan(count);
    return count;
  }

  void seek(const Row& at_least) override {
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), at_least);
    rows_ = rows_.subspan(static_cast<std::size_t>(at - rows_.begin()));
  }

 private:
  std::span<const Row> rows_;
};

}  // namespace

std::unique_ptr<RowSource> no_rows() { return std::make_unique<SortedRows>(std::span<const Row>()); }

std::unique_ptr<RowSource> run_rows(std::shared_ptr<const Run> run, std::uint64_t first, std::uint64_t end) {
  return std::make_unique<RunRows>(std::move(run), first, end);
}

std::unique_ptr<RowSource> sorted_rows(std::span<const Row> rows) { return std::make_unique<SortedRows>(rows); }

}  // namespace scenograph::store::internal
