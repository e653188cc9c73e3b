#include "store/internal/environment.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "store/internal/folder_lock.hpp"
#include "store/internal/manifest.hpp"
#include "store/internal/tables.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Error;

constexpr const char* reader_table_name = "lock.mdb";
constexpr unsigned max_snapshots = 4096;

/// An environment, and what keeps writers out of it, if need be. Closed in the order that is safe.
struct Guarded {
  FolderLock no_writer;
  Environment environment;
};

/// Why this process may not use LMDB's table of readers; 0 if it may. Asks without opening it: closing a file gives up
/// all locks of the process on it, those of LMDB among them.
int why_no_reader_table(const fs::path& folder) {
  const fs::path table = folder / reader_table_name;
  if (::faccessat(AT_FDCWD, table.c_str(), R_OK | W_OK, AT_EACCESS) == 0) return 0;
  if (errno == ENOENT && ::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0) return 0;
  return errno == EACCES || errno == EPERM || errno == EROFS ? errno : 0;
}

FolderLock keep_writers_out(const fs::path& folder, int reason) {
  const std::string table = fmt::format("{} cannot be written ({})", (folder / reader_table_name).string(),
                                        std::generic_category().message(reason));
  try {
    return FolderLock(folder / writer_lock_name, FolderLock::Kind::Shared,
                      fmt::format("{}, so the store can be read only while no process writes to it, and one does: let "
                                  "this user write that file, or read a backup",
                                  table));
  } catch (const Error& error) {
    if (error.code() == Code::Locked) throw;
    throw Error(error.code(), fmt::format("{}, so the store can be read only with its {}, which keeps writers out: {}; "
                                          "let this user write the first file or read the second, which is empty",
                                          table, writer_lock_name, error.message()));
  }
}

/// A file shorter than its pages would crash the reader of the missing ones.
void check_length(MDB_env* environment, const fs::path& folder) {
  MDB_envinfo info;
  MDB_stat stat;
  check(mdb_env_info(environment, &info), "cannot read the store");
  check(mdb_env_stat(environment, &stat), "cannot read the store");
  std::error_code ignored;
  const std::uintmax_t size = fs::file_size(folder / data_file_name, ignored);
  if (size < (info.me_last_pgno + 1) * stat.ms_psize) {
    throw Error(Code::Corrupt,
                fmt::format("{} is cut short: restore it from a backup", (folder / data_file_name).string()));
  }
}

}  // namespace

std::shared_ptr<MDB_env> open_environment(const fs::path& folder, std::uint64_t max_bytes, bool read_only) {
  const std::string doing = fmt::format("cannot open the store in {}", folder.string());
  unsigned flags = unsigned{MDB_NOTLS} | MDB_NORDAHEAD;
  const auto guarded = std::make_shared<Guarded>();
  if (read_only) {
    flags |= MDB_RDONLY;
    if (const int reason = why_no_reader_table(folder); reason != 0) {
      guarded->no_writer = keep_writers_out(folder, reason);
      flags |= MDB_NOLOCK;
    }
  }
  MDB_env* raw = nullptr;
  check(mdb_env_create(&raw), doing);
  guarded->environment.reset(raw);
  check(mdb_env_set_maxdbs(raw, table_count), doing);
  check(mdb_env_set_maxreaders(raw, max_snapshots), doing);
  check(mdb_env_set_mapsize(raw, max_bytes), doing);
  check(mdb_env_open(raw, folder.c_str(), flags, 0644), doing);
  int dead = 0;
  check(mdb_reader_check(raw, &dead), doing);
  check_length(raw, folder);
  return {guarded, raw};
}

}  // namespace scenograph::store::internal
