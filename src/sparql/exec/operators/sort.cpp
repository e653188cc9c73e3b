#include "sparql/exec/operators/sort.hpp"

#include <algorithm>
#include <compare>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "sparql/exec/operators/sorted_runs.hpp"
#include "store/inline_value.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

/// Compares rows by their terms, read one by one: for merging runs.
class TermOrder final : public SortedRuns::Order {
 public:
  TermOrder(Context& context, const std::vector<SortKey>& keys) : context_(context), keys_(keys) {}

  void set(std::size_t run, SortedRuns::Row row) override {
    if (run >= rows_.size()) rows_.resize(run + 1);
    Present& present = rows_[run];
    present.ids.assign(row.begin(), row.end());
    present.keys.resize(keys_.size());
    for (std::size_t i = 0; i < keys_.size(); ++i) set(present.keys[i], row[keys_[i].column]);
  }

  [[nodiscard]] bool before(std::size_t a, std::size_t b) const override {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const auto order = compare(rows_[a].keys[i], rows_[b].keys[i]);
      if (order != 0) return (order < 0) != keys_[i].descending;
    }
    return rows_[a].ids < rows_[b].ids;
  }

 private:
  struct Key {
    TermId id;
    std::optional<std::uint64_t> number;
    Value value;
  };
  struct Present {
    std::vector<TermId> ids;
    std::vector<Key> keys;
  };

  void set(Key& key, TermId id) {
    if (key.id == id && !id.is_undefined()) return;
    key.id = id;
    key.number = store::value_key(id);
    key.value = context_.terms.value(id);
  }

  static std::strong_ordering compare(const Key& a, const Key& b) {
    if (a.id == b.id) return std::strong_ordering::equal;
    if (a.number && b.number && a.id.kind() == b.id.kind()) return *a.number <=> *b.number;
    return sort_order(a.value, b.value);
  }

  Context& context_;
  std::vector<SortKey> keys_;
  std::vector<Present> rows_;
};

class Sort final : public Operator {
 public:
  Sort(Context& context, OperatorPtr input, std::size_t width, std::vector<SortKey> keys, std::uint64_t limit)
      : context_(context),
        input_(std::move(input)),
        keys_(std::move(keys)),
        limit_(limit),
        columns_(width),
        runs_(context, width),
        charge_(*context.budget) {}

  bool next(Batch& batch) override {
    if (input_) read();
    batch.reset(columns_.size());
    context_.budget->check();
    if (!runs_.empty()) {
      runs_.read(batch, limit_ - at_);
      at_ += batch.size;
      return batch.size > 0;
    }
    const std::size_t end = std::min(at_ + Batch::capacity, order_.size());
    for (; at_ < end; ++at_) {
      for (std::size_t i = 0; i < columns_.size(); ++i) batch.columns[i].push_back(columns_[i][order_[at_]]);
      ++batch.size;
    }
    return batch.size > 0;
  }

 private:
  static constexpr std::size_t text_bytes = sizeof(Value) + 48;  ///< about, of a key's value with its text

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
      count_texts(batch);
      if (rows_ > most) shrink();
      if (context_.budget->should_spill(charge_.bytes() + texts_ * text_bytes)) spill();
    }
    input_.reset();
    if (runs_.empty()) return sort();
    spill();
    runs_.merge(std::make_unique<TermOrder>(context_, keys_));
  }

  /// Writes the rows as a sorted run.
  void spill() {
    if (rows_ == 0) return;
    sort();
    runs_.add(columns_, order_);
    for (auto& column : columns_) std::vector<TermId>().swap(column);
    std::vector<std::size_t>().swap(order_);
    rows_ = 0;
    texts_ = 0;
    charge_.set(0);
  }

  /// Counts keys that ids do not tell: their values are held while rows are sorted.
  void count_texts(const Batch& batch) {
    for (const SortKey& key : keys_) {
      const auto& column = batch.columns[key.column];
      texts_ += static_cast<std::size_t>(
          std::count_if(column.begin(), column.end(), [](TermId id) { return !store::value_key(id); }));
    }
  }

  /// Keeps only the first `limit` rows.
  void shrink() {
    sort();
    keep(order_);
  }

  void keep(const std::vector<std::size_t>& rows) {
    texts_ = std::min(texts_, keys_.size() * rows.size());
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
  std::size_t texts_ = 0;
  SortedRuns runs_;  ///< what did not fit in memory
  base::Charge charge_;
};

}  // namespace

OperatorPtr make_sort(Context& context, OperatorPtr input, std::size_t width, std::vector<SortKey> keys,
                      std::uint64_t limit) {
  return std::make_unique<Sort>(context, std::move(input), width, std::move(keys), limit);
}

}  // namespace scenograph::sparql
