#include "store/store.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "store/internal/backup/take_backup.hpp"
#include "store/internal/change_log.hpp"
#include "store/internal/compact.hpp"
#include "store/internal/environment.hpp"
#include "store/internal/folder_lock.hpp"
#include "store/internal/free_pages.hpp"
#include "store/internal/index/term_indexes.hpp"
#include "store/internal/load_into_store.hpp"
#include "store/internal/merge_segments.hpp"
#include "store/internal/past_state.hpp"
#include "store/internal/snapshot.hpp"
#include "store/internal/transaction.hpp"
#include "store/internal/verify/verify_store.hpp"
#include "store/internal/wal/wal.hpp"

namespace scenograph::store {

using base::Code;
using base::Error;
using internal::Tables;

namespace {

namespace fs = std::filesystem;

void check_folder(const fs::path& folder, const StoreOptions& options) {
  std::error_code ignored;
  const bool there = fs::exists(folder / internal::data_file_name, ignored);
  if (there) return;
  if (options.read_only || !options.create) {
    throw Error(Code::NotFound, fmt::format("there is no store in {}: scenograph --data {} init makes one",
                                            folder.string(), folder.string()));
  }
  base::make_folder(folder);
}

/// What the files below take up; one that has a second name elsewhere counts by its share.
std::uint64_t disk_use(const fs::path& folder) {
  const auto size_of = [](const fs::path& path) -> std::uint64_t {
    struct stat file {};
    if (::lstat(path.c_str(), &file) != 0 || S_ISREG(file.st_mode) == 0) return 0;
    return static_cast<std::uint64_t>(file.st_blocks) * 512 / std::max<std::uint64_t>(file.st_nlink, 1);
  };
  std::uint64_t bytes = size_of(folder);
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(folder, error); !error && at != fs::recursive_directory_iterator();
       at.increment(error)) {
    bytes += size_of(at->path());
  }
  return bytes;
}

class LmdbStore final : public Store {
 public:
  LmdbStore(const fs::path& folder, const StoreOptions& options) : read_only_(options.read_only) {
    check_folder(folder, options);
    if (!read_only_) {
      writer_process_ = internal::FolderLock(
          folder / internal::writer_lock_name, internal::FolderLock::Kind::Exclusive,
          fmt::format("another process is writing to {}, or reads it and may not write its lock.mdb", folder.string()));
    }
    source_.folder = folder;
    indexes_ = std::make_shared<internal::TermIndexes>(folder, options.indexes,
                                                       read_only_ ? IndexWriting::OnUse : options.index_writing);
    source_.follows = read_only_;
    source_.log_damage = options.cut_log ? internal::LogDamage::Cut : internal::LogDamage::Refuse;
    source_.environment = internal::open_environment(folder, options.max_bytes, read_only_);
    internal::Txn txn = internal::begin_txn(source_.environment.get(), read_only_ ? unsigned{MDB_RDONLY} : 0U);
    source_.tables = internal::open_tables(txn.get(), !read_only_);
    if (!read_only_) tidy(txn.get());
    internal::commit_txn(source_.environment.get(), std::move(txn));
    if (read_only_) return;
    internal::give_back_free_pages(source_.environment.get(), folder / internal::data_file_name);
    start_writer(options);
  }

  Snapshot snapshot() const override {
    const std::lock_guard lock(latest_mutex_);
    Snapshot current = read_only_ ? nullptr : latest_.lock();
    if (!current) {
      latest_ = current = internal::make_snapshot(open_state(), indexes_);
    }
    return current;
  }

  std::unique_ptr<Transaction> begin() override {
    refuse_if_read_only();
    std::unique_lock writer(writer_state_.mutex);
    writer_state_.refresh();
    return internal::begin_transaction(writer_state_, std::move(writer));
  }

  std::unique_ptr<BulkLoad> begin_load(const BulkLoadOptions& options) override {
    refuse_if_read_only();
    return internal::load_into_store(writer_state_, options);
  }

  void merge() override {
    refuse_if_read_only();
    while (true) {
      const auto state = internal::open_state(source_, nullptr);
      const std::size_t first = internal::first_to_merge(state->files->manifest);
      if (first == state->files->segments.size()) return;
      internal::merge_segments(writer_state_, *state->files, first, [] {});
    }
  }

  void compact(const BulkLoadOptions& options) override {
    refuse_if_read_only();
    internal::compact_store(writer_state_, options);
  }

  StoreInfo info() const override {
    const auto state = internal::open_state(source_, nullptr);
    const internal::Layers layers = state->layers();
    MDB_stat terms;
    internal::check(mdb_stat(layers.txn, source_.tables.terms, &terms), "cannot read the store");
    StoreInfo info;
    info.quads = internal::read_count(layers, internal::Counter::Quads, {});
    info.terms = terms.ms_entries;
    for (const auto& vocabulary : state->files->vocabularies) info.terms += vocabulary->size();
    info.graphs = state->counted(internal::Counter::Graph).size();
    info.commits = state->memory->commit;
    info.segments = state->files->segments.size();
    info.memtable_quads = state->memory->size();
    info.vocabularies = state->files->vocabularies.size();
    info.log_start = internal::read_meta(layers.txn, source_.tables, internal::meta::log_start);
    info.disk_bytes = disk_use(source_.folder);
    info.data_bytes = disk_use(source_.folder / internal::data_file_name);
    for (const auto& segment : state->files->segments) info.segment_bytes += segment->file_bytes();
    for (const auto& vocabulary : state->files->vocabularies) info.vocabulary_bytes += vocabulary->file_bytes();
    info.index_bytes = internal::index_bytes(source_.folder, state->files->manifest, *indexes_);
    info.change_bytes = internal::unshared_change_bytes(source_.folder);
    return info;
  }

