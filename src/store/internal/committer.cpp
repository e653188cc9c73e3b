#include "store/internal/committer.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <mutex>
#include <utility>

#include "base/error.hpp"
#include "base/log.hpp"
#include "store/internal/change_log.hpp"
#include "store/internal/dictionary.hpp"
#include "store/internal/rows/sources.hpp"
#include "store/internal/segment/write_segment.hpp"
#include "store/internal/signal.hpp"
#include "store/internal/wal/wal.hpp"

namespace scenograph::store::internal {

namespace {

/// What a thread that waits is to do.
enum class Turn : std::uint8_t { Wait, Lead, Go };

}  // namespace

struct Committer::Job {
  std::optional<PendingCommit> commit;
  std::function<void(MDB_txn*)> work;  ///< if it is no commit
  bool flush = false;                  ///< before the work
  std::atomic<Turn> turn = Turn::Wait;
  Signal turn_changed;
  std::exception_ptr failure;  ///< before `turn` is Go
};

namespace {

constexpr std::size_t most_in_group = 1024;

/// The rows of all layers of the memtable together.
std::unique_ptr<RowSource> memory_rows(const Memory& memory, Order order, Sign wanted) {
  std::vector<SignedRows> inputs;
  for (const auto& layer : memory.layers) {
    for (const Sign sign : {Sign::Added, Sign::Removed}) {
      const auto rows = layer->rows(order, sign);
      if (!rows.empty()) inputs.push_back({sign, sorted_rows(rows), rows.size()});
    }
  }
  return merge_rows(std::move(inputs), wanted, 0);
}

class GroupCommitter final : public Committer {
 public:
  GroupCommitter(StateSource source, CommitterOptions options)
      : source_(std::move(source)), options_(std::move(options)) {}

  Ticket submit(PendingCommit commit) override {
    auto job = std::make_shared<Job>();
    job->commit = std::move(commit);
    enqueue(job);
    return job;
  }

  void wait(const Ticket& job) override {
    while (job->turn == Turn::Wait) job->turn_changed.wait();
    if (job->turn == Turn::Lead) lead(*job);
    if (job->failure) std::rethrow_exception(job->failure);
  }

  void run(std::function<void(MDB_txn*)> work, bool flush) override {
    auto job = std::make_shared<Job>();
    job->work = std::move(work);
    job->flush = flush;
    enqueue(job);
    wait(job);
  }

  std::uint64_t failures() const override { return failures_.load(); }
  std::uint64_t changes() const override { return changes_.load(); }

 private:
  using Group = std::vector<Ticket>;

  /// Whoever comes to an empty line leads.
  void enqueue(const Ticket& job) {
    const std::lock_guard lock(mutex_);
    if (job->commit && job->commit->failures != failures_) {
      job->failure = std::make_exception_ptr(base::Error(
          base::Code::Io, "nothing was written: an earlier commit that this one builds on has failed; try again"));
      job->turn = Turn::Go;
      return;
    }
    queue_.push_back(job);
    if (!std::exchange(led_, true)) job->turn = Turn::Lead;
  }

  /// Writes groups until that of the thread's own job is done; then the first of those that wait takes over.
  void lead(const Job& own) {
    while (own.turn == Turn::Lead) lead_group();
    flush_if_large();
    const std::lock_guard lock(mutex_);
    led_ = !queue_.empty();
    if (led_) give_turn(*queue_.front(), Turn::Lead);
  }

  void lead_group() {
    Group group = next_group();
    std::exception_ptr failure;
    try {
      write(group);
    } catch (...) {
      failure = std::current_exception();
    }
    if (failure) {
      add_dependent(group);
    } else {
      tell_of_change();
    }
    for (const Ticket& job : group) {
      job->failure = failure;
      give_turn(*job, Turn::Go);
    }
  }

  static void give_turn(Job& job, Turn turn) {
    job.turn = turn;
    job.turn_changed.raise();
  }

  /// What waits: commits up to a bound, or one piece of work. A commit with files stands alone.
  Group next_group() {
    const std::lock_guard lock(mutex_);
    Group group;
    while (!queue_.empty() && group.size() < most_in_group) {
      const Job& front = *queue_.front();
      const bool alone = front.work || front.commit->segment || front.commit->vocabulary;
      if (alone && !group.empty()) break;
      group.push_back(std::move(queue_.front()));
      queue_.pop_front();
      if (alone) break;
    }
    return group;
  }

  /// No commit that waits may be written after one that it builds on has failed. None builds on other work.
  void add_dependent(Group& failed) {
    if (!failed.front()->commit) return;
    const std::lock_guard lock(mutex_);
    failures_.fetch_add(1);
    const auto commits =
        std::stable_partition(queue_.begin(), queue_.end(), [](const Ticket& job) { return !job->commit; });
    failed.insert(failed.end(), commits, queue_.end());
    queue_.erase(commits, queue_.end());
  }

