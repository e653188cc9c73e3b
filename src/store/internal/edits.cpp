#include "store/internal/edits.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "store/internal/rows/sources.hpp"
#include "store/internal/rows/stable_order.hpp"

namespace scenograph::store::internal {

namespace {

std::vector<Row> without(const std::vector<Row>& rows, const std::vector<Row>& gone) {
  std::vector<Row> kept;
  kept.reserve(rows.size());
  std::set_difference(rows.begin(), rows.end(), gone.begin(), gone.end(), std::back_inserter(kept));
  return kept;
}

/// Takes `fresh` in; what `opposite` holds cancels out instead.
void take(std::vector<Row>& rows, std::vector<Row>& opposite, std::vector<Row>& fresh) {
  if (fresh.empty()) return;
  std::vector<Row> cancelled;
  std::set_intersection(fresh.begin(), fresh.end(), opposite.begin(), opposite.end(), std::back_inserter(cancelled));
  if (!cancelled.empty()) {
    opposite = without(opposite, cancelled);
    fresh = without(fresh, cancelled);
  }
  if (rows.empty()) {
    rows = std::move(fresh);
    return;
  }
  const auto middle = static_cast<std::ptrdiff_t>(rows.size());
  rows.insert(rows.end(), fresh.begin(), fresh.end());
  std::inplace_merge(rows.begin(), rows.begin() + middle, rows.end());
}

/// What remains of signed rows, sorted, after those that undo each other.
struct Net {
  std::vector<Row> added;
  std::vector<Row> removed;
};

Net net_of(std::vector<std::pair<Row, int>> changes) {
  std::sort(changes.begin(), changes.end());
  Net net;
  for (std::size_t i = 0; i < changes.size();) {
    const Row& row = changes[i].first;
    int sum = 0;
    for (; i < changes.size() && changes[i].first == row; ++i) sum += changes[i].second;
    if (sum > 0) net.added.push_back(row);
    if (sum < 0) net.removed.push_back(row);
  }
  return net;
}

}  // namespace

void EditSet::apply(const QuadId& quad, bool added) {
  const int before = sign(quad);
  assert(before != (added ? 1 : -1));
  if (added) {
    before < 0 ? --removed_ : ++added_;
  } else {
    before > 0 ? --added_ : ++removed_;
  }
  const auto [at, is_new] = latest_.try_emplace(quad, added);
  if (!is_new) latest_.erase(at);
  if (logging_) log_.push_back({quad, added});
}

void EditSet::apply_all(std::vector<Row> rows, bool added) {
  settle();
  drop_others(Order::Spog);
  Sorted& all = spog();
  if (added) {
    take(all.added, all.removed, rows);
  } else {
    take(all.removed, all.added, rows);
  }
  added_ = all.added.size();
  removed_ = all.removed.size();
}

int EditSet::sign(const QuadId& quad) const {
  const auto at = latest_.find(quad);
  const int latest = at == latest_.end() ? 0 : at->second ? 1 : -1;
  const Sorted& all = spog();
  const Row row = row_of(quad, Order::Spog);
  if (std::binary_search(all.added.begin(), all.added.end(), row)) return 1 + latest;
  if (std::binary_search(all.removed.begin(), all.removed.end(), row)) return latest - 1;
  return latest;
}

std::span<const Row> EditSet::rows(Order order, Sign sign) const {
  settle();
  Sorted& sorted = orders_[static_cast<std::size_t>(order)];
  if (order != Order::Spog) {
    if (!sorted.built) {
      sorted = build(order);
      logging_ = true;
    } else if (sorted.applied < log_.size()) {
      bring_up_to_date(sorted, order);
    }
  }
  return sign == Sign::Added ? sorted.added : sorted.removed;
}

/// Takes the latest edits into the rows of Spog.
void EditSet::settle() const {
  if (latest_.empty()) return;
  std::vector<Row> added;
  std::vector<Row> removed;
  for (const auto& [quad, is_added] : latest_) (is_added ? added : removed).push_back(row_of(quad, Order::Spog));
  std::sort(added.begin(), added.end());
  std::sort(removed.begin(), removed.end());
  Sorted& all = spog();
  take(all.added, all.removed, added);
  take(all.removed, all.added, removed);
  latest_.clear();
}

/// The order to make another from: one that is a single pass away, if there is one.
Order EditSet::best_source(Order order) const {
  for (std::size_t i = 0; i < order_count; ++i) {
    const auto from = static_cast<Order>(i);
    const bool has_all = from == Order::Spog || (orders_[i].built && orders_[i].applied == log_.size());
    if (has_all && is_one_pass_from(from, order)) return from;
  }
  return Order::Spog;
}

EditSet::Sorted EditSet::build(Order order) const {
  const Order from = best_source(order);
  const Sorted& source = orders_[static_cast<std::size_t>(from)];
  const auto sorted = [&](const std::vector<Row>& rows) {
    if (is_one_pass_from(from, order)) return sort_in_one_pass(rows, from, order);
    std::vector<Row> reordered;
    reordered.reserve(rows.size());
    for (const Row& row : rows) reordered.push_back(reorder(row, from, order));
    std::sort(reordered.begin(), reordered.end());
    return reordered;
  };
  return {true, log_.size(), sorted(source.added), sorted(source.removed)};
}

void EditSet::bring_up_to_date(Sorted& sorted, Order order) const {
  std::vector<std::pair<Row, int>> changes;
  changes.reserve(log_.size() - sorted.applied);
  for (std::size_t i = sorted.applied; i < log_.size(); ++i) {
    changes.emplace_back(row_of(log_[i].quad, order), log_[i].added ? 1 : -1);
  }
  Net net = net_of(std::move(changes));
  take(sorted.added, sorted.removed, net.added);
  take(sorted.removed, sorted.added, net.removed);
  sorted.applied = log_.size();
}

std::int64_t EditSet::count_change(Counter counter, TermId id) const {
  const auto balance = [&](Order order) {
    const RowRange range{{id.bits()}, 1};
    return static_cast<std::int64_t>(within(rows(order, Sign::Added), range).size()) -
           static_cast<std::int64_t>(within(rows(order, Sign::Removed), range).size());
  };
  if (size() == 0) return 0;
  if (counter == Counter::Quads) return static_cast<std::int64_t>(added_) - static_cast<std::int64_t>(removed_);
  if (counter == Counter::Predicate) return balance(Order::Psog);
  if (counter == Counter::Graph) return balance(Order::Gspo);
  return 0;
}

std::vector<Edit> EditSet::edits() const {
  settle();
  std::vector<Edit> edits;
  edits.reserve(size());
  for (const Row& row : spog().added) edits.push_back({quad_of(row), true});
  for (const Row& row : spog().removed) edits.push_back({quad_of(row), false});
  return edits;
}

void EditSet::hold_only(Order order) {
  static_cast<void>(rows(order, Sign::Added));
  drop_others(order);
}

/// Gives back all orders but Spog and this one, which has all edits.
void EditSet::drop_others(Order order) {
  for (std::size_t i = 0; i < order_count; ++i) {
    const auto other = static_cast<Order>(i);
    if (other != order && other != Order::Spog) orders_[i] = {};
    orders_[i].applied = 0;
  }
  log_.clear();
  logging_ = order != Order::Spog;
}

void EditSet::clear() { *this = {}; }

RowsOf one_order_at_a_time(EditSet& edits, std::function<void(Order)> on_order) {
  return [&edits, on_order = std::move(on_order)](Order order, Sign sign) -> std::unique_ptr<RowSource> {
    const std::size_t count = sign == Sign::Added ? edits.added() : edits.size() - edits.added();
    if (count == 0) return nullptr;
    edits.hold_only(order);
    if (on_order) on_order(order);
    return sorted_rows(edits.rows(order, sign));
  };
}

}  // namespace scenograph::store::internal
