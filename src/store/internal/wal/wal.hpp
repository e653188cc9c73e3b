#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "store/store.hpp"

// The write-ahead log: records one after the other in a file that is filled with zeros ahead, so that one synchronising
// of the disk makes a group of them durable without a change of the file's length. docs/format-store.md describes it.

namespace scenograph::store::internal {

/// How many bytes of a log a record takes.
[[nodiscard]] std::uint64_t wal_bytes(std::string_view record);

/// Appends records to a log. One thread.
class WalWriter {
 public:
  virtual ~WalWriter() = default;

  /// Writes the records and, at full durability, synchronises the file. @return where the first one begins.
  /// @throws  Error(DiskFull, Io): none of them will be read; appending again is allowed.
  virtual std::uint64_t append(std::span<const std::string> records, Durability durability) = 0;

  /// Gives back the room after the last record; nothing is appended after.
  virtual void finish() = 0;
};

/// @param end  of the last whole record: what lies behind is wiped, but kept in a copy that ends in .cut. 0 for a new
///             file, which is made.
[[nodiscard]] std::unique_ptr<WalWriter> open_wal(const std::filesystem::path& path, std::uint64_t end);

/// Whether nothing but zeros follows `end`. Else a crash cut a commit short that nobody was told of, or the log is
/// damaged.
[[nodiscard]] bool ends_clean(const std::filesystem::path& path, std::uint64_t end);

/// Hands out the records from `start` on, with where each begins; stops at the first that is not whole, which is the
/// end or what a crash cut short.
///
/// @return  the end of the last one.
/// @throws  Error(Code::NotFound) if there is no such file.
[[nodiscard]] std::uint64_t read_wal(const std::filesystem::path& path, std::uint64_t start,
                                     const std::function<void(std::string_view record, std::uint64_t at)>& sink);

/// The record that begins at `at`. @throws Error(Code::NotFound, Code::Corrupt)
[[nodiscard]] std::string read_wal_record(const std::filesystem::path& path, std::uint64_t at);

}  // namespace scenograph::store::internal
