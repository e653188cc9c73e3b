#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "store/internal/keys.hpp"
#include "store/internal/lmdb.hpp"

namespace scenograph::store::internal {

/// The tables of a store, as docs/format-store.md describes them. Handles stay valid as long as the environment.
struct Tables {
  MDB_dbi terms = 0;    ///< number → term
  MDB_dbi hashes = 0;   ///< hash of a term → its numbers
  MDB_dbi counts = 0;   ///< what is counted → how many
  MDB_dbi commits = 0;  ///< number → when, how much, who, why
  MDB_dbi files = 0;    ///< kind, number → what a live file holds: the manifest
  MDB_dbi meta = 0;     ///< name → number
};

inline constexpr unsigned table_count = 6;

[[nodiscard]] inline std::array<MDB_dbi, table_count> all_tables(const Tables& tables) {
  return {tables.terms, tables.hashes, tables.counts, tables.commits, tables.files, tables.meta};
}

/// What `Tables::counts` counts, each for one id (0 where there is none).
enum class Counter : std::uint8_t {
  Quads = 'Q',
  Predicate = 'P',    ///< quads of it
  Subjects = 's',     ///< distinct ones of a predicate
  Objects = 'o',      ///< likewise
  Graph = 'G',        ///< quads of it
  AllSubjects = 'S',  ///< distinct ones of all quads
  AllObjects = 'O'    ///< likewise
};

/// Names in `Tables::meta`.
namespace meta {
inline constexpr std::string_view format = "format";
inline constexpr std::string_view next_term = "next_term";
inline constexpr std::string_view next_blank = "next_blank";
inline constexpr std::string_view last_commit = "last_commit";
inline constexpr std::string_view next_file = "next_file";  ///< number for the next segment or vocabulary
inline constexpr std::string_view manifest = "manifest";    ///< grows with each change of `Tables::files`
inline constexpr std::string_view wal = "wal";  ///< number of the log that goes on from `last_commit`; 0: none
inline constexpr std::string_view first_wal = "first_wal";  ///< number of the first log that is kept
inline constexpr std::string_view sum = "sum";              ///< over all entries but this one
inline constexpr std::string_view log_start = "log_start";  ///< the first commit whose changes are kept, less one
}  // namespace meta

inline constexpr std::uint64_t format_version = 5;

/// Opens every table, making them if `create`. @throws Error(Code::Corrupt) if one is missing, or of an unknown format.
[[nodiscard]] Tables open_tables(MDB_txn* txn, bool create);

/// The number, 0 if there is none.
[[nodiscard]] std::uint64_t read_meta(MDB_txn* txn, const Tables& tables, std::string_view name);
void write_meta(MDB_txn* txn, const Tables& tables, std::string_view name, std::uint64_t number);

[[nodiscard]] std::uint64_t read_count(MDB_txn* txn, const Tables& tables, Counter counter, TermId id);

/// Adds to a count; one that becomes 0 is removed.
void add_count(MDB_txn* txn, const Tables& tables, Counter counter, TermId id, std::int64_t change);

/// Looks at every table once: from then on reading changes nothing in the LMDB transaction, so that many threads may.
void touch_tables(MDB_txn* txn, const Tables& tables);

/// Every id with a count of this kind, ascending.
[[nodiscard]] std::vector<TermId> counted_ids(MDB_txn* txn, const Tables& tables, Counter counter);

}  // namespace scenograph::store::internal
