#include "store/internal/change_log.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/file.hpp"
#include "store/internal/rows/row_source.hpp"
#include "store/internal/segment/segment.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t edits_per_piece = 1024;
constexpr std::size_t edit_bytes = 4 * sizeof(std::uint64_t);
constexpr std::string_view logging = "cannot write the change log";
constexpr std::string_view reading = "cannot read the change log";
constexpr const char* changes_folder = "changes";

/// Numbers as native bytes, then the actor's length, the actor, the message.
std::string encode(const CommitInfo& info) {
  const std::array<std::uint64_t, 4> numbers = {static_cast<std::uint64_t>(info.time_ms), info.inserted, info.removed,
                                                info.note.actor.size()};
  std::string bytes(sizeof numbers, '\0');
  std::memcpy(bytes.data(), numbers.data(), sizeof numbers);
  return bytes + info.note.actor + info.note.message;
}

CommitInfo decode(std::uint64_t number, std::string_view bytes) {
  std::array<std::uint64_t, 4> numbers{};
  if (bytes.size() < sizeof numbers) throw Error(Code::Corrupt, fmt::format("commit {} cannot be read", number));
  std::memcpy(numbers.data(), bytes.data(), sizeof numbers);
  bytes.remove_prefix(sizeof numbers);
  if (bytes.size() < numbers[3]) throw Error(Code::Corrupt, fmt::format("commit {} cannot be read", number));
  CommitInfo info{number, static_cast<std::int64_t>(numbers[0]), numbers[1], numbers[2], {}};
  info.note.actor = bytes.substr(0, numbers[3]);
  info.note.message = bytes.substr(numbers[3]);
  return info;
}

/// Removed or added, then quads of 32 bytes.
std::string encode(std::span<const Edit* const> edits, bool added) {
  std::string bytes(1, added ? 'A' : 'D');
  for (const Edit* edit : edits) {
    const Row row = row_of(edit->quad, Order::Spog);
    bytes.append(reinterpret_cast<const char*>(row.data()), edit_bytes);
  }
  return bytes;
}

void decode(std::string_view bytes, const std::function<void(const Edit&)>& sink) {
  const bool added = !bytes.empty() && bytes.front() == 'A';
  for (std::size_t at = 1; at + edit_bytes <= bytes.size(); at += edit_bytes) {
    Row row;
    std::memcpy(row.data(), bytes.data() + at, edit_bytes);
    sink({{TermId::from_bits(row[0]), TermId::from_bits(row[1]), TermId::from_bits(row[2]), TermId::from_bits(row[3])},
          added});
  }
}

fs::path changes_file(const fs::path& store, std::uint64_t commit, Sign sign) {
  return store / changes_folder / fmt::format("{:08}.{}", commit, sign == Sign::Added ? "add" : "del");
}

void read_file_edits(const fs::path& store, std::uint64_t commit, Sign sign,
                     const std::function<void(const Edit&)>& sink) {
  const fs::path path = changes_file(store, commit, sign);
  if (!fs::exists(path)) return;
  const auto run = open_run(path, Order::Spog);
  RowBlock block;
  for (std::uint64_t at = 0; at < run->size();) {
    const std::size_t count = run->read(at, block_rows, block.targets());
    for (std::size_t i = 0; i < count; ++i) {
      const Row row = block.row(i);
      sink(
          {{TermId::from_bits(row[0]), TermId::from_bits(row[1]), TermId::from_bits(row[2]), TermId::from_bits(row[3])},
           sign == Sign::Added});
    }
    at += count;
  }
}

/// Whether changes of the commit lie in LMDB.
bool has_pieces(MDB_txn* txn, const Tables& tables, std::uint64_t commit) {
  const Cursor cursor = open_cursor(txn, tables.changes);
  const Pair first = to_pair(commit, 0);
  MDB_val key = value_of({first.data(), first.size()});
  MDB_val value{};
  return found(mdb_cursor_get(cursor.get(), &key, &value, MDB_SET_RANGE), reading) &&
         from_pair(key.mv_data)[0] == commit;
}

}  // namespace

void log_commit(MDB_txn* txn, const Tables& tables, const CommitInfo& info, std::span<const Edit> edits) {
  std::uint64_t number = info.number;
  const std::string head = encode(info);
  MDB_val key = value_of(number);
  MDB_val value = value_of(head);
  check(mdb_put(txn, tables.commits, &key, &value, MDB_APPEND), logging);
  std::uint64_t piece = 0;
  for (const bool added : {false, true}) {
    std::vector<const Edit*> batch;
    const auto flush = [&] {
      if (batch.empty()) return;
      const Pair piece_key = to_pair(number, piece++);
      const std::string bytes = encode(batch, added);
      MDB_val at = value_of({piece_key.data(), piece_key.size()});
      MDB_val body = value_of(bytes);
      check(mdb_put(txn, tables.changes, &at, &body, MDB_APPEND), logging);
      batch.clear();
    };
    for (const Edit& edit : edits) {
      if (edit.added != added) continue;
      batch.push_back(&edit);
      if (batch.size() == edits_per_piece) flush();
    }
    flush();
  }
}

