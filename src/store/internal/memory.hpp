#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "store/internal/dictionary.hpp"
#include "store/internal/edits.hpp"
#include "store/internal/wal/commit_record.hpp"

// The memtable: the commits since the last segment, in memory, as the write-ahead log has them. It is a few immutable
// layers, so that a snapshot keeps what it needs by holding them.

namespace scenograph::store::internal {

/// What some consecutive commits changed. Immutable; thread-safe.
class FrozenEdits final : public EditLayer {
 public:
  using Counts = std::map<std::pair<Counter, TermId>, std::int64_t>;

  /// REQUIRES: each quad at most once.
  FrozenEdits(std::vector<Edit> edits, Counts counts);

  /// Both, what cancels out left away. REQUIRES: `newer` holds the commits right after those of `older`.
  [[nodiscard]] static std::shared_ptr<const FrozenEdits> merge(const FrozenEdits& older, const FrozenEdits& newer);

  [[nodiscard]] int sign(const QuadId& quad) const override;
  [[nodiscard]] std::span<const Row> rows(Order order, Sign sign) const override;
  [[nodiscard]] std::int64_t count_change(Counter counter, TermId id) const override;
  [[nodiscard]] const SubjectSetIndex* subject_sets(std::uint64_t type) const override;
  [[nodiscard]] std::size_t size() const { return edits_.size(); }
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  struct Sorted {
    std::once_flag once;
    std::vector<Row> added;
    std::vector<Row> removed;
  };

  std::vector<Edit> edits_;  ///< sorted by quad
  Counts counts_;
  mutable std::array<Sorted, order_count> orders_;
  mutable std::once_flag sets_once_;
  mutable std::optional<SubjectSetIndex> sets_;
};

/// Terms of the commits in memory. Thread-safe.
class LiveTerms {
 public:
  void add(const std::vector<std::pair<std::uint64_t, std::string>>& terms);
  [[nodiscard]] std::optional<std::uint64_t> find(std::string_view bytes) const;
  [[nodiscard]] std::optional<std::string> bytes_of(std::uint64_t number) const;
  [[nodiscard]] std::vector<std::pair<std::uint64_t, std::string>> all() const;

 private:
  mutable std::shared_mutex mutex_;
  NewTerms terms_;
};

/// The commits in memory, oldest first, with where the log has them. Thread-safe.
class LiveLog {
 public:
  struct Entry {
    CommitInfo info;
    std::uint64_t at = 0;
  };
  void add(Entry entry);

  /// Those from `first` to `last`.
  [[nodiscard]] std::vector<Entry> entries(std::uint64_t first, std::uint64_t last) const;

 private:
  mutable std::mutex mutex_;
  std::deque<Entry> entries_;
};

/// The memtable as of one commit. Immutable, but for terms and log, which only grow.
struct Memory {
  std::uint64_t version = 0;     ///< grows when LMDB changes; states of one version share the transaction and the files
  std::uint64_t wal = 0;         ///< number of the log's file
  std::uint64_t end = 0;         ///< of the last record in it
  std::uint64_t last_at = 0;     ///< where that record begins
  std::uint64_t checksum = 0;    ///< of that record, if it was read from the log; else 0
  std::uint64_t base = 0;        ///< the last commit that segments and LMDB have
  std::uint64_t commit = 0;      ///< the last commit of all
  std::uint64_t first_term = 1;  ///< lower numbers are in vocabularies or LMDB
  std::uint64_t next_term = 1;
  std::uint64_t next_blank = 1;
  std::vector<std::shared_ptr<const FrozenEdits>> layers;  ///< oldest first, each much larger than the next
  std::shared_ptr<LiveTerms> terms = std::make_shared<LiveTerms>();
  std::shared_ptr<LiveLog> log = std::make_shared<LiveLog>();

  [[nodiscard]] std::size_t size() const;  ///< quads of both signs
};

/// A commit in the log.
struct LoggedCommit {
  CommitRecord record;
  std::uint64_t at = 0;
  std::uint64_t checksum = 0;
};

/// The memtable with more commits, in order; `end` is that of the last one.
[[nodiscard]] std::shared_ptr<const Memory> with_commits(const Memory& before, std::vector<LoggedCommit> commits,
                                                         std::uint64_t end);

[[nodiscard]] std::filesystem::path wal_file(const std::filesystem::path& store, std::uint64_t number);

/// What to make of a log whose records go on behind one that is damaged.
enum class LogDamage : std::uint8_t { Refuse, Cut };

/// Takes in what the log has beyond `before.end`.
///
/// @throws  Error(Code::Corrupt) if the log is damaged before its end, unless that is to be cut: then what was there
///          from the damage on is left out. Damage is looked for when a log is read from its beginning.
[[nodiscard]] std::shared_ptr<const Memory> replay(const std::filesystem::path& store,
                                                   std::shared_ptr<const Memory> before, LogDamage damage);

/// Whether the log still has the last record that was read from it: another process takes back commits that it could
/// not make durable.
[[nodiscard]] bool is_in_log(const std::filesystem::path& store, const Memory& memory);

inline constexpr const char* cut_log_remedy =
    "restore the store from a backup, or go on without that commit and all behind it: --cut-log";

/// What is wrong with the log behind the last commit in memory, as a sentence, or "": commits that were there.
[[nodiscard]] std::string describe_damage(const std::filesystem::path& store, const Memory& memory);

/// The memtable of a store in this process, as it is now.
class MemoryCell {
 public:
  [[nodiscard]] std::shared_ptr<const Memory> get() const {
    const std::lock_guard lock(mutex_);
    return memory_;
  }
  void set(std::shared_ptr<const Memory> memory) {
    const std::lock_guard lock(mutex_);
    memory_ = std::move(memory);
  }
  /// Puts what `change` makes of it in its place, one at a time; @return that.
  template <typename Change>
  std::shared_ptr<const Memory> update(Change change) {
    const std::lock_guard lock(mutex_);
    return memory_ = change(memory_);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Memory> memory_;
};

}  // namespace scenograph::store::internal
