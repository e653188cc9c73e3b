#include <fmt/format.h>

#include "store/internal/change_log.hpp"
#include "store/internal/dictionary.hpp"
#include "store/internal/term_bytes.hpp"
#include "store/internal/verify/check_contents.hpp"
#include "store/internal/wal/wal.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t commits_at_once = 1024;
constexpr const char* log_remedy =
    "the quads themselves are sound: restore a backup if the log is needed, or go on without these changes";

/// Changes may be dropped by another process while this one reads them.
bool dropped_meanwhile(const StateSource& source, std::uint64_t commit) {
  const Txn txn = begin_txn(source.environment.get(), MDB_RDONLY);
  return commit <= read_meta(txn.get(), source.tables, meta::log_start);
}

void check_changes(const StateSource& source, const State& state, const CommitInfo& commit, Findings& findings) {
  std::uint64_t added = 0;
  std::uint64_t removed = 0;
  std::string problem;
  try {
    verify_kept_changes(source.folder, commit.number);
    read_edits(state, source.folder, commit.number, [&](const Edit& edit) { ++(edit.added ? added : removed); });
  } catch (const base::Error& error) {
    problem = error.what();
  }
  if (problem.empty() && (added != commit.inserted || removed != commit.removed)) {
    problem = fmt::format("commit {} added {} quads and removed {}, and the log holds {} and {}", commit.number,
                          commit.inserted, commit.removed, added, removed);
  }
  if (problem.empty() || dropped_meanwhile(source, commit.number)) return;
  findings.add({fmt::format("changes/{:08}.*, {}", commit.number, data_file_name), problem,
                fmt::format("the change log of commit {}", commit.number), log_remedy});
}

bool log_ends_clean(const StateSource& source, const Memory& memory) {
  try {
    return ends_clean(wal_file(source.folder, memory.wal), memory.end);
  } catch (const base::Error& error) {
    // Another process may have begun a new log.
    if (error.code() != base::Code::NotFound || open_state(source, nullptr)->memory->wal == memory.wal) throw;
    return true;
  }
}

/// What follows the last commit of the log that is still written to.
void check_end(const StateSource& source, Findings& findings) {
  findings.guard("wal", "the commits since the last segment", [&] {
    const auto memory = open_state(source, nullptr)->memory;
    if (memory->wal == 0 || log_ends_clean(source, *memory)) return;
    if (open_state(source, nullptr)->memory->commit > memory->commit) return;  // another process was writing
    const std::string path = wal_file("", memory->wal).string();
    if (const std::string problem = describe_damage(source.folder, *memory); !problem.empty()) {
      findings.add({path, problem, fmt::format("the commits from {} on", memory->commit + 1), cut_log_remedy});
      return;
    }
    findings.add({path, fmt::format("after commit {} there are bytes that are no commit", memory->commit),
                  "commits after that one, if there were any: a crash leaves such bytes only of a commit that nobody "
                  "was told of",
                  "restore a backup if commits are missing; the next commit wipes the bytes and keeps a copy"});
  });
}

}  // namespace

void check_log(const StateSource& source, const State& state, Findings& findings) {
  check_end(source, findings);
  const std::uint64_t start = read_meta(state.txn.get(), source.tables, meta::log_start);
  std::uint64_t expected = 1;
  for (;;) {
    const auto commits = read_commits(state, expected, commits_at_once);
    if (commits.empty()) break;
    for (const CommitInfo& commit : commits) {
      if (commit.number != expected) {
        findings.add({data_file_name,
                      fmt::format("the change log goes from commit {} to {}", expected - 1, commit.number),
                      "the change log", log_remedy});
      }
      expected = commit.number + 1;
      if (commit.number > start) check_changes(source, state, commit, findings);
    }
  }
  if (expected != state.memory->commit + 1) {
    findings.add(
        {data_file_name,
         fmt::format("the change log ends with commit {}, and the store with {}", expected - 1, state.memory->commit),
         "the change log", log_remedy});
  }
}

void check_listed_terms(const State& state, Findings& findings) {
  const Cursor cursor = open_cursor(state.txn.get(), state.tables.terms);
  const std::uint64_t next_term = read_meta(state.txn.get(), state.tables, meta::next_term);
  std::uint64_t terms = 0;
  MDB_val key{};
  MDB_val value{};
  const auto tell = [&](std::uint64_t number, const char* what) {
    findings.add({data_file_name, fmt::format("the term with the number {} {}", number, what),
                  "the quads with this term: queries that name it do not find them", restore_remedy});
  };
  for (MDB_cursor_op step = MDB_FIRST;
       found(mdb_cursor_get(cursor.get(), &key, &value, step), "cannot read the dictionary"); step = MDB_NEXT) {
    const std::uint64_t number = number_of(key);
    ++terms;
    if (number >= next_term) tell(number, "has a number that is still to be given");
    const std::string_view bytes = bytes_of(value);
    findings.guard(data_file_name, "the quads with this term", [&] { (void)from_term_bytes(bytes); });
    if (find_listed(state.txn.get(), state.tables, bytes) != number) tell(number, "is not found by its text");
    for (const VocabularyEntry& entry : state.files->manifest.vocabularies) {
      if (number >= entry.first && number - entry.first < entry.size) tell(number, "is in a vocabulary as well");
    }
  }
  MDB_stat hashes;
  check(mdb_stat(state.txn.get(), state.tables.hashes, &hashes), "cannot read the dictionary");
  if (hashes.ms_entries != terms) {
    findings.add({data_file_name,
                  fmt::format("{} terms are listed by their text, and there are {}", hashes.ms_entries, terms),
                  "queries that name terms", restore_remedy});
  }
}

}  // namespace scenograph::store::internal
