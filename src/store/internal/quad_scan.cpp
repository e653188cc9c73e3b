#include "store/internal/quad_scan.hpp"

#include <algorithm>

namespace scenograph::store::internal {

namespace {

constexpr std::string_view reading = "cannot read the quads";

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
  [[nodiscard]] std::uint64_t key(std::size_t i) const { return key_[i]; }
  [[nodiscard]] Row row() const {
    const auto value = from_pair(block_);
    return {key_[0], key_[1], value[0], value[1]};
  }

  void advance() {
    block_ += sizeof(Pair);
    if (--size_ == 0) next_block();
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

class QuadScan final : public Scan {
 public:
  QuadScan(MDB_txn* txn, const Tables& tables, const ScanRequest& request)
      : request_(request),
        places_(places_of(request.order)),
        pattern_(row_of(request.pattern, request.order)),
        prefix_(bound_prefix(request.pattern, request.order)),
        rows_(txn, tables.of(request.order)) {
    Row lower{};
    std::copy_n(pattern_.begin(), prefix_, lower.begin());
    rows_.position(lower);
    filters_ = !request.graphs.is_all();
    for (std::size_t i = prefix_; i < 4; ++i) filters_ = filters_ || pattern_[i] != 0;
  }

  bool next(QuadBatch& batch) override {
    for (auto& column : batch.columns) column.resize(QuadBatch::capacity);
    batch.size = 0;
    while (batch.size < QuadBatch::capacity && !rows_.at_end()) {
      const Row row = rows_.row();
      if (!in_range(row)) break;
      rows_.advance();
      if (wanted(row)) append(batch, row);
    }
    return batch.size > 0;
  }

  void seek(TermId at_least) override {
    if (prefix_ == 4 || rows_.at_end()) return;
    Row lower{};
    std::copy_n(pattern_.begin(), prefix_, lower.begin());
    lower[prefix_] = at_least.bits();
    if (rows_.row() < lower) rows_.position(lower);
  }

 private:
  [[nodiscard]] bool in_range(const Row& row) const {
    return std::equal(pattern_.begin(), pattern_.begin() + static_cast<std::ptrdiff_t>(prefix_), row.begin());
  }

  bool wanted(const Row& row) {
    if (filters_) {
      for (std::size_t i = prefix_; i < 4; ++i) {
        if (pattern_[i] != 0 && pattern_[i] != row[i]) return false;
      }
      if (!request_.graphs.contains(graph_of(row))) return false;
    }
    if (!request_.distinct_triples) return true;
    const bool repeated = std::equal(row.begin(), row.begin() + 3, last_.begin());
    last_ = row;
    return !repeated;
  }

  [[nodiscard]] TermId graph_of(const Row& row) const {
    return TermId::from_bits(row[request_.order == Order::Gspo ? 0 : 3]);
  }

  void append(QuadBatch& batch, const Row& row) const {
    for (std::size_t i = 0; i < 4; ++i) {
      batch.columns[static_cast<std::size_t>(places_[i])][batch.size] = TermId::from_bits(row[i]);
    }
    ++batch.size;
  }

  ScanRequest request_;
  const std::array<Position, 4>& places_;
  Row pattern_;
  std::size_t prefix_;
  bool filters_ = false;
  Row last_{};
  RowCursor rows_;
};

}  // namespace

std::size_t bound_prefix(const QuadId& pattern, Order order) {
  const Row row = row_of(pattern, order);
  return static_cast<std::size_t>(std::find(row.begin(), row.end(), 0U) - row.begin());
}

std::unique_ptr<Scan> scan_quads(MDB_txn* txn, const Tables& tables, const ScanRequest& request) {
  return std::make_unique<QuadScan>(txn, tables, request);
}

}  // namespace scenograph::store::internal