  std::vector<CommitInfo> commits(std::uint64_t first, std::size_t limit) const override {
    return internal::read_commits(*internal::open_state(source_, nullptr), first, limit);
  }

  void changes(std::uint64_t commit, const std::function<void(const Change&)>& sink) const override {
    internal::read_changes(source_, *reading_state(), commit, sink);
  }

  void state_at(std::uint64_t commit, const rdf::QuadSink& sink) const override {
    internal::read_state_at(source_, *reading_state(), commit, sink);
  }

  VerifyReport verify(const VerifyOptions& options) const override {
    return internal::verify_store(source_, indexes_->analysers(), options);
  }

  BackupResult backup(const fs::path& folder, const BackupOptions& options) const override {
    return internal::take_backup(source_, folder, options);
  }

 private:
  void refuse_if_read_only() const {
    if (!read_only_) return;
    throw Error(Code::ReadOnly, fmt::format("the store in {} is open for reading only", source_.folder.string()));
  }

  /// Shares the files that are open.
  [[nodiscard]] std::shared_ptr<const internal::State> reading_state() const {
    const std::lock_guard lock(latest_mutex_);
    return open_state();
  }

  /// REQUIRES: `latest_mutex_` is held. What another process writes is not to wait for the state that is kept here.
  [[nodiscard]] std::shared_ptr<const internal::State> open_state() const {
    auto state = internal::open_state(source_, state_.get());
    auto kept = std::make_shared<internal::State>(*state);
    if (read_only_) kept->txn.reset();
    state_ = std::move(kept);
    return state;
  }

  /// Takes the commits since the last segment from the log.
  void load_memory() {
    const internal::Txn txn = internal::begin_txn(source_.environment.get(), MDB_RDONLY);
    std::shared_ptr<const internal::Memory> memory = internal::empty_memory(txn.get(), source_.tables);
    if (memory->wal != 0) memory = internal::replay(source_.folder, std::move(memory), source_.log_damage);
    source_.memory->set(std::move(memory));
  }

  /// Leaves a damaged log behind, if that is asked for: a segment has what was before the damage.
  void cut_log() {
    if (source_.log_damage != internal::LogDamage::Cut) return;
    const auto memory = source_.memory->get();
    const std::string problem = memory->wal == 0 ? "" : internal::describe_damage(source_.folder, *memory);
    if (problem.empty()) return;
    const fs::path copy = internal::copy_wal(internal::wal_file(source_.folder, memory->wal));
    base::log(base::LogLevel::Warning, "log cut", {{"reason", problem}, {"kept", copy.string()}});
    writer_state_.committer->run([](MDB_txn*) {}, true);
  }

  /// Removes what a crash left behind.
  void tidy(MDB_txn* txn) const {
    internal::remove_unlisted(source_.folder, internal::read_manifest(txn, source_.tables));
    internal::remove_unlisted_changes(txn, source_.tables, source_.folder);
  }

  void start_writer(const StoreOptions& options) {
    internal::CommitterOptions committing;
    committing.memtable_quads = options.memtable_quads;
    committing.durability = options.durability;
    committing.committed = [this] {
      const std::lock_guard lock(latest_mutex_);
      latest_.reset();
    };
    committing.files_changed = [this] {
      {
        const std::lock_guard lock(latest_mutex_);
        state_.reset();
      }
      writer_state_.changed.raise();
      index_writer_changed_.raise();
    };
    committing.take_file_number = [this] { return writer_state_.next_file++; };
    committing.find_type = writer_state_.find_type = [this] { return internal::type_id(*snapshot()); };
    writer_state_.source = source_;
    writer_state_.largest_small_commit = options.memtable_quads;
    load_memory();
    writer_state_.committer = internal::make_committer(source_, std::move(committing));
    const std::lock_guard lock(writer_state_.mutex);
    writer_state_.refresh();
    writer_state_.next_file = std::max<std::uint64_t>(
        internal::read_meta(writer_state_.base->txn.get(), source_.tables, internal::meta::next_file), 1);
    cut_log();
    if (options.background_merges) merger_ = internal::start_merger(writer_state_);
    if (options.index_writing == IndexWriting::InBackground && !options.indexes.empty()) {
      index_writer_ = internal::start_index_writer(source_, *indexes_, index_writer_changed_);
    }
  }

  bool read_only_;
  internal::FolderLock writer_process_;
  internal::StateSource source_;
  mutable std::mutex latest_mutex_;
  mutable std::weak_ptr<const View> latest_;              ///< of the last commit, shared by all who ask before the next
  mutable std::shared_ptr<const internal::State> state_;  ///< of the last snapshot, to share with the next
  std::shared_ptr<internal::TermIndexes> indexes_;
  internal::Signal index_writer_changed_;
  internal::WriterState writer_state_;
  std::unique_ptr<internal::Merger> merger_;
  std::unique_ptr<internal::IndexWriter> index_writer_;
};

}  // namespace

std::unique_ptr<Store> Store::open(const fs::path& folder, const StoreOptions& options) {
  return std::make_unique<LmdbStore>(folder, options);
}

}  // namespace scenograph::store
