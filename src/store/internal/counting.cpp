#include "store/internal/counting.hpp"

#include "store/internal/quad_scan.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::string_view counting = "cannot count quads";

std::uint64_t values_of_key(const Cursor& cursor) {
  std::size_t count = 0;
  check(mdb_cursor_count(cursor.get(), &count), counting);
  return count;
}

/// Rows of one key. Cost: one look-up.
std::uint64_t count_key(MDB_txn* txn, const Tables& tables, Order order, TermId first, TermId second) {
  const Cursor cursor = open_cursor(txn, tables.of(order));
  const Pair pair = to_pair(first.bits(), second.bits());
  MDB_val key = value_of({pair.data(), pair.size()});
  MDB_val value{};
  if (!found(mdb_cursor_get(cursor.get(), &key, &value, MDB_SET), counting)) return 0;
  return values_of_key(cursor);
}

/// Rows whose first member is this. Cost: one look-up for each distinct second member.
std::uint64_t count_first(MDB_txn* txn, const Tables& tables, Order order, TermId first) {
  const Cursor cursor = open_cursor(txn, tables.of(order));
  const Pair pair = to_pair(first.bits(), 0);
  MDB_val key = value_of({pair.data(), pair.size()});
  MDB_val value{};
  std::uint64_t total = 0;
  for (MDB_cursor_op step = MDB_SET_RANGE; found(mdb_cursor_get(cursor.get(), &key, &value, step), counting);
       step = MDB_NEXT_NODUP) {
    if (from_pair(key.mv_data)[0] != first.bits()) break;
    total += values_of_key(cursor);
  }
  return total;
}

std::uint64_t count_scanned(MDB_txn* txn, const Tables& tables, const QuadId& pattern, Order order) {
  ScanRequest request;
  request.pattern = pattern;
  request.order = order;
  const auto scan = scan_quads(txn, tables, request);
  QuadBatch batch;
  std::uint64_t total = 0;
  while (scan->next(batch)) total += batch.size;
  return total;
}

/// The order whose range is the narrowest for what is bound beside the graph.
Order narrowest(const QuadId& pattern) {
  const bool object = !pattern.object.is_undefined();
  if (!pattern.subject.is_undefined()) return object && pattern.predicate.is_undefined() ? Order::Sopg : Order::Spog;
  if (!pattern.predicate.is_undefined()) return object ? Order::Posg : Order::Psog;
  return Order::Ospg;
}

std::uint64_t count_in_graph(MDB_txn* txn, const Tables& tables, const QuadId& pattern) {
  const bool subject = !pattern.subject.is_undefined();
  const bool predicate = !pattern.predicate.is_undefined();
  const bool object = !pattern.object.is_undefined();
  if (!subject && !predicate && !object) return read_count(txn, tables, Counter::Graph, pattern.graph);
  if (subject && !predicate && !object) return count_key(txn, tables, Order::Gspo, pattern.graph, pattern.subject);
  return count_scanned(txn, tables, pattern, narrowest(pattern));
}

}  // namespace

std::uint64_t count_quads(MDB_txn* txn, const Tables& tables, const QuadId& pattern) {
  const bool subject = !pattern.subject.is_undefined();
  const bool predicate = !pattern.predicate.is_undefined();
  const bool object = !pattern.object.is_undefined();
  if (!pattern.graph.is_undefined()) return count_in_graph(txn, tables, pattern);
  if (subject && predicate && object) return count_scanned(txn, tables, pattern, Order::Spog);
  if (subject && predicate) return count_key(txn, tables, Order::Spog, pattern.subject, pattern.predicate);
  if (subject && object) return count_key(txn, tables, Order::Sopg, pattern.subject, pattern.object);
  if (predicate && object) return count_key(txn, tables, Order::Posg, pattern.predicate, pattern.object);
  if (subject) return count_first(txn, tables, Order::Spog, pattern.subject);
  if (object) return count_first(txn, tables, Order::Opsg, pattern.object);
  if (predicate) return read_count(txn, tables, Counter::Predicate, pattern.predicate);
  return read_count(txn, tables, Counter::Quads, {});
}

}  // namespace scenograph::store::internal
