#include "store/internal/committer.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "base/error.hpp"
#include "store/internal/change_log.hpp"
#include "store/internal/dictionary.hpp"
#include "store/internal/memtable.hpp"
#include "store/internal/segment/write_segment.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t most_in_group = 1024;

struct Job {
  std::optional<PendingCommit> commit;
  std::function<void(MDB_txn*)> work;  ///< if it is no commit
  std::promise<void> done;
};

/// What several commits come to, each quad at most once.
std::vector<Edit> net_of(std::span<Job> group) {
  if (group.size() == 1) return std::move(group.front().commit->edits);
  std::unordered_map<QuadId, bool, QuadIdHash> net;
  for (const Job& job : group) {
    for (const Edit& edit : job.commit->edits) {
      const auto [at, is_new] = net.try_emplace(edit.quad, edit.added);
      if (!is_new) net.erase(at);
    }
  }
  std::vector<Edit> edits;
  edits.reserve(net.size());
  for (const auto& [quad, added] : net) edits.push_back({quad, added});
  return edits;
}

void write_counts(MDB_txn* txn, const Tables& tables, std::span<const Job> group) {
  std::map<std::pair<Counter, TermId>, std::int64_t> changes;
  for (const Job& job : group) {
    for (const CountChange& count : job.commit->counts) changes[{count.counter, count.id}] += count.change;
  }
  for (const auto& [key, change] : changes) add_count(txn, tables, key.first, key.second, change);
}

class GroupCommitter final : public Committer {
 public:
  GroupCommitter(StateSource source, CommitterOptions options)
      : source_(std::move(source)), options_(std::move(options)), thread_([this] { serve(); }) {}

  ~GroupCommitter() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  std::future<void> submit(PendingCommit commit) override {
    Job job;
    job.commit = std::move(commit);
    return enqueue(std::move(job));
  }

  std::future<void> run(std::function<void(MDB_txn*)> work) override {
    Job job;
    job.work = std::move(work);
    return enqueue(std::move(job));
  }

  std::uint64_t failures() const override { return failures_.load(); }
  std::uint64_t changes() const override { return changes_.load(); }

 private:
  std::future<void> enqueue(Job job) {
    std::future<void> done = job.done.get_future();
    {
      const std::lock_guard lock(mutex_);
      if (job.commit && job.commit->failures != failures_) {
        job.done.set_exception(std::make_exception_ptr(base::Error(
            base::Code::Io, "nothing was written: an earlier commit that this one builds on has failed; try again")));
        return done;
      }
      queue_.push_back(std::move(job));
    }
    wake_.notify_one();
    return done;
  }

  void serve() {
    while (true) {
      std::vector<Job> group = next_group();
      if (group.empty()) return;
      std::exception_ptr failure;
      try {
        write(group);
      } catch (...) {
        failure = std::current_exception();
      }
      if (failure) {
        fail(std::move(group), failure);
      } else {
        changes_.fetch_add(1);
        options_.durable();
        for (Job& job : group) job.done.set_value();
      }
    }
  }

  /// What waits: commits up to a bound, or one piece of work. A commit with files ends a group.
  std::vector<Job> next_group() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    std::vector<Job> group;
    while (!queue_.empty() && group.size() < most_in_group) {
      const bool alone = queue_.front().work || queue_.front().commit->segment || queue_.front().commit->vocabulary;
      if (alone && !group.empty()) break;
      group.push_back(std::move(queue_.front()));
      queue_.pop_front();
      if (alone) break;
    }
    return group;
  }

  /// No commit that waits may be written after one that it builds on has failed.
  void fail(std::vector<Job> group, const std::exception_ptr& failure) {
    {
      const std::lock_guard lock(mutex_);
      failures_.fetch_add(1);
      for (auto at = queue_.begin(); at != queue_.end();) {
        if (at->work) {
          ++at;
          continue;
        }
        group.push_back(std::move(*at));
        at = queue_.erase(at);
      }
    }
    for (Job& job : group) job.done.set_exception(failure);
  }

  void write(std::vector<Job>& group) {
    const bool is_work = static_cast<bool>(group.front().work);
    Txn txn = begin_txn(source_.environment.get(), 0);
    if (group.front().work) {
      group.front().work(txn.get());
    } else {
      apply(txn.get(), group);
    }
    commit_txn(source_.environment.get(), std::move(txn));
    if (is_work) sync_relaxed();
  }

  /// Work such as a merge makes files needless, which go next: no state before it may come back after a loss of power.
  void sync_relaxed() {
    unsigned flags = 0;
    check(mdb_env_get_flags(source_.environment.get(), &flags), "cannot commit");
    if ((flags & MDB_NOMETASYNC) != 0) check(mdb_env_sync(source_.environment.get(), 1), "cannot commit");
  }

  void apply(MDB_txn* txn, std::vector<Job>& group) {
    const Tables& tables = source_.tables;
    const PendingCommit& last = *group.back().commit;
    if (last.segment) {
      flush_memtable(txn, source_, options_.take_file_number());
      list_files(txn, last);
    }
    for (Job& job : group) {
      PendingCommit& commit = *job.commit;
      for (const auto& [number, bytes] : commit.terms) add_term(txn, tables, number, bytes);
      log_commit(txn, tables, commit.info, commit.edits);
    }
    write_counts(txn, tables, group);
    const std::vector<Edit> edits = net_of(group);
    if (!edits.empty()) write_memtable(txn, tables, edits);
    write_meta(txn, tables, meta::last_commit, last.info.number);
    write_meta(txn, tables, meta::next_term, last.next_term);
    write_meta(txn, tables, meta::next_blank, last.next_blank);
    if (memtable_size(txn, tables) > options_.memtable_quads) {
      flush_memtable(txn, source_, options_.take_file_number());
    }
  }

  void list_files(MDB_txn* txn, const PendingCommit& commit) {
    Manifest manifest = read_manifest(txn, source_.tables);
    manifest.segments.push_back(*commit.segment);
    if (commit.vocabulary) manifest.vocabularies.push_back(*commit.vocabulary);
    write_manifest(txn, source_.tables, manifest);
    note_file_number(txn, source_.tables,
                     std::max(commit.segment->number, commit.vocabulary ? commit.vocabulary->number : 0));
    keep_changes(source_.folder, commit.info.number, segment_folder(source_.folder, commit.segment->number));
  }

  StateSource source_;
  CommitterOptions options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::atomic<std::uint64_t> failures_ = 0;
  std::atomic<std::uint64_t> changes_ = 0;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Committer> make_committer(StateSource source, CommitterOptions options) {
  return std::make_unique<GroupCommitter>(std::move(source), std::move(options));
}

void flush_memtable(MDB_txn* txn, const StateSource& source, std::uint64_t file_number) {
  const Tables& tables = source.tables;
  if (memtable_size(txn, tables) == 0) return;
  const SegmentSize size = write_segment(
      segment_folder(source.folder, file_number),
      [&](Order order, Sign sign) { return memtable_rows(txn, tables, order, sign, {}); }, [] {});
  Manifest manifest = read_manifest(txn, tables);
  SegmentEntry entry{file_number, size.added, size.removed, 1, read_meta(txn, tables, meta::last_commit)};
  if (!manifest.segments.empty()) entry.first_commit = manifest.segments.back().last_commit + 1;
  manifest.segments.push_back(entry);
  clear_memtable(txn, tables);
  write_manifest(txn, tables, manifest);
  note_file_number(txn, tables, file_number);
}

}  // namespace scenograph::store::internal