  void tell_of_change() {
    changes_.fetch_add(1);
    options_.committed();
  }

  void write(const Group& group) {
    const Job& first = *group.front();
    if (first.work) {
      if (first.flush) {
        work_alone(first.work);
      } else {
        in_transaction(first.work);
        publish(std::make_shared<Memory>(*source_.memory->get()));
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
    std::shared_ptr<Memory> after;
    in_transaction([&](MDB_txn* txn) {
      work(txn);
      write_meta(txn, source_.tables, meta::wal, 0);
      after = empty_memory(txn, source_.tables);
    });
    drop_empty_log(std::move(after));
  }

  /// To the log, and to memory.
  void append(const Group& group) {
    WalWriter& log = wal();
    const auto before = source_.memory->get();
    std::vector<std::string> records;
    records.reserve(group.size());
    for (const Ticket& job : group) records.push_back(encode(job->commit->record));
    std::uint64_t at = log.append(records, options_.durability);
    std::vector<LoggedCommit> commits;
    commits.reserve(group.size());
    for (std::size_t i = 0; i < group.size(); ++i) {
      commits.push_back({std::move(group[i]->commit->record), at});
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
    std::unique_ptr<WalWriter> fresh = make_wal(wal_file(source_.folder, number));
    in_transaction_with({wal_file(source_.folder, number)}, [&](MDB_txn* txn) { list_wal(txn, number); });
    auto started = std::make_shared<Memory>(*memory);
    started->wal = number;
    publish(std::move(started));
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

  /// The memtable that goes with what LMDB has from now on.
  void publish(std::shared_ptr<Memory> memory) {
    memory->version = source_.memory->get()->version + 1;
    source_.memory->set(std::move(memory));
    options_.files_changed();
  }

  /// As `in_transaction`; the files that it lists go if it fails, unless only opening the store tells whether it has.
  void in_transaction_with(const std::vector<std::filesystem::path>& files,
                           const std::function<void(MDB_txn*)>& work) const {
    try {
      in_transaction(work);
    } catch (...) {
      std::error_code ignored;
      if (is_broken(source_.environment.get())) throw;
      for (const auto& file : files) std::filesystem::remove_all(file, ignored);
      throw;
    }
  }

  /// A commit whose quads are files: LMDB takes it in at once. The log, which is empty, does not go on from another
  /// commit than the one it began after.
  void take_files(const PendingCommit& commit) {
    const CommitRecord& record = commit.record;
    keep_changes(source_.folder, record.info.number, segment_folder(source_.folder, commit.segment->number));
    std::shared_ptr<Memory> after;
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
  void drop_empty_log(std::shared_ptr<Memory> after) {
    const std::uint64_t empty = source_.memory->get()->wal;
    publish(std::move(after));
    wal_.reset();
    std::error_code ignored;
    if (empty != 0) std::filesystem::remove(wal_file(source_.folder, empty), ignored);
  }

  /// The state that LMDB has after the transaction, with an empty memtable.
  std::shared_ptr<Memory> list_state(MDB_txn* txn, std::uint64_t commit, std::uint64_t next_term,
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
    wal().settle();
    const std::uint64_t segment = options_.take_file_number();
    const SegmentSize size = write_segment(
        segment_folder(source_.folder, segment),
        [&](Order order, Sign sign) { return memory_rows(*memory, order, sign); }, options_.find_type(), [] {});
    const std::uint64_t log = options_.take_file_number();
    std::unique_ptr<WalWriter> fresh = make_wal(wal_file(source_.folder, log));
    std::shared_ptr<Memory> after;
    in_transaction_with({segment_folder(source_.folder, segment), wal_file(source_.folder, log)}, [&](MDB_txn* txn) {
      if (size.added + size.removed > 0) list_segment(txn, {segment, size.added, size.removed, 0, memory->commit});
      take_in(txn, *memory);
      list_wal(txn, log);
      after = list_state(txn, memory->commit, memory->next_term, memory->next_blank);
    });
    publish(std::move(after));
    const std::unique_ptr<WalWriter> full = std::exchange(wal_, std::move(fresh));
    tell_of_change();
    shorten(*full);
  }

  /// The log that was has done its work: whether it gives back room changes no state.
  static void shorten(WalWriter& full) {
    try {
      full.finish();
    } catch (const base::Error& error) {
      base::log(base::LogLevel::Warning, "log not shortened", {{"reason", error.message()}});
    }
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
  std::deque<Ticket> queue_;
  bool led_ = false;  ///< whether a thread writes, or has been told to
  std::atomic<std::uint64_t> failures_ = 0;
  std::atomic<std::uint64_t> changes_ = 0;
  std::unique_ptr<WalWriter> wal_;
  std::uint64_t retry_size_ = 0;
};

}  // namespace

std::unique_ptr<Committer> make_committer(StateSource source, CommitterOptions options) {
  return std::make_unique<GroupCommitter>(std::move(source), std::move(options));
}

}  // namespace scenograph::store::internal
