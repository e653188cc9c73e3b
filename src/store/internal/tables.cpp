#include "store/internal/tables.hpp"

#include <fmt/format.h>

#include "store/internal/entries.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;

namespace {

constexpr std::string_view writing = "cannot write to the store";

MDB_dbi open_table(MDB_txn* txn, const char* name, unsigned flags, bool create) {
  MDB_dbi table = 0;
  const int code = mdb_dbi_open(txn, name, flags | (create ? unsigned{MDB_CREATE} : 0U), &table);
  if (code == MDB_NOTFOUND || code == MDB_INCOMPATIBLE) {
    throw Error(Code::Corrupt, fmt::format("the table \"{}\" is missing: this is no store, or a damaged one", name));
  }
  check(code, "cannot open a table");
  return table;
}

void check_format(MDB_txn* txn, const Tables& tables, bool create) {
  const std::uint64_t found_version = read_meta(txn, tables, meta::format);
  if (found_version == format_version) return;
  if (create && found_version == 0) return write_meta(txn, tables, meta::format, format_version);
  throw Error(Code::Corrupt, fmt::format("the store has format {}, and this program reads format {}: export it with "
                                         "the program that wrote it, and load it again",
                                         found_version, format_version));
}

std::array<char, 9> count_key(Counter counter, TermId id) {
  std::array<char, 9> key;
  key[0] = static_cast<char>(counter);
  const std::uint64_t swapped = __builtin_bswap64(id.bits());
  std::memcpy(key.data() + 1, &swapped, sizeof swapped);
  return key;
}

MDB_val value_of_key(std::array<char, 9>& key) { return {key.size(), key.data()}; }

}  // namespace

Tables open_tables(MDB_txn* txn, bool create) {
  Tables tables;
  tables.meta = open_table(txn, "meta", 0, create);
  check_format(txn, tables, create);
  tables.terms = open_table(txn, "terms", MDB_INTEGERKEY, create);
  tables.hashes = open_table(txn, "hashes", MDB_INTEGERKEY | MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP, create);
  tables.counts = open_table(txn, "counts", 0, create);
  tables.commits = open_table(txn, "commits", MDB_INTEGERKEY, create);
  tables.files = open_table(txn, "files", 0, create);
  return tables;
}

std::uint64_t read_meta(MDB_txn* txn, const Tables& tables, std::string_view name) {
  MDB_val key = value_of(name);
  MDB_val value{};
  return found(mdb_get(txn, tables.meta, &key, &value), "cannot read the store") ? number_of(value) : 0;
}

void write_meta(MDB_txn* txn, const Tables& tables, std::string_view name, std::uint64_t number) {
  set_entry(txn, tables, tables.meta, value_of(name), value_of(number), writing);
}

std::uint64_t read_count(MDB_txn* txn, const Tables& tables, Counter counter, TermId id) {
  auto bytes = count_key(counter, id);
  MDB_val key = value_of_key(bytes);
  MDB_val value{};
  return found(mdb_get(txn, tables.counts, &key, &value), "cannot read the store") ? number_of(value) : 0;
}

void add_count(MDB_txn* txn, const Tables& tables, Counter counter, TermId id, std::int64_t change) {
  if (change == 0) return;
  std::uint64_t count = read_count(txn, tables, counter, id) + static_cast<std::uint64_t>(change);
  auto bytes = count_key(counter, id);
  if (count == 0) {
    remove_entry(txn, tables, tables.counts, value_of_key(bytes), writing);
  } else {
    set_entry(txn, tables, tables.counts, value_of_key(bytes), value_of(count), writing);
  }
}

void touch_tables(MDB_txn* txn, const Tables& tables) {
  MDB_stat stat;
  for (const MDB_dbi table : all_tables(tables)) {
    check(mdb_stat(txn, table, &stat), "cannot read the store");
  }
}

std::vector<TermId> counted_ids(MDB_txn* txn, const Tables& tables, Counter counter) {
  std::vector<TermId> ids;
  const Cursor cursor = open_cursor(txn, tables.counts);
  auto first = count_key(counter, {});
  MDB_val key = value_of_key(first);
  MDB_val value{};
  for (MDB_cursor_op step = MDB_SET_RANGE;
       found(mdb_cursor_get(cursor.get(), &key, &value, step), "cannot read the store"); step = MDB_NEXT) {
    const char* bytes = static_cast<const char*>(key.mv_data);
    if (key.mv_size != first.size() || bytes[0] != static_cast<char>(counter)) break;
    std::uint64_t swapped = 0;
    std::memcpy(&swapped, bytes + 1, sizeof swapped);
    ids.push_back(TermId::from_bits(__builtin_bswap64(swapped)));
  }
  return ids;
}

}  // namespace scenograph::store::internal
