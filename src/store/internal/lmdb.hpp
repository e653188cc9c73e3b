#pragma once

#include <lmdb.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/error.hpp"

// LMDB with owners for its handles and our errors for its codes.

namespace scenograph::store::internal {

/// @throws  the Error that an LMDB or system code stands for, unless it is MDB_SUCCESS.
void check(int code, std::string_view doing);

/// As `check`, for look-ups: false for MDB_NOTFOUND.
[[nodiscard]] inline bool found(int code, std::string_view doing) {
  if (code == MDB_NOTFOUND) return false;
  if (code != MDB_SUCCESS) check(code, doing);
  return true;
}

inline MDB_val value_of(std::string_view bytes) { return {bytes.size(), const_cast<char*>(bytes.data())}; }
inline std::string_view bytes_of(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

/// A number as native bytes, the way MDB_INTEGERKEY wants its keys.
inline MDB_val value_of(std::uint64_t& number) { return {sizeof number, &number}; }

/// REQUIRES: a value written by `value_of(number)`. @throws Error(Code::Corrupt) if it is not 8 bytes long.
[[nodiscard]] std::uint64_t number_of(const MDB_val& value);

struct EnvironmentCloser {
  void operator()(MDB_env* environment) const noexcept { mdb_env_close(environment); }
};
struct TransactionAborter {
  void operator()(MDB_txn* transaction) const noexcept { mdb_txn_abort(transaction); }
};
struct CursorCloser {
  void operator()(MDB_cursor* cursor) const noexcept { mdb_cursor_close(cursor); }
};

using Environment = std::unique_ptr<MDB_env, EnvironmentCloser>;
using Txn = std::unique_ptr<MDB_txn, TransactionAborter>;
using Cursor = std::unique_ptr<MDB_cursor, CursorCloser>;

[[nodiscard]] Txn begin_txn(MDB_env* environment, unsigned flags);

/// Commits, and ends the transaction whatever happens. @throws as `check`; Error(Code::DiskFull) where LMDB tells of a
/// short write only.
void commit_txn(MDB_env* environment, Txn txn);

/// Whether the last step of a commit has failed, so that only opening the store again tells which state it has: what
/// files the new one needs must be kept until then. LMDB takes no calls any more.
[[nodiscard]] bool is_broken(MDB_env* environment);

[[nodiscard]] Cursor open_cursor(MDB_txn* txn, MDB_dbi table);

}  // namespace scenograph::store::internal
