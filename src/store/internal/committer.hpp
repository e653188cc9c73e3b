#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/internal/edits.hpp"
#include "store/internal/manifest.hpp"
#include "store/internal/snapshot.hpp"

namespace scenograph::store::internal {

/// A commit on its way to disk: everything is decided, nothing is written but the files it names.
struct PendingCommit {
  CommitRecord record;                        ///< without edits if they are in the segment
  std::optional<SegmentEntry> segment;        ///< whose files are written
  std::optional<VocabularyEntry> vocabulary;  ///< likewise
  std::uint64_t failures = 0;  ///< `Committer::failures` when the commit's state was read: it builds on all before
};

struct CommitterOptions {
  std::uint64_t memtable_quads = std::uint64_t{1} << 16U;  ///< more become a segment
  Durability durability = Durability::Full;
  std::function<void()> committed;      ///< called after each change of the state, by the thread that made it
  std::function<void()> files_changed;  ///< likewise, after changes of files and LMDB; before `committed`
  std::function<std::uint64_t()> take_file_number;  ///< for a segment or a log
  std::function<std::uint64_t()> find_type;         ///< the id of rdf:type in the durable state, 0 if there is none
};

/// Makes commits durable: all that wait go to the write-ahead log at once, so that many writers share the synchronising
/// of the disk. One of the threads that wait does the work for all, so that a lone writer waits for no other thread.
/// Commits are applied in the order they were submitted. Now and then the memtable becomes a segment, and LMDB takes in
/// the rest. Thread-safe.
///
/// If a group cannot be written, it and everything that waits by then fails: later commits build on earlier ones.
///
/// Source: the leader and its followers are those of LevelDB's write queue.
class Committer {
 public:
  struct Job;
  using Ticket = std::shared_ptr<Job>;

  virtual ~Committer() = default;  ///< REQUIRES: nobody waits

  /// Puts a commit in line. @return what `wait` wants; it must be called.
  [[nodiscard]] virtual Ticket submit(PendingCommit commit) = 0;

  /// Returns when the commit is durable and visible. @throws the error why it is not.
  virtual void wait(const Ticket& ticket) = 0;

  /// Runs `work` within an LMDB transaction of its own, after what was submitted before, and waits for it.
  /// @param flush  whether the memtable becomes a segment first.
  virtual void run(std::function<void(MDB_txn*)> work, bool flush = false) = 0;

  /// Grows with each failure: what was submitted and not written by then never will be.
  [[nodiscard]] virtual std::uint64_t failures() const = 0;

  /// Grows with each change of the durable state.
  [[nodiscard]] virtual std::uint64_t changes() const = 0;
};

/// REQUIRES: `source.memory` holds what the log has.
[[nodiscard]] std::unique_ptr<Committer> make_committer(StateSource source, CommitterOptions options);

}  // namespace scenograph::store::internal
