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
  std::function<void()> durable;                    ///< called after each change of the state, by its thread
  std::function<std::uint64_t()> take_file_number;  ///< for a segment or a log
  std::function<std::uint64_t()> find_type;         ///< the id of rdf:type in the durable state, 0 if there is none
};

/// Makes commits durable, on a thread of its own: all that wait go to the write-ahead log at once, so that many writers
/// share the synchronising of the disk. Commits are applied in the order they were submitted. Now and then the memtable
/// becomes a segment, and LMDB takes in the rest. Thread-safe.
///
/// If a group cannot be written, it and everything that waits by then fails: later commits build on earlier ones.
class Committer {
 public:
  virtual ~Committer() = default;  ///< writes what waits

  /// @return  ready when the commit is durable and visible, or with the error why not.
  [[nodiscard]] virtual std::future<void> submit(PendingCommit commit) = 0;

  /// Runs `work` within an LMDB transaction of its own, after what was submitted before. @param flush  whether the
  /// memtable becomes a segment first.
  [[nodiscard]] virtual std::future<void> run(std::function<void(MDB_txn*)> work, bool flush = false) = 0;

  /// Grows with each failure: what was submitted and not written by then never will be.
  [[nodiscard]] virtual std::uint64_t failures() const = 0;

  /// Grows with each change of the durable state.
  [[nodiscard]] virtual std::uint64_t changes() const = 0;
};

/// REQUIRES: `source.memory` holds what the log has.
[[nodiscard]] std::unique_ptr<Committer> make_committer(StateSource source, CommitterOptions options);

}  // namespace scenograph::store::internal
