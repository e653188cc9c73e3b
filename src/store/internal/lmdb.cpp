#include "store/internal/lmdb.hpp"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <cerrno>

namespace scenograph::store::internal {

using base::Code;
using base::Error;

void check(int code, std::string_view doing) {
  switch (code) {
    case MDB_SUCCESS:
      return;
    case MDB_MAP_FULL:
      throw Error(Code::TooLarge,
                  fmt::format("{}: the store has reached its size limit; --store-size raises it", doing));
    case MDB_READERS_FULL:
      throw Error(Code::Busy, fmt::format("{}: too many snapshots are open at once; try again", doing));
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
      throw Error(Code::Corrupt,
                  fmt::format("{}: {}; the data file is damaged: restore it from a backup", doing, mdb_strerror(code)));
    case MDB_PANIC:
      throw Error(Code::Io, fmt::format("{}: the disk has refused a page of the data file that must not fail; open the "
                                        "store again (restart the server) once the disk is mended",
                                        doing));
    default:
      break;
  }
  if (code > 0) throw base::system_error(code, doing);
  throw Error(Code::Io, fmt::format("{}: {}", doing, mdb_strerror(code)));
}

std::uint64_t number_of(const MDB_val& value) {
  std::uint64_t number = 0;
  if (value.mv_size != sizeof number) throw Error(Code::Corrupt, "a number of the store does not have 8 bytes");
  std::memcpy(&number, value.mv_data, sizeof number);
  return number;
}

Txn begin_txn(MDB_env* environment, unsigned flags) {
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(environment, nullptr, flags, &txn), "cannot begin a transaction");
  return Txn(txn);
}

void commit_txn(MDB_env* environment, Txn txn) {
  constexpr std::uint64_t next_to_nothing = std::uint64_t{4} << 20U;
  int code = mdb_txn_commit(txn.release());
  const char* folder = nullptr;
  struct statvfs disk {};
  if (code == EIO && mdb_env_get_path(environment, &folder) == MDB_SUCCESS && ::statvfs(folder, &disk) == 0 &&
      static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize < next_to_nothing) {
    code = ENOSPC;
  }
  check(code, "cannot commit");
}

bool is_broken(MDB_env* environment) {
  MDB_txn* txn = nullptr;
  const int code = mdb_txn_begin(environment, nullptr, MDB_RDONLY, &txn);
  if (code == MDB_SUCCESS) mdb_txn_abort(txn);
  return code == MDB_PANIC;
}

Cursor open_cursor(MDB_txn* txn, MDB_dbi table) {
  MDB_cursor* cursor = nullptr;
  check(mdb_cursor_open(txn, table, &cursor), "cannot open a cursor");
  return Cursor(cursor);
}

}  // namespace scenograph::store::internal
