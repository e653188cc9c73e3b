#include "store/internal/committer.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "base/error.hpp"
#include "base/log.hpp"
#include "store/internal/change_log.hpp"
#include "store/internal/dictionary.hpp"
#include "store/internal/rows/sources.hpp"
#include "store/internal/segment/write_segment.hpp"
#include "store/internal/wal/wal.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t most_in_group = 1024;

struct Job {
  std::optional<PendingCommit> commit;
  std::function<void(MDB_txn*)> work;  ///< if it is no commit
  bool flush = false;                  ///< before the work
  std::promise<void> done;
};

/// The rows of all layers of the memtable together.
std::unique_ptr<RowSource> memory_rows(const Memory& memory, Order order, Sign wanted) {
  std::vector<SignedRows> inputs;
  for (const auto& layer : memory.layers) {
    for (const Sign sign : {Sign::Added, Sign::Removed}) {
      const auto rows = layer->rows(order, sign);
      if (!rows.empty()) inputs.push_back({sign, sorted_rows(rows)});
    }
  }
  return merge_rows(std::move(inputs), wanted, 0);
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

  std::future<void> run(std::function<void(MDB_txn*)> work, bool flush) override {
    Job job;
    job.work = std::move(work);
    job.flush = flush;
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
        flush_if_large();
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

  /// No commit that waits may be written after one that it builds on has failed. None builds on other work.
  void fail(std::vector<Job> group, const std::exception_ptr& failure) {
    if (group.front().commit) {
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
    Job& first = group.front();
    if (first.work) {
      if (first.flush) {
        work_alone(first.work);
      } else {
        in_transaction(first.work);
      }
    } else if (first.commit->segment) {
      flush();
      take_files(*first.commit);
    } else {
      append(group);
    }
  }

  /// Work that needs all in LMDB and files, and may change any of it.
  void work_alone(const std::function<void(MDB_txn*)>& work) {
    flush();
    std::shared_ptr<const Memory> after;
    in_transaction([&](MDB_txn* txn) {
      work(txn);
      write_meta(txn, source_.tables, meta::wal, 0);
      after = empty_memory(txn, source_.tables);
    });
    drop_empty_log(std::move(after));
  }

  /// To the log, and to memory.
  void append(std::vector<Job>& group) {
    WalWriter& log = wal();
    const auto before = source_.memory->get();
    std::vector<std::string> records;
    records.reserve(group.size());
    for (Job& job : group) records.push_back(encode(job.commit->record));
    std::uint64_t at = log.append(records, options_.durability);
    std::vector<LoggedCommit> commits;
    commits.reserve(group.size());
    for (std::size_t i = 0; i < group.size(); ++i) {
      commits.push_back({std::move(group[i].commit->record), at});
      at += wal_bytes(records[i]);
    }
    source_.memory->set(with_commits(*before, std::move(commits), at));
  }

  /// The log of the memtable; a store without one gets it now.
  WalWriter& wal() {
    if (wal_) return *wal_;
    const auto memory = source_.memory->get();
    if (memory->wal != 0) {
      wal_ = open_wal(wal_file(source_.folder, memory->wal), memory->end);
      return *wal_;
    }
    const std::uint64_t number = options_.take_file_number();
    std::unique_ptr<WalWriter> fresh = open_wal(wal_file(source_.folder, number), 0);
    in_transaction([&](MDB_txn* txn) { list_wal(txn, number); });
    auto started = std::make_shared<Memory>(*memory);
    started->wal = number;
    source_.memory->set(std::move(started));
    wal_ = std::move(fresh);
    return *wal_;
  }

  void list_wal(MDB_txn* txn, std::uint64_t number) const {
    note_file_number(txn, source_.tables, number);
    write_meta(txn, source_.tables, meta::wal, number);
    if (read_meta(txn, source_.tables, meta::first_wal) == 0) write_meta(txn, source_.tables, meta::first_wal, number);
  }

  void in_transaction(const std::function<void(MDB_txn*)>& work) const {
    Txn txn = begin_txn(source_.environment.get(), 0);
    work(txn.get());
    commit_txn(source_.environment.get(), std::move(txn));
  }

  /// A commit whose quads are files: LMDB takes it in at once. The log, which is empty, does not go on from another
  /// commit than the one it began after.
  void take_files(const PendingCommit& commit) {
    const CommitRecord& record = commit.record;
    keep_changes(source_.folder, record.info.number, segment_folder(source_.folder, commit.segment->number));
    std::shared_ptr<const Memory> after;
    in_transaction([&](MDB_txn* txn) {
      Manifest manifest = read_manifest(txn, source_.tables);
      manifest.segments.push_back(*commit.segment);
      if (commit.vocabulary) manifest.vocabularies.push_back(*commit.vocabulary);
      write_manifest(txn, source_.tables, manifest);
      note_file_number(txn, source_.tables, commit.segment->number);
      for (const auto& [number, bytes] : record.terms) add_term(txn, source_.tables, number, bytes);
      for (const CountChange& count : record.counts) {
        add_count(txn, source_.tables, count.counter, count.id, count.change);
      }
      log_commit(txn, source_.tables, record.info, {});
      write_meta(txn, source_.tables, meta::wal, 0);
      after = list_state(txn, record.info.number, record.next_term, record.next_blank);
    });
    drop_empty_log(std::move(after));
  }

  /// Goes on from a state without a log; the one there was holds nothing.
  void drop_empty_log(std::shared_ptr<const Memory> after) {
    const std::uint64_t empty = source_.memory->get()->wal;
    source_.memory->set(std::move(after));
    wal_.reset();
    std::error_code ignored;
    if (empty != 0) std::filesystem::remove(wal_file(source_.folder, empty), ignored);
  }

  /// The state that LMDB has after the transaction, with an empty memtable.
  std::shared_ptr<const Memory> list_state(MDB_txn* txn, std::uint64_t commit, std::uint64_t next_term,
                                           std::uint64_t next_blank) const {
    write_meta(txn, source_.tables, meta::last_commit, commit);
    write_meta(txn, source_.tables, meta::next_term, next_term);
    write_meta(txn, source_.tables, meta::next_blank, next_blank);
    return empty_memory(txn, source_.tables);
  }

  void flush_if_large() {
    if (source_.memory->get()->size() <= std::max(options_.memtable_quads, retry_size_)) return;
    try {
      flush();
      retry_size_ = 0;
    } catch (const base::Error& error) {
      // Nothing is lost: the log has it all. It is tried again when as much has come again.
      retry_size_ = source_.memory->get()->size() + options_.memtable_quads;
      base::log(base::LogLevel::Error, "memtable not written", {{"reason", error.message()}});
    }
  }

  /// The memtable becomes a segment, LMDB takes in the rest, and a new log begins.
  void flush() {
    const auto memory = source_.memory->get();
    if (memory->commit == memory->base) return;
    wal();
    const std::uint64_t segment = options_.take_file_number();
    const SegmentSize size = write_segment(
        segment_folder(source_.folder, segment),
        [&](Order order, Sign sign) { return memory_rows(*memory, order, sign); }, options_.find_type(), [] {});
    const std::uint64_t log = options_.take_file_number();
    std::unique_ptr<WalWriter> fresh = open_wal(wal_file(source_.folder, log), 0);
    std::shared_ptr<const Memory> after;
    in_transaction([&](MDB_txn* txn) {
      if (size.added + size.removed > 0) list_segment(txn, {segment, size.added, size.removed, 0, memory->commit});
      take_in(txn, *memory);
      list_wal(txn, log);
      after = list_state(txn, memory->commit, memory->next_term, memory->next_blank);
    });
    source_.memory->set(after);
    const std::unique_ptr<WalWriter> full = std::exchange(wal_, std::move(fresh));
    changes_.fetch_add(1);
    options_.durable();
    full->finish();  // last: whether it succeeds, the new log is the one that counts
  }

  void list_segment(MDB_txn* txn, SegmentEntry entry) const {
    Manifest manifest = read_manifest(txn, source_.tables);
    entry.first_commit = manifest.segments.empty() ? 1 : manifest.segments.back().last_commit + 1;
    manifest.segments.push_back(entry);
    write_manifest(txn, source_.tables, manifest);
    note_file_number(txn, source_.tables, entry.number);
  }

  /// Terms, counts and commits of the memtable.
  void take_in(MDB_txn* txn, const Memory& memory) const {
    for (const auto& [number, bytes] : memory.terms->all()) add_term(txn, source_.tables, number, bytes);
    FrozenEdits::Counts counts;
    for (const auto& layer : memory.layers) {
      for (const auto& [key, change] : layer->counts()) counts[key] += change;
    }
    for (const auto& [key, change] : counts) add_count(txn, source_.tables, key.first, key.second, change);
    for (const auto& entry : memory.log->entries(memory.base + 1, memory.commit)) {
      log_commit(txn, source_.tables, entry.info, {memory.wal, entry.at});
    }
  }

  StateSource source_;
  CommitterOptions options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::atomic<std::uint64_t> failures_ = 0;
  std::atomic<std::uint64_t> changes_ = 0;
  std::unique_ptr<WalWriter> wal_;
  std::uint64_t retry_size_ = 0;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Committer> make_committer(StateSource source, CommitterOptions options) {
  return std::make_unique<GroupCommitter>(std::move(source), std::move(options));
}

}  // namespace scenograph::store::internal
