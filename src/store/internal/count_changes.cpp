#include "store/internal/count_changes.hpp"

#include <map>

namespace scenograph::store::internal {

namespace {

using Changes = std::map<std::uint64_t, std::int64_t>;

/// Adds up rows of both signs, both sorted, by their first `members` members.
template <typename Take>
void for_each_group(std::span<const Row> added, std::span<const Row> removed, std::size_t members, Take take) {
  const auto key_of = [&](const Row& row) { return RowRange{row, members}.lower(); };
  while (!added.empty() || !removed.empty()) {
    Row key = key_of(added.empty() ? removed.front() : added.front());
    if (!removed.empty()) key = std::min(key, key_of(removed.front()));
    std::int64_t change = 0;
    for (; !added.empty() && key_of(added.front()) == key; added = added.subspan(1)) ++change;
    for (; !removed.empty() && key_of(removed.front()) == key; removed = removed.subspan(1)) --change;
    take(key, change);
  }
}

void count_first_members(const EditSet& edits, Order order, Counter counter, std::vector<CountChange>& changes) {
  for_each_group(edits.rows(order, Sign::Added), edits.rows(order, Sign::Removed), 1,
                 [&](const Row& key, std::int64_t change) {
                   if (change != 0) changes.push_back({counter, TermId::from_bits(key[0]), change});
                 });
}

/// Distinct second members of each first one that come or go.
void count_pairs(const Layers& before, const EditSet& edits, Order order, Counter counter,
                 std::vector<CountChange>& changes) {
  Changes distinct;
  for_each_group(edits.rows(order, Sign::Added), edits.rows(order, Sign::Removed), 2,
                 [&](const Row& key, std::int64_t change) {
                   if (change == 0) return;
                   const auto count = static_cast<std::int64_t>(count_rows(before, order, {key, 2}));
                   if (count == 0) ++distinct[key[0]];
                   if (count + change == 0) --distinct[key[0]];
                 });
  for (const auto& [id, change] : distinct) changes.push_back({counter, TermId::from_bits(id), change});
}

/// Distinct first members that come or go.
void count_distinct(const Layers& before, const EditSet& edits, Order order, Counter counter,
                    std::vector<CountChange>& changes) {
  std::int64_t distinct = 0;
  for_each_group(edits.rows(order, Sign::Added), edits.rows(order, Sign::Removed), 1,
                 [&](const Row& key, std::int64_t change) {
                   if (change == 0) return;
                   const auto count = static_cast<std::int64_t>(count_rows(before, order, {key, 1}));
                   if (count == 0) ++distinct;
                   if (count + change == 0) --distinct;
                 });
  if (distinct != 0) changes.push_back({counter, {}, distinct});
}

}  // namespace

std::vector<CountChange> count_changes(const Layers& before, EditSet& edits) {
  std::vector<CountChange> changes;
  const auto added = static_cast<std::int64_t>(edits.added());
  const auto removed = static_cast<std::int64_t>(edits.size()) - added;
  changes.push_back({Counter::Quads, {}, added - removed});
  edits.hold_only(Order::Gspo);
  count_first_members(edits, Order::Gspo, Counter::Graph, changes);
  edits.hold_only(Order::Psog);
  count_first_members(edits, Order::Psog, Counter::Predicate, changes);
  count_pairs(before, edits, Order::Psog, Counter::Subjects, changes);
  edits.hold_only(Order::Posg);
  count_pairs(before, edits, Order::Posg, Counter::Objects, changes);
  edits.hold_only(Order::Spog);
  count_distinct(before, edits, Order::Spog, Counter::AllSubjects, changes);
  edits.hold_only(Order::Ospg);
  count_distinct(before, edits, Order::Ospg, Counter::AllObjects, changes);
  return changes;
}

}  // namespace scenograph::store::internal
