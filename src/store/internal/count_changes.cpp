#include "store/internal/count_changes.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace scenograph::store::internal {

namespace {

using Changes = std::map<std::uint64_t, std::int64_t>;

/// So many rows are read in the time of one look-up.
constexpr std::uint64_t rows_per_lookup = 64;

/// Counts the visible rows of ranges in ascending order: reads on from one to the next where they lie close.
class AscendingCounter {
 public:
  AscendingCounter(const Layers& layers, Order order, std::uint64_t ranges) : layers_(layers), order_(order) {
    if (count_rows(layers, order, {}) / rows_per_lookup < ranges) {
      rows_ = visible_rows(layers, order, {});
      size_ = rows_->read(block_rows, block_.targets());
    }
  }

  /// REQUIRES: the range lies after those asked for before.
  std::uint64_t count(const RowRange& range) {
    if (!rows_) return count_rows(layers_, order_, range);
    if (!reach(range.lower())) return 0;
    const std::size_t end = first_not_below(range.upper());
    if (end == size_) return count_rows(layers_, order_, range);  // it may go on behind the block
    const std::size_t count = end - at_;
    at_ = end;
    return count;
  }

 private:
  /// Moves to the first row that is not below. @return false at the end.
  bool reach(const Row& row) {
    at_ = first_not_below(row);
    if (at_ < size_ || size_ == 0) return size_ > 0;
    rows_->seek(row);
    size_ = rows_->read(block_rows, block_.targets());
    at_ = 0;
    return size_ > 0;
  }

  /// From `at_` on, in the block. Mostly it is near.
  [[nodiscard]] std::size_t first_not_below(const Row& row) const {
    std::size_t step = 1;
    std::size_t low = at_;
    while (low + step < size_ && block_.row(low + step) < row) {
      low += step;
      step *= 2;
    }
    std::size_t high = std::min(low + step, size_);
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (block_.row(middle) < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  const Layers& layers_;
  Order order_;
  std::unique_ptr<RowSource> rows_;  ///< null: each range is looked up
  RowBlock block_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;  ///< of the block; 0 at the end
};

/// Adds up rows of both signs, both sorted, by their first `members` members: `take(key, change)` where that is not 0.
template <typename Take>
void for_each_group(const EditSet& edits, Order order, std::size_t members, Take take) {
  std::span<const Row> added = edits.rows(order, Sign::Added);
  std::span<const Row> removed = edits.rows(order, Sign::Removed);
  const auto key_of = [&](const Row& row) { return RowRange{row, members}.lower(); };
  while (!added.empty() || !removed.empty()) {
    Row key = key_of(added.empty() ? removed.front() : added.front());
    if (!removed.empty()) key = std::min(key, key_of(removed.front()));
    std::int64_t change = 0;
    for (; !added.empty() && key_of(added.front()) == key; added = added.subspan(1)) ++change;
    for (; !removed.empty() && key_of(removed.front()) == key; removed = removed.subspan(1)) --change;
    if (change != 0) take(key, change);
  }
}

/// -1 if the last of these rows goes, 1 if the first one comes, else 0.
int change_of_presence(std::uint64_t before, std::int64_t change) {
  const int was = before > 0 ? 1 : 0;
  const int is = static_cast<std::int64_t>(before) + change > 0 ? 1 : 0;
  return is - was;
}

/// Counts changes by one member of rows, wherever it stands in the order.
void count_members(const EditSet& edits, Order order, std::size_t member, Counter counter,
                   std::vector<CountChange>& changes) {
  Changes by_id;
  for (const Sign sign : {Sign::Added, Sign::Removed}) {
    auto last = by_id.end();
    for (const Row& row : edits.rows(order, sign)) {
      if (last == by_id.end() || last->first != row[member]) last = by_id.try_emplace(row[member], 0).first;
      last->second += static_cast<std::int64_t>(sign);
    }
  }
  for (const auto& [id, change] : by_id) {
    if (change != 0) changes.push_back({counter, TermId::from_bits(id), change});
  }
}

/// Of each id at `member` (0 or 1), the distinct ids at the other of the first two places that come or go.
void count_pairs(const Layers& before, const EditSet& edits, Order order, std::size_t member, Counter counter,
                 std::vector<CountChange>& changes) {
  Changes distinct;
  AscendingCounter counts(before, order, edits.size());
  for_each_group(edits, order, 2, [&](const Row& key, std::int64_t change) {
    if (const int presence = change_of_presence(counts.count({key, 2}), change)) distinct[key[member]] += presence;
  });
  for (const auto& [id, change] : distinct) changes.push_back({counter, TermId::from_bits(id), change});
}

/// Distinct first members that come or go.
void count_distinct(const Layers& before, const EditSet& edits, Order order, Counter counter,
                    std::vector<CountChange>& changes) {
  std::int64_t distinct = 0;
  AscendingCounter counts(before, order, edits.size());
  for_each_group(edits, order, 1, [&](const Row& key, std::int64_t change) {
    distinct += change_of_presence(counts.count({key, 1}), change);
  });
  if (distinct != 0) changes.push_back({counter, {}, distinct});
}

}  // namespace

ChangeCounter::ChangeCounter(const Layers& before, const EditSet& edits) : before_(before), edits_(edits) {
  const auto added = static_cast<std::int64_t>(edits.added());
  const auto removed = static_cast<std::int64_t>(edits.size()) - added;
  changes_.push_back({Counter::Quads, {}, added - removed});
}

void ChangeCounter::count(Order order) {
  if (std::exchange(is_counted_[static_cast<std::size_t>(order)], true)) return;
  if (order == Order::Spog) {
    count_members(edits_, order, 3, Counter::Graph, changes_);
    count_members(edits_, order, 1, Counter::Predicate, changes_);
    count_distinct(before_, edits_, order, Counter::AllSubjects, changes_);
  } else if (order == Order::Psog) {
    count_pairs(before_, edits_, order, 0, Counter::Subjects, changes_);
  } else if (order == Order::Opsg) {
    count_pairs(before_, edits_, order, 1, Counter::Objects, changes_);
    count_distinct(before_, edits_, order, Counter::AllObjects, changes_);
  }
}

std::vector<CountChange> ChangeCounter::finish() {
  for (const Order order : {Order::Spog, Order::Psog, Order::Opsg}) count(order);
  return std::move(changes_);
}

}  // namespace scenograph::store::internal
