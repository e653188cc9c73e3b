#include "store/internal/change_log.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "base/file.hpp"
#include "store/internal/entries.hpp"
#include "store/internal/rows/row_source.hpp"
#include "store/internal/segment/segment.hpp"
#include "store/internal/wal/wal.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view logging = "cannot write the change log";
constexpr std::string_view reading = "cannot read the change log";
constexpr const char* changes_folder = "changes";

constexpr std::size_t head_numbers = 6;

struct ListedCommit {
  CommitInfo info;
  LogPlace place;
};

/// Numbers as native bytes, then the actor, the message.
std::string encode(const CommitInfo& info, const LogPlace& place) {
  const std::array<std::uint64_t, head_numbers> numbers = {static_cast<std::uint64_t>(info.time_ms),
                                                           info.inserted,
                                                           info.removed,
                                                           place.wal,
                                                           place.at,
                                                           info.note.actor.size()};
  std::string bytes(sizeof numbers, '\0');
  std::memcpy(bytes.data(), numbers.data(), sizeof numbers);
  return bytes + info.note.actor + info.note.message;
}

ListedCommit decode_listed(std::uint64_t number, std::string_view bytes) {
  std::array<std::uint64_t, head_numbers> numbers{};
  if (bytes.size() < sizeof numbers) throw Error(Code::Corrupt, fmt::format("commit {} cannot be read", number));
  std::memcpy(numbers.data(), bytes.data(), sizeof numbers);
  bytes.remove_prefix(sizeof numbers);
  if (bytes.size() < numbers[5]) throw Error(Code::Corrupt, fmt::format("commit {} cannot be read", number));
  ListedCommit commit{{number, static_cast<std::int64_t>(numbers[0]), numbers[1], numbers[2], {}},
                      {numbers[3], numbers[4]}};
  commit.info.note.actor = bytes.substr(0, numbers[5]);
  commit.info.note.message = bytes.substr(numbers[5]);
  return commit;
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

/// Hands out the commits that LMDB lists from `first` on, until told false.
template <typename Take>
void for_each_listed(MDB_txn* txn, const Tables& tables, std::uint64_t first, Take take) {
  const Cursor cursor = open_cursor(txn, tables.commits);
  MDB_val key = value_of(first);
  MDB_val value{};
  for (MDB_cursor_op step = MDB_SET_RANGE; found(mdb_cursor_get(cursor.get(), &key, &value, step), reading);
       step = MDB_NEXT) {
    if (!take(decode_listed(number_of(key), bytes_of(value)))) return;
  }
}

LogPlace place_of(const State& state, std::uint64_t commit) {
  if (commit > state.memory->base) {
    const auto live = state.memory->log->entries(commit, std::min(commit, state.memory->commit));
    if (!live.empty()) return {state.memory->wal, live.front().at};
  }
  std::uint64_t number = commit;
  MDB_val key = value_of(number);
  MDB_val value{};
  if (!found(mdb_get(state.txn.get(), state.tables.commits, &key, &value), reading)) {
    throw Error(Code::NotFound, fmt::format("there is no commit {}", commit));
  }
  return decode_listed(commit, bytes_of(value)).place;
}

/// Removes files whose number, which their names begin with, is not from `first` to `last`.
void remove_outside(const fs::path& folder, std::uint64_t first, std::uint64_t last) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().stem().string();
    std::uint64_t number = 0;
    std::from_chars(name.data(), name.data() + name.size(), number);
    std::error_code ignored;
    if (number < first || number > last) fs::remove(entry.path(), ignored);
  }
}

}  // namespace

void log_commit(MDB_txn* txn, const Tables& tables, const CommitInfo& info, const LogPlace& place) {
  std::uint64_t number = info.number;
  const std::string bytes = encode(info, place);
  add_entry(txn, tables, tables.commits, value_of(number), value_of(bytes), logging);
}

void keep_changes(const fs::path& store, std::uint64_t commit, const fs::path& segment) {
  base::make_folder(store / changes_folder);
  for (const Sign sign : {Sign::Added, Sign::Removed}) {
    const fs::path run = run_file(segment, Order::Spog, sign);
    const fs::path kept = changes_file(store, commit, sign);
    std::error_code failure;
    fs::remove(kept, failure);  // of a commit with this number that failed
    if (!fs::exists(run)) continue;
    fs::create_hard_link(run, kept, failure);
    if (failure) fs::copy_file(run, kept, failure);
    if (failure) throw base::system_error(failure.value(), fmt::format("cannot write {}", kept.string()));
  }
  base::sync_folder(store / changes_folder);
}

std::vector<CommitInfo> read_commits(const State& state, std::uint64_t first, std::size_t limit) {
  std::vector<CommitInfo> commits;
  for_each_listed(state.txn.get(), state.tables, first, [&](ListedCommit&& commit) {
    if (commits.size() == limit) return false;
    commits.push_back(std::move(commit.info));
    return true;
  });
  for (auto& entry : state.memory->log->entries(std::max(first, state.memory->base + 1), state.memory->commit)) {
    if (commits.size() == limit) break;
    commits.push_back(std::move(entry.info));
  }
  return commits;
}

void read_edits(const State& state, const fs::path& store, std::uint64_t commit,
                const std::function<void(const Edit&)>& sink) {
  if (commit <= read_meta(state.txn.get(), state.tables, meta::log_start)) {
    throw Error(Code::NotFound,
                fmt::format("the changes of commit {} were dropped when the store was compacted", commit));
  }
  const LogPlace place = place_of(state, commit);
  if (place.wal == 0) {
    for (const Sign sign : {Sign::Removed, Sign::Added}) read_file_edits(store, commit, sign, sink);
    return;
  }
  const CommitRecord record = decode(read_wal_record(wal_file(store, place.wal), place.at));
  for (const bool added : {false, true}) {
    for (const Edit& edit : record.edits) {
      if (edit.added == added) sink(edit);
    }
  }
}

std::vector<fs::path> kept_change_files(MDB_txn* txn, const Tables& tables) {
  std::vector<fs::path> files;
  std::set<std::uint64_t> logs;
  if (const std::uint64_t live = read_meta(txn, tables, meta::wal); live != 0) logs.insert(live);
  const std::uint64_t first = read_meta(txn, tables, meta::log_start) + 1;
  for_each_listed(txn, tables, first, [&](const ListedCommit& commit) {
    if (commit.place.wal != 0) {
      logs.insert(commit.place.wal);
      return true;
    }
    if (commit.info.removed > 0) files.push_back(changes_file("", commit.info.number, Sign::Removed));
    if (commit.info.inserted > 0) files.push_back(changes_file("", commit.info.number, Sign::Added));
    return true;
  });
  for (const std::uint64_t log : logs) files.push_back(wal_file("", log));
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

void forget_changes(MDB_txn* txn, const Tables& tables, std::uint64_t last, std::uint64_t first_wal) {
  write_meta(txn, tables, meta::log_start, last);
  write_meta(txn, tables, meta::first_wal, first_wal);
}

void remove_unlisted_changes(MDB_txn* txn, const Tables& tables, const fs::path& store) {
  remove_outside(store / changes_folder, read_meta(txn, tables, meta::log_start) + 1,
                 read_meta(txn, tables, meta::last_commit));
  const std::uint64_t next_file = read_meta(txn, tables, meta::next_file);
  remove_outside(wal_file(store, 0).parent_path(), read_meta(txn, tables, meta::first_wal),
                 next_file == 0 ? 0 : next_file - 1);
}

}  // namespace scenograph::store::internal
