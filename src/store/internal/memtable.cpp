#include "store/internal/memtable.hpp"

#include <algorithm>

namespace scenograph::store::internal {

namespace {

constexpr std::string_view reading = "cannot read the quads";
constexpr std::string_view writing = "cannot write quads";

/// Walks the rows of one table from a lower bound on, block of values by block of values. LMDB hands out all the values
/// of a key that lie on one page at once; a key with a single value has no page of its own.
class RowCursor {
 public:
  RowCursor(MDB_txn* txn, MDB_dbi table) : cursor_(open_cursor(txn, table)) {}

  /// Moves to the first row that is `lower` or more.
  void position(const Row& lower) {
    const Pair first_key = to_pair(lower[0], lower[1]);
    MDB_val key = value_of({first_key.data(), first_key.size()});
    MDB_val value{};
    if (!found(mdb_cursor_get(cursor_.get(), &key, &value, MDB_SET_RANGE), reading)) return end();
    if (bytes_of(key) == std::string_view(first_key.data(), first_key.size()) && (lower[2] | lower[3]) != 0) {
      const Pair first_value = to_pair(lower[2], lower[3]);
      value = value_of({first_value.data(), first_value.size()});
      if (!found(mdb_cursor_get(cursor_.get(), &key, &value, MDB_GET_BOTH_RANGE), reading)) return next_key();
      key = value_of({first_key.data(), first_key.size()});
      take_key(key, value);
      skip_below(lower[2], lower[3]);
      return;
    }
    take_key(key, value);
  }

  [[nodiscard]] bool at_end() const { return size_ == 0; }

  /// REQUIRES: not at the end.
  [[nodiscard]] Row row() const {
    const auto value = from_pair(block_);
    return {key_[0], key_[1], value[0], value[1]};
  }

  void advance() {
    block_ += sizeof(Pair);
    if (--size_ == 0) next_block();
  }

  /// How many values the key of this row has, those before the row included.
  [[nodiscard]] std::uint64_t values_of_key() const {
    std::size_t count = 0;
    check(mdb_cursor_count(cursor_.get(), &count), reading);
    return count;
  }

  void next_key() {
    MDB_val key{};
    MDB_val value{};
    if (!found(mdb_cursor_get(cursor_.get(), &key, &value, MDB_NEXT_NODUP), reading)) return end();
    take_key(key, value);
  }

 private:
  void end() { size_ = 0; }

  void take_key(const MDB_val& key, MDB_val value) {
    key_ = from_pair(key.mv_data);
    MDB_val ignored{};
    check(mdb_cursor_get(cursor_.get(), &ignored, &value, MDB_GET_MULTIPLE), reading);
    take_block(value);
  }

  void take_block(const MDB_val& values) {
    block_ = static_cast<const char*>(values.mv_data);
    size_ = values.mv_size / sizeof(Pair);
  }

  void next_block() {
    MDB_val key{};
    MDB_val values{};
    const int code = mdb_cursor_get(cursor_.get(), &key, &values, MDB_NEXT_MULTIPLE);
    if (code == MDB_NOTFOUND || (code == MDB_SUCCESS && values.mv_data == nullptr)) return next_key();
    check(code, reading);
    take_block(values);
  }

  /// Passes over the values of this block that are below the bound: a page is handed out whole.
  void skip_below(std::uint64_t first, std::uint64_t second) {
    const std::array<std::uint64_t, 2> bound = {first, second};
    while (size_ > 0 && from_pair(block_) < bound) advance();
  }

  Cursor cursor_;
  std::array<std::uint64_t, 2> key_{};
  const char* block_ = nullptr;
  std::size_t size_ = 0;
};

bool is_empty(MDB_txn* txn, MDB_dbi table) {
  MDB_stat stat;
  check(mdb_stat(txn, table, &stat), reading);
  return stat.ms_entries == 0;
}

class MemtableRows final : public RowSource {
 public:
  MemtableRows(RowCursor cursor, const Row& upper) : cursor_(std::move(cursor)), upper_(upper) {}

  std::size_t read(std::size_t most, const ColumnTargets& columns) override {
    std::size_t count = 0;
    for (; count < most && !cursor_.at_end(); ++count) {
      const Row row = cursor_.row();
      if (!(row < upper_)) break;
      for (std::size_t c = 0; c < 4; ++c) {
        if (columns[c] != nullptr) columns[c][count] = row[c];
      }
      cursor_.advance();
    }
    return count;
  }

  void seek(const Row& at_least) override {
    if (!cursor_.at_end() && cursor_.row() < at_least) cursor_.position(at_least);
  }

 private:
  RowCursor cursor_;
  Row upper_;
};

/// What is to be done to the memtable for one edit, the same in every order.
struct Step {
  QuadId quad;
  Sign table;
  bool put;
};

struct Bytes {
  Pair first;
  Pair second;
  MDB_val key;
  MDB_val value;

