#include "store/internal/entries.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace scenograph::store::internal {

namespace {

constexpr std::string_view reading = "cannot read the store";

/// The table of the same name in every store, whatever LMDB calls it.
std::uint64_t number_of_table(const Tables& tables, MDB_dbi table) {
  std::uint64_t number = 1;
  for (const MDB_dbi other : all_tables(tables)) {
    if (other == table) break;
    ++number;
  }
  return number;
}

std::uint64_t hash_of(std::uint64_t table, const MDB_val& key, const MDB_val& value) {
  const std::uint64_t seed = XXH3_64bits_withSeed(key.mv_data, key.mv_size, table);
  return XXH3_64bits_withSeed(value.mv_data, value.mv_size, seed);
}

void add_to_sum(MDB_txn* txn, const Tables& tables, std::uint64_t change) {
  std::uint64_t sum = kept_sum(txn, tables) + change;
  MDB_val key = value_of(meta::sum);
  MDB_val value = value_of(sum);
  check(mdb_put(txn, tables.meta, &key, &value, 0), "cannot write to the store");
}

/// 0 if there is none.
std::uint64_t hash_of_present(MDB_txn* txn, const Tables& tables, MDB_dbi table, MDB_val key) {
  MDB_val value{};
  if (!found(mdb_get(txn, table, &key, &value), reading)) return 0;
  return hash_of(number_of_table(tables, table), key, value);
}

std::uint64_t sum_of_table(MDB_txn* txn, const Tables& tables, MDB_dbi table) {
  const std::uint64_t number = number_of_table(tables, table);
  const Cursor cursor = open_cursor(txn, table);
  std::uint64_t sum = 0;
  MDB_val key{};
  MDB_val value{};
  for (MDB_cursor_op step = MDB_FIRST; found(mdb_cursor_get(cursor.get(), &key, &value, step), reading);
       step = MDB_NEXT) {
    if (table != tables.meta || bytes_of(key) != meta::sum) sum += hash_of(number, key, value);
  }
  return sum;
}

}  // namespace

void add_entry(MDB_txn* txn, const Tables& tables, MDB_dbi table, MDB_val key, MDB_val value, std::string_view doing) {
  add_to_sum(txn, tables, hash_of(number_of_table(tables, table), key, value));
  check(mdb_put(txn, table, &key, &value, 0), doing);
}

void set_entry(MDB_txn* txn, const Tables& tables, MDB_dbi table, MDB_val key, MDB_val value, std::string_view doing) {
  const std::uint64_t before = hash_of_present(txn, tables, table, key);
  add_to_sum(txn, tables, hash_of(number_of_table(tables, table), key, value) - before);
  check(mdb_put(txn, table, &key, &value, 0), doing);
}

void remove_entry(MDB_txn* txn, const Tables& tables, MDB_dbi table, MDB_val key, std::string_view doing) {
  add_to_sum(txn, tables, 0 - hash_of_present(txn, tables, table, key));
  check(mdb_del(txn, table, &key, nullptr), doing);
}

void clear_table(MDB_txn* txn, const Tables& tables, MDB_dbi table, std::string_view doing) {
  add_to_sum(txn, tables, 0 - sum_of_table(txn, tables, table));
  check(mdb_drop(txn, table, 0), doing);
}

std::uint64_t sum_of_entries(MDB_txn* txn, const Tables& tables) {
  std::uint64_t sum = 0;
  for (const MDB_dbi table : all_tables(tables)) sum += sum_of_table(txn, tables, table);
  return sum;
}

std::uint64_t kept_sum(MDB_txn* txn, const Tables& tables) { return read_meta(txn, tables, meta::sum); }

}  // namespace scenograph::store::internal
