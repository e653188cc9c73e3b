#include "store/internal/edits.hpp"

#include <algorithm>
#include <iterator>

#include "store/internal/rows/sources.hpp"

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
  const auto [at, is_new] = net_.try_emplace(quad, added);
  if (is_new && added) ++added_;
  if (!is_new) {
    if (at->second) --added_;
    net_.erase(at);
  }
  if (logging_) log_.push_back({quad, added});
}

int EditSet::sign(const QuadId& quad) const {
  const auto at = net_.find(quad);
  if (at == net_.end()) return 0;
  return at->second ? 1 : -1;
}

std::span<const Row> EditSet::rows(Order order, Sign sign) const {
  Sorted& sorted = orders_[static_cast<std::size_t>(order)];
  if (!sorted.built) {
    sorted = build(order);
    logging_ = true;
  } else if (sorted.applied < log_.size()) {
    bring_up_to_date(sorted, order);
  }
  return sign == Sign::Added ? sorted.added : sorted.removed;
}

const EditSet::Sorted* EditSet::any_up_to_date(Order& order) const {
  for (std::size_t i = 0; i < order_count; ++i) {
    order = static_cast<Order>(i);
    if (orders_[i].built && orders_[i].applied == log_.size()) return &orders_[i];
  }
  return nullptr;
}

/// From another order if there is one: the table of what remains is all over the memory.
EditSet::Sorted EditSet::build(Order order) const {
  Sorted sorted;
  sorted.built = true;
  sorted.applied = log_.size();
  sorted.added.reserve(added_);
  sorted.removed.reserve(net_.size() - added_);
  Order other{};
  if (const Sorted* source = any_up_to_date(other)) {
    for (const Row& row : source->added) sorted.added.push_back(reorder(row, other, order));
    for (const Row& row : source->removed) sorted.removed.push_back(reorder(row, other, order));
  } else {
    for (const auto& [quad, added] : net_) (added ? sorted.added : sorted.removed).push_back(row_of(quad, order));
  }
  std::sort(sorted.added.begin(), sorted.added.end());
  std::sort(sorted.removed.begin(), sorted.removed.end());
  return sorted;
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
  const auto balance = [&](Order order, const RowRange& range) {
    return static_cast<std::int64_t>(within(rows(order, Sign::Added), range).size()) -
           static_cast<std::int64_t>(within(rows(order, Sign::Removed), range).size());
  };
  if (net_.empty()) return 0;
  if (counter == Counter::Quads) return balance(Order::Spog, {});
  if (counter == Counter::Predicate) return balance(Order::Psog, {{id.bits()}, 1});
  if (counter == Counter::Graph) return balance(Order::Gspo, {{id.bits()}, 1});
  return 0;
}

std::vector<Edit> EditSet::edits() const {
  std::vector<Edit> edits;
  edits.reserve(net_.size());
  for (const auto& [quad, added] : net_) edits.push_back({quad, added});
  return edits;
}

void EditSet::hold_only(Order order) {
  static_cast<void>(rows(order, Sign::Added));
  for (std::size_t i = 0; i < order_count; ++i) {
    if (static_cast<Order>(i) != order) orders_[i] = {};
  }
}

void EditSet::clear() { *this = {}; }

RowsOf one_order_at_a_time(EditSet& edits) {
  return [&edits](Order order, Sign sign) {
    edits.hold_only(order);
    return sorted_rows(edits.rows(order, sign));
  };
}

}  // namespace scenograph::store::internal
