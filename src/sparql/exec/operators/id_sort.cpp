#include "sparql/exec/operators/id_sort.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "base/stable_sorter.hpp"
#include "sparql/exec/operators/sorted_runs.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

class IdSort final : public Operator {
 public:
  IdSort(Context& context, OperatorPtr input, std::size_t width, std::size_t column)
      : context_(context),
        input_(std::move(input)),
        columns_(width),
        column_(column),
        runs_(context, width),
        charge_(*context.budget) {}

  bool next(Batch& batch) override {
    if (input_) read();
    batch.reset(columns_.size());
    context_.budget->check();
    if (!runs_.empty()) {
      runs_.read(batch, Batch::capacity);
      return batch.size > 0;
    }
    batch.size = std::min(Batch::capacity, order_.size() - at_);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      batch.columns[i].resize(batch.size);
      for (std::size_t row = 0; row < batch.size; ++row) batch.columns[i][row] = columns_[i][order_[at_ + row]];
    }
    at_ += batch.size;
    return batch.size > 0;
  }

 private:
  void read() {
    Batch batch;
    while (input_->next(batch)) {
      context_.budget->check();
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto begin = batch.columns[i].begin();
        columns_[i].insert(columns_[i].end(), begin, begin + static_cast<std::ptrdiff_t>(batch.size));
      }
      rows_ += batch.size;
      if (rows_ > UINT32_MAX) throw base::Error(base::Code::TooLarge, "a join has more than 4 billion rows");
      charge_.set(rows_ * (columns_.size() + 4) * sizeof(TermId));
      if (context_.budget->should_spill(charge_.bytes())) spill();
    }
    input_.reset();
    if (runs_.empty()) return sort();
    spill();
    runs_.merge(make_id_order(column_));
  }

  /// Writes the rows as a sorted run.
  void spill() {
    if (rows_ == 0) return;
    sort();
    runs_.add(columns_, order_);
    for (auto& column : columns_) std::vector<TermId>().swap(column);
    std::vector<std::uint32_t>().swap(order_);
    rows_ = 0;
    charge_.set(0);
  }

  /// By the ids' distances from the smallest, with the rows' numbers below them where 64 bits are enough for both.
  void sort() {
    const std::size_t rows = rows_;
    order_.resize(rows);
    std::iota(order_.begin(), order_.end(), 0U);
    const auto& ids = columns_[column_];
    if (std::is_sorted(ids.begin(), ids.end())) return;
    const auto [first, last] = std::minmax_element(ids.begin(), ids.end());
    const std::uint64_t least = first->bits();
    const auto row_bits = static_cast<unsigned>(std::bit_width(rows - 1));
    const auto id_bits = static_cast<unsigned>(std::bit_width(last->bits() - least));
    constexpr unsigned all_bits = 64;
    if (row_bits + id_bits > all_bits) {
      std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
      return;
    }
    std::vector<std::uint64_t> keys(rows);
    for (std::size_t row = 0; row < rows; ++row) keys[row] = ((ids[row].bits() - least) << row_bits) | row;
    base::StableSorter<std::uint64_t> sorter;
    const auto sorted =
        sorter.sort(std::span<const std::uint64_t>(keys), row_bits, id_bits, [&] { context_.budget->check(); });
    const std::uint64_t mask = (std::uint64_t{1} << row_bits) - 1;
    for (std::size_t row = 0; row < rows; ++row) order_[row] = static_cast<std::uint32_t>(sorted[row] & mask);
  }

  Context& context_;
  OperatorPtr input_;
  std::vector<std::vector<TermId>> columns_;
  std::size_t column_;
  std::size_t rows_ = 0;
  std::vector<std::uint32_t> order_;
  std::size_t at_ = 0;
  SortedRuns runs_;  ///< what did not fit in memory
  base::Charge charge_;
};

}  // namespace

OperatorPtr make_id_sort(Context& context, OperatorPtr input, std::size_t width, std::size_t column) {
  return std::make_unique<IdSort>(context, std::move(input), width, column);
}

}  // namespace scenograph::sparql