  explicit Bytes(const Row& row) : first(to_pair(row[0], row[1])), second(to_pair(row[2], row[3])) {
    key = value_of({first.data(), first.size()});
    value = value_of({second.data(), second.size()});
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
};

/// Removes the row if the table has it.
bool take_out(MDB_cursor* cursor, const Row& row) {
  Bytes bytes(row);
  if (!found(mdb_cursor_get(cursor, &bytes.key, &bytes.value, MDB_GET_BOTH), writing)) return false;
  check(mdb_cursor_del(cursor, 0), writing);
  return true;
}

void put_in(MDB_cursor* cursor, const Row& row) {
  Bytes bytes(row);
  check(mdb_cursor_put(cursor, &bytes.key, &bytes.value, 0), writing);
}

/// The two tables of one order, open for writing.
class OrderWriter {
 public:
  OrderWriter(MDB_txn* txn, const Tables& tables, Order order)
      : order_(order),
        added_(open_cursor(txn, tables.of(order, Sign::Added))),
        removed_(open_cursor(txn, tables.of(order, Sign::Removed))) {}

  /// Decides what an edit comes to, and does it in this order.
  Step start(const Edit& edit) {
    const Sign own = edit.added ? Sign::Added : Sign::Removed;
    const Sign opposite = edit.added ? Sign::Removed : Sign::Added;
    const Row row = row_of(edit.quad, order_);
    if (take_out(cursor(opposite), row)) return {edit.quad, opposite, false};
    put_in(cursor(own), row);
    return {edit.quad, own, true};
  }

  void repeat(const Step& step) {
    const Row row = row_of(step.quad, order_);
    if (step.put) return put_in(cursor(step.table), row);
    take_out(cursor(step.table), row);
  }

 private:
  [[nodiscard]] MDB_cursor* cursor(Sign sign) const { return sign == Sign::Added ? added_.get() : removed_.get(); }

  Order order_;
  Cursor added_;
  Cursor removed_;
};

}  // namespace

std::unique_ptr<RowSource> memtable_rows(MDB_txn* txn, const Tables& tables, Order order, Sign sign,
                                         const RowRange& range) {
  const MDB_dbi table = tables.of(order, sign);
  if (is_empty(txn, table)) return nullptr;
  RowCursor cursor(txn, table);
  cursor.position(range.lower());
  const Row upper = range.upper();
  if (cursor.at_end() || !(cursor.row() < upper)) return nullptr;
  return std::make_unique<MemtableRows>(std::move(cursor), upper);
}

std::uint64_t count_memtable(MDB_txn* txn, const Tables& tables, Order order, Sign sign, const RowRange& range) {
  const MDB_dbi table = tables.of(order, sign);
  if (is_empty(txn, table)) return 0;
  RowCursor cursor(txn, table);
  cursor.position(range.lower());
  const Row upper = range.upper();
  std::uint64_t count = 0;
  while (!cursor.at_end() && cursor.row() < upper) {
    if (range.bound > 2) {
      ++count;
      cursor.advance();
    } else {
      count += cursor.values_of_key();
      cursor.next_key();
    }
  }
  return count;
}

std::uint64_t memtable_size(MDB_txn* txn, const Tables& tables) {
  std::uint64_t size = 0;
  for (const Sign sign : {Sign::Added, Sign::Removed}) {
    MDB_stat stat;
    check(mdb_stat(txn, tables.of(Order::Spog, sign), &stat), reading);
    size += stat.ms_entries;
  }
  return size;
}

void write_memtable(MDB_txn* txn, const Tables& tables, std::span<const Edit> edits) {
  std::vector<Edit> sorted(edits.begin(), edits.end());
  std::sort(sorted.begin(), sorted.end(), [](const Edit& a, const Edit& b) { return a.quad < b.quad; });
  std::vector<Step> steps;
  steps.reserve(sorted.size());
  OrderWriter first(txn, tables, Order::Spog);
  for (const Edit& edit : sorted) steps.push_back(first.start(edit));
  for (const Order order : {Order::Sopg, Order::Psog, Order::Posg, Order::Ospg, Order::Opsg, Order::Gspo}) {
    std::sort(steps.begin(), steps.end(),
              [&](const Step& a, const Step& b) { return row_of(a.quad, order) < row_of(b.quad, order); });
    OrderWriter writer(txn, tables, order);
    for (const Step& step : steps) writer.repeat(step);
  }
}

void clear_memtable(MDB_txn* txn, const Tables& tables) {
  for (const auto& order : tables.quads) {
    for (const MDB_dbi table : order) check(mdb_drop(txn, table, 0), writing);
  }
}

}  // namespace scenograph::store::internal
