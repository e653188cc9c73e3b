#include <fmt/format.h>

#include <map>
#include <set>

#include "base/error.hpp"
#include "base/file.hpp"
#include "store/backup.hpp"
#include "store/internal/backup/copy_file.hpp"
#include "store/internal/backup/index.hpp"
#include "store/internal/folder_lock.hpp"
#include "store/store.hpp"

namespace scenograph::store {

using base::Code;
using base::Error;
using internal::BackupEntry;
using internal::BackupIndex;

namespace {

namespace fs = std::filesystem;

void check_target(const fs::path& target) {
  std::error_code ignored;
  if (!fs::exists(target, ignored)) return;
  if (fs::is_directory(target, ignored) && fs::is_empty(target, ignored)) return;
  throw Error(Code::BadArgument, fmt::format("{} is not empty: give the name of a new folder", target.string()));
}

/// A folder that goes away again unless it is moved.
class Workplace {
 public:
  explicit Workplace(fs::path path) : path_(std::move(path)) {
    remove();
    base::make_folder(path_);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() { remove(); }

  [[nodiscard]] const fs::path& path() const { return path_; }

  void move_to(const fs::path& target) const {
    std::error_code failure;
    fs::rename(path_, target, failure);
    if (failure) throw base::system_error(failure.value(), fmt::format("cannot make {}", target.string()));
  }

 private:
  void remove() const {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  fs::path path_;
};

class Restore {
 public:
  Restore(const fs::path& backup, const BackupIndex& index, const BackupOptions& options)
      : files_(internal::backup_files_folder(backup)), index_(index), options_(options) {
    for (const BackupEntry& entry : index.entries) total_ += entry.size;
  }

  BackupResult fill(const fs::path& store) {
    BackupResult result;
    result.commit = index_.commit;
    for (const BackupEntry& entry : index_.entries) {
      const fs::path path = store / entry.name;
      base::make_folder(path.parent_path());
      folders_.insert(path.parent_path());
      result.copied_bytes += place(entry, path);
      ++result.files;
      result.bytes += entry.size;
    }
    result.copied_files = first_copies_.size();
    for (const fs::path& folder : folders_) {
      for (fs::path at = folder; at != store.parent_path(); at = at.parent_path()) base::sync_folder(at);
    }
    return result;
  }

 private:
  /// @return bytes that were written.
  std::uint64_t place(const BackupEntry& entry, const fs::path& path) {
    const auto [twin, is_first] = first_copies_.try_emplace(entry.hash, path);
    if (!is_first) {
      std::error_code failure;
      fs::create_hard_link(twin->second, path, failure);
      done_ += entry.size;
      if (!failure) return 0;
    }
    const fs::path from = files_ / entry.hash;
    const std::string told = fmt::format("{}, which is {}", from.string(), entry.name);
    std::error_code ignored;
    if (!fs::exists(from, ignored)) {
      throw Error(Code::Corrupt, fmt::format("{}, is missing: restore another backup", told));
    }
    const internal::CopiedFile copied = internal::copy_file(from, path, [&](std::uint64_t bytes) {
      done_ += bytes;
      if (options_.progress) options_.progress(done_, total_);
    });
    if (copied.hash != entry.hash || copied.size != entry.size) {
      throw Error(Code::Corrupt, fmt::format("{}, is damaged: restore another backup", told));
    }
    return copied.size;
  }

  fs::path files_;
  const BackupIndex& index_;
  const BackupOptions& options_;
  std::map<std::string, fs::path> first_copies_;  ///< by hash
  std::set<fs::path> folders_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

/// Opens every file of it. The log may have been copied some commits after the rest. @return the last commit.
std::uint64_t check_restored(const fs::path& folder, std::uint64_t commit) {
  StoreOptions reading;
  reading.read_only = true;
  const std::uint64_t restored = Store::open(folder, reading)->snapshot()->commit_number();
  if (restored < commit) {
    throw Error(Code::Corrupt,
                fmt::format("the backup was to hold commit {} and holds {}: restore another backup", commit, restored));
  }
  std::error_code ignored;
  fs::remove(folder / "lock.mdb", ignored);
  return restored;
}

}  // namespace

BackupResult restore(const fs::path& backup, const fs::path& target, const BackupOptions& options) {
  const auto index = internal::read_backup_index(backup);
  if (!index) throw Error(Code::NotFound, fmt::format("there is no backup in {}", backup.string()));
  check_target(target);
  fs::path whole = fs::absolute(target).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  const Workplace workplace(fs::path(whole.string() + ".restoring"));
  const BackupResult result = Restore(backup, *index, options).fill(workplace.path());
  check_restored(workplace.path(), index->commit);
  base::write_file(workplace.path() / internal::writer_lock_name, "");
  workplace.move_to(whole);
  base::sync_folder(whole.parent_path());
  return result;
}

}  // namespace scenograph::store
