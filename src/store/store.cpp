#include "store/store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"
#include "store/internal/change_log.hpp"
#include "store/internal/dictionary.hpp"
#include "store/internal/transaction.hpp"
#include "store/internal/txn_view.hpp"

namespace scenograph::store {

using base::Code;
using base::Error;
using internal::Tables;

namespace {

namespace fs = std::filesystem;

constexpr const char* data_file = "data.mdb";
constexpr const char* lock_file = "writer.lock";
constexpr unsigned max_snapshots = 4096;

/// The lock that keeps a second writing process out; the system gives it back when the process ends, however it ends.
class WriterLock {
 public:
  WriterLock() = default;
  explicit WriterLock(const fs::path& folder) {
    const fs::path path = folder / lock_file;
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor_ < 0) throw base::system_error(errno, fmt::format("cannot open {}", path.string()));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    const int reason = errno;
    ::close(descriptor_);
    if (reason != EWOULDBLOCK) throw base::system_error(reason, fmt::format("cannot lock {}", path.string()));
    throw Error(Code::Locked, fmt::format("another process is writing to {}", folder.string()));
  }
  WriterLock(WriterLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  WriterLock& operator=(WriterLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  ~WriterLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  int descriptor_ = -1;
};

class SnapshotView final : public internal::TxnView<View> {
 public:
  /// Looks at every table once: from then on reading changes nothing in the LMDB transaction, so that many threads may.
  SnapshotView(std::shared_ptr<MDB_env> environment, const Tables& tables)
      : TxnView<View>(tables),
        environment_(std::move(environment)),
        txn_(internal::begin_txn(environment_.get(), MDB_RDONLY)) {
    MDB_stat stat;
    for (const MDB_dbi table : tables.quads) internal::check(mdb_stat(txn_.get(), table, &stat), "cannot read");
    for (const MDB_dbi table :
         {tables.terms, tables.hashes, tables.counts, tables.commits, tables.changes, tables.meta}) {
      internal::check(mdb_stat(txn_.get(), table, &stat), "cannot read");
    }
  }

  [[nodiscard]] MDB_txn* txn() const override { return txn_.get(); }

 private:
  void settle() const override {}

  std::shared_ptr<MDB_env> environment_;
  internal::Txn txn_;
};

/// A file shorter than its pages would crash the reader of the missing ones.
void check_length(MDB_env* environment, const fs::path& folder) {
  MDB_envinfo info;
  MDB_stat stat;
  internal::check(mdb_env_info(environment, &info), "cannot read the store");
  internal::check(mdb_env_stat(environment, &stat), "cannot read the store");
  std::error_code ignored;
  const std::uintmax_t size = fs::file_size(folder / data_file, ignored);
  if (size < (info.me_last_pgno + 1) * stat.ms_psize) {
    throw Error(Code::Corrupt, fmt::format("{} is cut short: restore it from a backup", (folder / data_file).string()));
  }
}

void check_folder(const fs::path& folder, const StoreOptions& options) {
  std::error_code ignored;
  const bool there = fs::exists(folder / data_file, ignored);
  if (there) return;
  if (options.read_only || !options.create) {
    throw Error(Code::NotFound, fmt::format("there is no store in {}: scenograph --data {} init makes one",
                                            folder.string(), folder.string()));
  }
  base::make_folder(folder);
}

std::shared_ptr<MDB_env> open_environment(const fs::path& folder, const StoreOptions& options) {
  const std::string doing = fmt::format("cannot open the store in {}", folder.string());
  MDB_env* raw = nullptr;
  internal::check(mdb_env_create(&raw), doing);
  std::shared_ptr<MDB_env> environment(raw, internal::EnvironmentCloser());
  internal::check(mdb_env_set_maxdbs(raw, internal::table_count), doing);
  internal::check(mdb_env_set_maxreaders(raw, max_snapshots), doing);
  internal::check(mdb_env_set_mapsize(raw, options.max_bytes), doing);
  const unsigned flags = unsigned{MDB_NOTLS} | MDB_NORDAHEAD | (options.read_only ? unsigned{MDB_RDONLY} : 0U);
  internal::check(mdb_env_open(raw, folder.c_str(), flags, 0644), doing);
  int dead = 0;
  internal::check(mdb_reader_check(raw, &dead), doing);
  check_length(raw, folder);
  return environment;
}

class LmdbStore final : public Store {
 public:
  LmdbStore(const fs::path& folder, const StoreOptions& options) : folder_(folder), read_only_(options.read_only) {
    check_folder(folder, options);
    if (!read_only_) writer_process_ = WriterLock(folder);
    environment_ = open_environment(folder, options);
    internal::Txn txn = internal::begin_txn(environment_.get(), read_only_ ? unsigned{MDB_RDONLY} : 0U);
    tables_ = internal::open_tables(txn.get(), !read_only_);
    internal::commit_txn(environment_.get(), std::move(txn));
  }

  Snapshot snapshot() const override {
    const std::lock_guard lock(latest_mutex_);
    Snapshot current = read_only_ ? nullptr : latest_.lock();
    if (!current) latest_ = current = open_view();
    return current;
  }

  std::unique_ptr<Transaction> begin() override {
    if (read_only_)
      throw Error(Code::ReadOnly, fmt::format("the store in {} is open for reading only", folder_.string()));
    return internal::begin_transaction(environment_, tables_, std::unique_lock(writer_), [this] {
      const std::lock_guard lock(latest_mutex_);
      latest_.reset();
    });
  }

  StoreInfo info() const override {
    const auto view = open_view();
    MDB_stat terms;
    internal::check(mdb_stat(view->txn(), tables_.terms, &terms), "cannot read the store");
    StoreInfo info;
    info.quads = view->count({});
    info.terms = terms.ms_entries;
    info.graphs = view->graphs().size();
    info.commits = view->commit_number();
    struct stat file {};
    if (::stat((folder_ / data_file).c_str(), &file) == 0)
      info.disk_bytes = static_cast<std::uint64_t>(file.st_blocks) * 512;
    return info;
  }

  std::vector<CommitInfo> commits(std::uint64_t first, std::size_t limit) const override {
    return internal::read_commits(open_view()->txn(), tables_, first, limit);
  }

  void changes(std::uint64_t commit, const std::function<void(const Change&)>& sink) const override {
    const auto view = open_view();
    internal::read_edits(view->txn(), tables_, commit, [&](const internal::Edit& edit) {
      const QuadId& quad = edit.quad;
      sink({edit.added,
            {view->term(quad.subject), view->term(quad.predicate), view->term(quad.object), view->term(quad.graph)}});
    });
  }

 private:
  [[nodiscard]] std::shared_ptr<const SnapshotView> open_view() const {
    return std::make_shared<const SnapshotView>(environment_, tables_);
  }

  fs::path folder_;
  bool read_only_;
  WriterLock writer_process_;
  std::shared_ptr<MDB_env> environment_;
  Tables tables_;
  std::mutex writer_;
  mutable std::mutex latest_mutex_;
  mutable std::weak_ptr<const View> latest_;  ///< of the last commit, shared by all who ask before the next
};

}  // namespace

std::unique_ptr<Store> Store::open(const fs::path& folder, const StoreOptions& options) {
  return std::make_unique<LmdbStore>(folder, options);
}

}  // namespace scenograph::store
