#include "store/internal/change_log.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace scenograph::store::internal {

using base::Code;
using base::Error;

namespace {

constexpr std::size_t edits_per_piece = 1024;
constexpr std::size_t edit_bytes = 4 * sizeof(std::uint64_t);
constexpr std::string_view logging = "cannot write the change log";

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

}  // namespace

std::vector<Edit> net_of(std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.quad < b.quad; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < edits.size();) {
    std::size_t end = i + 1;
    while (end < edits.size() && edits[end].quad == edits[i].quad) ++end;
    if ((end - i) % 2 == 1) edits[kept++] = edits[i];
    i = end;
  }
  edits.resize(kept);
  return edits;
}

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
    if (!found(mdb_cursor_get(cursor.get(), &key, &value, step), "cannot read the change log")) break;
    commits.push_back(decode(number_of(key), bytes_of(value)));
  }
  return commits;
}

void read_edits(MDB_txn* txn, const Tables& tables, std::uint64_t commit,
                const std::function<void(const Edit&)>& sink) {
  std::uint64_t number = commit;
  MDB_val key = value_of(number);
  MDB_val value{};
  if (!found(mdb_get(txn, tables.commits, &key, &value), "cannot read the change log")) {
    throw Error(Code::NotFound, fmt::format("there is no commit {}", commit));
  }
  const Cursor cursor = open_cursor(txn, tables.changes);
  const Pair first = to_pair(commit, 0);
  key = value_of({first.data(), first.size()});
  for (MDB_cursor_op step = MDB_SET_RANGE;
       found(mdb_cursor_get(cursor.get(), &key, &value, step), "cannot read the change log"); step = MDB_NEXT) {
    if (from_pair(key.mv_data)[0] != commit) break;
    decode(bytes_of(value), sink);
  }
}

}  // namespace scenograph::store::internal
