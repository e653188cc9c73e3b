#include "sparql/exec/operators/sort.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "store/inline_value.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

class Sort final : public Operator {
 public:
  Sort(Context& context, OperatorPtr input, std::size_t width, std::vector<SortKey> keys, std::uint64_t limit)
      : context_(context),
        input_(std::move(input)),
        keys_(std::move(keys)),
        limit_(limit),
        columns_(width),
        charge_(*context.budget) {}

  bool next(Batch& batch) override {
    if (input_) read();
    batch.reset(columns_.size());
    context_.budget->check();
    const std::size_t end = std::min(at_ + Batch::capacity, order_.size());
    for (; at_ < end; ++at_) {
      for (std::size_t i = 0; i < columns_.size(); ++i) batch.columns[i].push_back(columns_[i][order_[at_]]);
      ++batch.size;
    }
    return batch.size > 0;
  }

 private:
  void read() {
    constexpr std::uint64_t least_kept = 65536;
    const std::uint64_t most = limit_ > UINT64_MAX / 4 ? UINT64_MAX : 2 * limit_ + least_kept;
    Batch batch;
    while (input_->next(batch)) {
      context_.budget->check();
      charge_.add(batch.size * (columns_.size() + 2 * keys_.size()) * sizeof(TermId));
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto begin = batch.columns[i].begin();
        columns_[i].insert(columns_[i].end(), begin, begin + static_cast<std::ptrdiff_t>(batch.size));
      }
      rows_ += batch.size;
      if (rows_ > most) shrink();
    }
    input_.reset();
    sort();
  }

  /// Keeps only the first `limit` rows.
  void shrink() {
    sort();
    keep(order_);
  }

  void keep(const std::vector<std::size_t>& rows) {
    for (auto& column : columns_) {
      std::vector<TermId> kept;
      kept.reserve(rows.size());
      for (const std::size_t row : rows) kept.push_back(column[row]);
      column = std::move(kept);
    }
    rows_ = rows.size();
    charge_.set(rows_ * (columns_.size() + 2 * keys_.size()) * sizeof(TermId));
  }

  /// Drops rows that the first key alone puts behind the limit, so that the other keys are looked at for few.
  void prune() {
    const bool descending = keys_.front().descending;
    const std::vector<std::uint64_t> first = numbers(keys_.front().column);
    std::vector<std::uint64_t> sorted(first);
    const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(limit_ - 1);
    const auto before = [&](std::uint64_t a, std::uint64_t b) { return descending ? a > b : a < b; };
    std::nth_element(sorted.begin(), last, sorted.end(), before);
    std::vector<std::size_t> kept;
    for (std::size_t row = 0; row < rows_; ++row) {
      if (!before(*last, first[row])) kept.push_back(row);
    }
    keep(kept);
  }

  /// Numbers that compare as the rows' terms in the key column do.
  std::vector<std::uint64_t> numbers(std::size_t key) {
    const auto& column = columns_[key];
    std::vector<std::uint64_t> out;
    out.reserve(column.size());
    for (const TermId id : column) {
      const auto number = store::value_key(id);
      if (!number || id.kind() != column.front().kind()) return ranks(key);
      out.push_back(*number);
    }
    return out;
  }

  /// The place of each row's term among the key column's distinct values.
  std::vector<std::uint64_t> ranks(std::size_t key) {
    const auto& column = columns_[key];
    std::vector<TermId> distinct(column);
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::vector<Value> values;
    values.reserve(distinct.size());
    base::Charge charge(*context_.budget);
    charge.set(distinct.size() * sizeof(Value));
    for (const TermId id : distinct) values.push_back(context_.terms.value(id));
    std::vector<std::uint32_t> sorted(distinct.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return sort_order(values[a], values[b]) < 0; });
    std::vector<std::uint32_t> rank(distinct.size());
    std::uint32_t last = 0;
    for (std::uint32_t i = 0; i < sorted.size(); ++i) {
      if (i > 0 && sort_order(values[sorted[i - 1]], values[sorted[i]]) != 0) last = i;
      rank[sorted[i]] = last;
    }
    std::vector<std::uint64_t> out;
    out.reserve(column.size());
    for (const TermId id : column) {
      const auto at = std::lower_bound(distinct.begin(), distinct.end(), id) - distinct.begin();
      out.push_back(rank[static_cast<std::size_t>(at)]);
    }
    return out;
  }

  void sort() {
    if (limit_ > 0 && limit_ < rows_ && keys_.size() > 1) prune();
    std::vector<std::vector<std::uint64_t>> key_numbers;
    for (const SortKey& key : keys_) key_numbers.push_back(numbers(key.column));
    context_.budget->check();
    order_.resize(rows_);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    const auto before = [&](std::size_t a, std::size_t b) {
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        const auto x = key_numbers[i][a];
        const auto y = key_numbers[i][b];
        if (x != y) return (x < y) != keys_[i].descending;
      }
      for (const auto& column : columns_) {
        if (column[a] != column[b]) return column[a] < column[b];
      }
      return a < b;
    };
    if (limit_ < order_.size()) {
      const auto middle = order_.begin() + static_cast<std::ptrdiff_t>(limit_);
      std::partial_sort(order_.begin(), middle, order_.end(), before);
      order_.erase(middle, order_.end());
    } else {
      std::sort(order_.begin(), order_.end(), before);
    }
  }

  Context& context_;
  OperatorPtr input_;
  std::vector<SortKey> keys_;
  std::uint64_t limit_;
  std::vector<std::vector<TermId>> columns_;
  std::size_t rows_ = 0;
  std::vector<std::size_t> order_;
  std::size_t at_ = 0;
  base::Charge charge_;
};

}  // namespace

OperatorPtr make_sort(Context& context, OperatorPtr input, std::size_t width, std::vector<SortKey> keys,
                      std::uint64_t limit) {
  return std::make_unique<Sort>(context, std::move(input), width, std::move(keys), limit);
}

}  // namespace scenograph::sparql
