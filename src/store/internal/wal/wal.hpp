#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

// The write-ahead log: records one after the other in a file that is filled with zeros ahead, so that one synchronising
// of the disk makes a group of them durable without a change of the file's length. docs/format-store.md describes it.

namespace scenograph::store::internal {

/// How many bytes of a log a record takes.
[[nodiscard]] std::uint64_t wal_bytes(std::string_view record);

/// Appends records to a log. One thread.
///
/// What the system could not write once, it may have forgotten while saying later that all is well. So after a failure
/// everything that the disk may lack is written again before anything is appended, and what failed is overwritten.
class WalWriter {
 public:
  virtual ~WalWriter() = default;

  /// Writes the records and, at full durability, synchronises the file. @return where the first one begins.
  /// @throws  Error(DiskFull, Io): none of them will be read; appending again is allowed. If the disk refuses also what
  ///          takes them back, the message says that they may be there when the log is read after a loss of power or
  ///          `kill -9`; nothing is appended before they are gone.
  virtual std::uint64_t append(std::span<const std::string> records, Durability durability) = 0;

  /// Sees that the disk has all records. @throws Error(DiskFull, Io)
  virtual void settle() = 0;

  /// Gives back the room after the last record; nothing is appended after. @throws Error(Io): the room is not given
  /// back.
  virtual void finish() = 0;
};

/// A new log, without records. The disk has it, and its name; or, if this throws, it is not there.
[[nodiscard]] std::unique_ptr<WalWriter> make_wal(const std::filesystem::path& path);

/// Goes on with a log. The disk has all of its records, or this throws.
///
/// @param end  of the last whole record: what lies behind is wiped, but kept in a copy that ends in .cut.
[[nodiscard]] std::unique_ptr<WalWriter> open_wal(const std::filesystem::path& path, std::uint64_t end);

/// Copies the log to a file that ends in .cut. @return that file. @throws Error(DiskFull, Io)
std::filesystem::path copy_wal(const std::filesystem::path& path);

/// Whether nothing but zeros follows `end`. Else a crash cut a commit short that nobody was told of, or the log is
/// damaged.
[[nodiscard]] bool ends_clean(const std::filesystem::path& path, std::uint64_t end);

/// A whole record in a log.
struct WalRecord {
  std::string_view bytes;
  std::uint64_t at = 0;
  std::uint64_t checksum = 0;
};

/// Hands out the records from `start` on; stops at the first that is not whole, which is the end, or what a crash cut
/// short, or damage: `lost_records` tells.
///
/// @return  the end of the last one.
/// @throws  Error(Code::NotFound) if there is no such file.
[[nodiscard]] std::uint64_t read_wal(const std::filesystem::path& path, std::uint64_t start,
                                     const std::function<void(const WalRecord&)>& sink);

/// Whole records behind `end`, where reading stopped, if one of them was written when the disk already had what was at
/// `end`: then that was acknowledged, and is damaged. Empty otherwise: a loss of power leaves whole records behind
/// a torn one only of those that were being written with it.
///
/// Others may write meanwhile. Cost: reads the rest of the file.
[[nodiscard]] std::vector<std::string> lost_records(const std::filesystem::path& path, std::uint64_t end);

/// The record that begins at `at`. @throws Error(Code::NotFound, Code::Corrupt)
[[nodiscard]] std::string read_wal_record(const std::filesystem::path& path, std::uint64_t at);

/// The checksum that is written at `at`, whether it holds or not; 0 where the file ends.
[[nodiscard]] std::uint64_t wal_checksum(const std::filesystem::path& path, std::uint64_t at);

}  // namespace scenograph::store::internal
