#include "store/internal/backup/take_backup.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <set>
#include <tuple>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/time.hpp"
#include "store/internal/backup/copy_file.hpp"
#include "store/internal/backup/data_copy.hpp"
#include "store/internal/backup/index.hpp"
#include "store/internal/folder_lock.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;

namespace {

namespace fs = std::filesystem;

constexpr const char* lock_name = "backup.lock";

/// Another folder's files must not be taken for those of a backup.
void check_folder(const fs::path& backup) {
  std::error_code error;
  bool has_index = false;
  bool has_others = false;
  for (const auto& entry : fs::directory_iterator(backup, error)) {
    const fs::path name = entry.path().filename();
    has_index = has_index || name == backup_index_file("");
    has_others = has_others || (name != backup_files_folder("") && name != lock_name && name != backup_index_file(""));
  }
  if (has_others && !has_index) {
    throw Error(Code::BadArgument,
                fmt::format("{} holds other files: give an empty folder, or one with a backup", backup.string()));
  }
}

class Backup {
 public:
  Backup(const StateSource& source, fs::path folder, const BackupOptions& options)
      : source_(source), folder_(std::move(folder)), files_(backup_files_folder(folder_)), options_(options) {
    base::make_folder(folder_);
    check_folder(folder_);
    lock_ = FolderLock(folder_ / lock_name, FolderLock::Kind::Exclusive,
                       fmt::format("another process is writing to {}", folder_.string()));
    base::make_folder(files_);
    if (const auto former = read_backup_index(folder_)) {
      for (const BackupEntry& entry : former->entries) know(entry);
    }
  }

  BackupResult take() {
    constexpr int most_tries = 100;
    for (int tries = 1;; ++tries) {
      try {
        return try_once();
      } catch (const Error& error) {
        // A merge may remove files that the copy of the tables names: a later state names others.
        if (error.code() != Code::NotFound || tries == most_tries) throw;
      }
    }
  }

 private:
  using Identity = std::tuple<std::string, std::uint64_t, std::int64_t>;  ///< name, size, time

  BackupResult try_once() {
    copied_.clear();  // what was removed since may have left its inode to another file
    BackupIndex index;
    const std::uint64_t commit = open_state(source_, nullptr)->memory->commit;
    index.entries.push_back(copy_data());
    const DataCopy data = read_data_copy(files_ / index.entries.front().hash);
    index.commit = std::max(commit, data.commit);
    index.time_ms = base::now_ms();
    std::uint64_t total = 0;
    for (const std::string& name : data.files) total += status_of(source_.folder / name).size;
    std::uint64_t done = 0;
    for (const std::string& name : data.files) {
      index.entries.push_back(keep(name, name != data.live_log, done, total));
      done += index.entries.back().size;
    }
    base::sync_folder(files_);
    write_backup_index(folder_, index);
    result_.commit = index.commit;
    result_.files = index.entries.size();
    for (const BackupEntry& entry : index.entries) result_.bytes += entry.size;
    remove_others(index);
    return result_;
  }

  struct Status {
    std::uint64_t size = 0;
    std::int64_t time_ns = 0;
    std::pair<std::uint64_t, std::uint64_t> file;  ///< device and inode
  };

  static Status status_of(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      throw base::system_error(errno, fmt::format("cannot read {}", path.string()));
    }
    constexpr std::int64_t second_ns = 1'000'000'000;
    return {static_cast<std::uint64_t>(status.st_size),
            status.st_mtim.tv_sec * second_ns + status.st_mtim.tv_nsec,
            {status.st_dev, status.st_ino}};
  }

  void know(const BackupEntry& entry) {
    std::error_code failure;
    if (fs::file_size(files_ / entry.hash, failure) != entry.size || failure) return;
    known_[{entry.name, entry.size, entry.time_ns}] = entry.hash;
  }

  BackupEntry copy_data() {
    const fs::path fresh = files_ / "data.copying";
    copy_environment(source_.environment.get(), fresh);
    BackupEntry entry{data_file_name, hash_of_file(fresh), fs::file_size(fresh), 0};
    take_in(fresh, entry);
    return entry;
  }

  /// Sees that the backup has the file, copying it if need be.
  ///
  /// @param unchanging  whether a file of this name, size and time always has the same content.
  BackupEntry keep(const std::string& name, bool unchanging, std::uint64_t done, std::uint64_t total) {
    const fs::path path = source_.folder / name;
    const Status status = status_of(path);
    BackupEntry entry{name, {}, status.size, status.time_ns};
    if (const auto at = known_.find({name, entry.size, entry.time_ns}); unchanging && at != known_.end()) {
      entry.hash = at->second;
    } else if (const auto twin = copied_.find(status.file); twin != copied_.end()) {
      entry.hash = twin->second;
    } else {
      const fs::path fresh = files_ / "file.copying";
      const CopiedFile copied = copy_file(path, fresh, [&](std::uint64_t bytes) {
        done += bytes;
        if (options_.progress) options_.progress(done, total);
      });
      entry.hash = copied.hash;
      entry.size = copied.size;
      take_in(fresh, entry);
      know(entry);
    }
    copied_[status.file] = entry.hash;
    return entry;
  }

  /// Gives a copied file its name.
  void take_in(const fs::path& fresh, const BackupEntry& entry) {
    std::error_code failure;
    if (fs::file_size(files_ / entry.hash, failure) == entry.size && !failure) {
      fs::remove(fresh, failure);
      return;
    }
    fs::rename(fresh, files_ / entry.hash, failure);
    if (failure) throw base::system_error(failure.value(), fmt::format("cannot rename {}", fresh.string()));
    ++result_.copied_files;
    result_.copied_bytes += entry.size;
  }

  void remove_others(const BackupIndex& index) {
    std::set<std::string> listed;
    for (const BackupEntry& entry : index.entries) listed.insert(entry.hash);
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(files_, error)) {
      if (listed.contains(entry.path().filename().string())) continue;
      std::error_code ignored;
      result_.removed_files += fs::remove(entry.path(), ignored) ? 1 : 0;
    }
  }

  const StateSource& source_;
  fs::path folder_;
  fs::path files_;
  const BackupOptions& options_;
  FolderLock lock_;
  std::map<Identity, std::string> known_;                                  ///< hashes of files the backup has
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> copied_;  ///< hashes by file of this run: links
  BackupResult result_;
};

}  // namespace

BackupResult take_backup(const StateSource& source, const fs::path& backup, const BackupOptions& options) {
  return Backup(source, backup, options).take();
}

}  // namespace scenograph::store::internal
