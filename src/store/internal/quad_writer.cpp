#include "store/internal/quad_writer.hpp"

#include <algorithm>
#include <unordered_map>

namespace scenograph::store::internal {

namespace {

constexpr std::string_view writing = "cannot write quads";

struct RowEdit {
  Row row;
  bool added;
};

bool holds_key(MDB_cursor* cursor, const Pair& pair) {
  MDB_val key = value_of({pair.data(), pair.size()});
  MDB_val value{};
  return found(mdb_cursor_get(cursor, &key, &value, MDB_SET), writing);
}

void write_row(MDB_cursor* cursor, const RowEdit& edit) {
  const Pair first = to_pair(edit.row[0], edit.row[1]);
  const Pair second = to_pair(edit.row[2], edit.row[3]);
  MDB_val key = value_of({first.data(), first.size()});
  MDB_val value = value_of({second.data(), second.size()});
  if (edit.added) return check(mdb_cursor_put(cursor, &key, &value, 0), writing);
  check(mdb_cursor_get(cursor, &key, &value, MDB_GET_BOTH), writing);
  check(mdb_cursor_del(cursor, 0), writing);
}

/// Counts how many distinct keys each first member has, as keys come and go.
class KeyCounts {
 public:
  KeyCounts(MDB_txn* txn, const Tables& tables, Counter counter) : txn_(txn), tables_(tables), counter_(counter) {}

  void add(std::uint64_t first, int change) {
    if (first != first_) flush();
    first_ = first;
    change_ += change;
  }
  void flush() {
    add_count(txn_, tables_, counter_, TermId::from_bits(first_), change_);
    change_ = 0;
  }

 private:
  MDB_txn* txn_;
  const Tables& tables_;
  Counter counter_;
  std::uint64_t first_ = 0;
  std::int64_t change_ = 0;
};

std::size_t end_of_key(std::span<const RowEdit> edits, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < edits.size() && edits[end].row[0] == edits[begin].row[0] && edits[end].row[1] == edits[begin].row[1]) {
    ++end;
  }
  return end;
}

/// Writes sorted edits and counts the keys that appear and vanish.
void write_counting(MDB_cursor* cursor, std::span<const RowEdit> edits, KeyCounts counts) {
  for (std::size_t begin = 0; begin < edits.size();) {
    const std::size_t end = end_of_key(edits, begin);
    const Pair key = to_pair(edits[begin].row[0], edits[begin].row[1]);
    const bool before = holds_key(cursor, key);
    for (std::size_t i = begin; i < end; ++i) write_row(cursor, edits[i]);
    const bool after = holds_key(cursor, key);
    counts.add(edits[begin].row[0], static_cast<int>(after) - static_cast<int>(before));
    begin = end;
  }
  counts.flush();
}

void write_order(MDB_txn* txn, const Tables& tables, Order order, std::vector<RowEdit>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const RowEdit& a, const RowEdit& b) { return a.row < b.row; });
  const Cursor cursor = open_cursor(txn, tables.of(order));
  if (order == Order::Psog) return write_counting(cursor.get(), rows, KeyCounts(txn, tables, Counter::Subjects));
  if (order == Order::Posg) return write_counting(cursor.get(), rows, KeyCounts(txn, tables, Counter::Objects));
  for (const RowEdit& row : rows) write_row(cursor.get(), row);
}

void count_edits(MDB_txn* txn, const Tables& tables, std::span<const Edit> edits) {
  std::unordered_map<TermId, std::int64_t> predicates;
  std::unordered_map<TermId, std::int64_t> graphs;
  std::int64_t total = 0;
  for (const Edit& edit : edits) {
    const std::int64_t change = edit.added ? 1 : -1;
    predicates[edit.quad.predicate] += change;
    graphs[edit.quad.graph] += change;
    total += change;
  }
  for (const auto& [id, change] : predicates) add_count(txn, tables, Counter::Predicate, id, change);
  for (const auto& [id, change] : graphs) add_count(txn, tables, Counter::Graph, id, change);
  add_count(txn, tables, Counter::Quads, {}, total);
}

}  // namespace

void write_edits(MDB_txn* txn, const Tables& tables, std::span<const Edit> edits) {
  std::vector<RowEdit> rows(edits.size());
  for (const Order order : {Order::Sopg, Order::Psog, Order::Posg, Order::Ospg, Order::Opsg, Order::Gspo}) {
    for (std::size_t i = 0; i < edits.size(); ++i) rows[i] = {row_of(edits[i].quad, order), edits[i].added};
    write_order(txn, tables, order, rows);
  }
  count_edits(txn, tables, edits);
}

}  // namespace scenograph::store::internal