std::vector<CommitInfo> read_commits(MDB_txn* txn, const Tables& tables, std::uint64_t first, std::size_t limit) {
  std::vector<CommitInfo> commits;
  const Cursor cursor = open_cursor(txn, tables.commits);
  MDB_val key = value_of(first);
  MDB_val value{};
  for (MDB_cursor_op step = MDB_SET_RANGE; commits.size() < limit; step = MDB_NEXT) {
    if (!found(mdb_cursor_get(cursor.get(), &key, &value, step), reading)) break;
    commits.push_back(decode(number_of(key), bytes_of(value)));
  }
  return commits;
}

void keep_changes(const fs::path& store, std::uint64_t commit, const fs::path& segment) {
  base::make_folder(store / changes_folder);
  for (const Sign sign : {Sign::Added, Sign::Removed}) {
    const fs::path run = run_file(segment, Order::Spog, sign);
    if (!fs::exists(run)) continue;
    const fs::path kept = changes_file(store, commit, sign);
    std::error_code failure;
    fs::remove(kept, failure);
    fs::create_hard_link(run, kept, failure);
    if (failure) fs::copy_file(run, kept, failure);
    if (failure) throw base::system_error(failure.value(), fmt::format("cannot write {}", kept.string()));
  }
  base::sync_folder(store / changes_folder);
}

void read_edits(MDB_txn* txn, const Tables& tables, const fs::path& store, std::uint64_t commit,
                const std::function<void(const Edit&)>& sink) {
  std::uint64_t number = commit;
  MDB_val key = value_of(number);
  MDB_val value{};
  if (!found(mdb_get(txn, tables.commits, &key, &value), reading)) {
    throw Error(Code::NotFound, fmt::format("there is no commit {}", commit));
  }
  if (commit <= read_meta(txn, tables, meta::log_start)) {
    throw Error(Code::NotFound,
                fmt::format("the changes of commit {} were dropped when the store was compacted", commit));
  }
  for (const Sign sign : {Sign::Removed, Sign::Added}) read_file_edits(store, commit, sign, sink);
  const Cursor cursor = open_cursor(txn, tables.changes);
  const Pair first = to_pair(commit, 0);
  key = value_of({first.data(), first.size()});
  for (MDB_cursor_op step = MDB_SET_RANGE; found(mdb_cursor_get(cursor.get(), &key, &value, step), reading);
       step = MDB_NEXT) {
    if (from_pair(key.mv_data)[0] != commit) break;
    decode(bytes_of(value), sink);
  }
}

std::vector<fs::path> kept_change_files(MDB_txn* txn, const Tables& tables) {
  constexpr std::size_t commits_at_once = 1024;
  std::vector<fs::path> files;
  std::uint64_t next = read_meta(txn, tables, meta::log_start) + 1;
  for (auto commits = read_commits(txn, tables, next, commits_at_once); !commits.empty();
       commits = read_commits(txn, tables, next, commits_at_once)) {
    for (const CommitInfo& commit : commits) {
      next = commit.number + 1;
      if (has_pieces(txn, tables, commit.number)) continue;
      if (commit.removed > 0) files.push_back(changes_file("", commit.number, Sign::Removed));
      if (commit.inserted > 0) files.push_back(changes_file("", commit.number, Sign::Added));
    }
  }
  return files;
}

std::uint64_t unshared_change_bytes(const fs::path& store) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(store / changes_folder, error)) {
    std::error_code failure;
    const auto links = fs::hard_link_count(entry.path(), failure);
    const auto size = failure ? 0 : fs::file_size(entry.path(), failure);
    if (!failure && links == 1) bytes += size;
  }
  return bytes;
}

void verify_kept_changes(const fs::path& store, std::uint64_t commit) {
  for (const Sign sign : {Sign::Removed, Sign::Added}) {
    const fs::path path = changes_file(store, commit, sign);
    if (fs::exists(path)) open_run(path, Order::Spog)->verify();
  }
}

void forget_changes(MDB_txn* txn, const Tables& tables, std::uint64_t last) {
  const Cursor cursor = open_cursor(txn, tables.changes);
  MDB_val key{};
  MDB_val value{};
  while (found(mdb_cursor_get(cursor.get(), &key, &value, MDB_FIRST), reading) && from_pair(key.mv_data)[0] <= last) {
    check(mdb_cursor_del(cursor.get(), 0), logging);
  }
  write_meta(txn, tables, meta::log_start, last);
}

void remove_unlisted_changes(MDB_txn* txn, const Tables& tables, const fs::path& store) {
  const std::uint64_t start = read_meta(txn, tables, meta::log_start);
  const std::uint64_t last = read_meta(txn, tables, meta::last_commit);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(store / changes_folder, error)) {
    const std::string name = entry.path().stem().string();
    std::uint64_t commit = 0;
    std::from_chars(name.data(), name.data() + name.size(), commit);
    std::error_code ignored;
    if (commit <= start || commit > last) fs::remove(entry.path(), ignored);
  }
}

}  // namespace scenograph::store::internal
