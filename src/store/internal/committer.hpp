#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/internal/edits.hpp"
#include "store/internal/manifest.hpp"
#include "store/internal/snapshot.hpp"

namespace scenograph::store::internal {

struct CountChange {
  Counter counter = Counter::Quads;
  TermId id;
  std::int64_t change = 0;
};

/// A commit on its way to disk: everything is decided, nothing is written but the files it names.
struct PendingCommit {
  CommitInfo info;
  std::vector<Edit> edits;                                   ///< empty if they are in the segment
  std::optional<SegmentEntry> segment;                       ///< whose files are written
  std::optional<VocabularyEntry> vocabulary;                 ///< likewise
  std::vector<std::pair<std::uint64_t, std::string>> terms;  ///< new ones outside the vocabulary
  std::vector<CountChange> counts;
  std::uint64_t next_term = 1;
  std::uint64_t next_blank = 1;
  std::uint64_t failures = 0;  ///< `Committer::failures` when the commit's state was read: it builds on all before
};

struct CommitterOptions {
  std::uint64_t memtable_quads = std::uint64_t{1} << 16U;  ///< more become a segment
  std::function<void()> durable;                           ///< called after each change of the state, by its thread
  std::function<std::uint64_t()> take_file_number;         ///< for a segment
};

/// Writes commits to LMDB, on a thread of its own: all that wait go into one LMDB transaction, so that many writers
/// share the synchronising of the disk. Commits are applied in the order they were submitted. Thread-safe.
///
/// If a group cannot be written, it and everything that waits by then fails: later commits build on earlier ones.
class Committer {
 public:
  virtual ~Committer() = default;  ///< writes what waits

  /// @return  ready when the commit is durable and visible, or with the error why not.
  [[nodiscard]] virtual std::future<void> submit(PendingCommit commit) = 0;

  /// Runs `work` within an LMDB transaction of its own, after what was submitted before.
  [[nodiscard]] virtual std::future<void> run(std::function<void(MDB_txn*)> work) = 0;

  /// Grows with each failure: what was submitted and not written by then never will be.
  [[nodiscard]] virtual std::uint64_t failures() const = 0;

  /// Grows with each change of the durable state.
  [[nodiscard]] virtual std::uint64_t changes() const = 0;
};

[[nodiscard]] std::unique_ptr<Committer> make_committer(StateSource source, CommitterOptions options);

/// Makes the memtable a segment, if it holds anything, within the transaction; its files are new.
void flush_memtable(MDB_txn* txn, const StateSource& source, std::uint64_t file_number);

}  // namespace scenograph::store::internal
