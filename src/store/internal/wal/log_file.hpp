#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

// A log as bytes: what its reader and its writer share.

namespace scenograph::store::internal {

/// Before each record, in native byte order.
struct WalHead {
  std::uint64_t checksum = 0;  ///< of the rest of the head and of the record
  std::uint64_t length = 0;    ///< of the record
  std::uint64_t at = 0;        ///< where the head lies: a record anywhere else is none
  std::uint64_t synced = 0;    ///< up to here the disk had all of the log before this was written
};

/// The head that the record has at `at`.
[[nodiscard]] WalHead wal_head(std::string_view record, std::uint64_t at, std::uint64_t synced);

/// An open log. Errors name it.
class LogFile {
 public:
  LogFile(const std::filesystem::path& path, int flags);
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  ~LogFile();

  void write(std::string_view bytes, std::uint64_t at) const;

  /// @return how many bytes there were, fewer only at the end.
  std::size_t read(std::span<char> bytes, std::uint64_t at) const;

  /// Not to be tried again after a failure: the system may have given up what it could not write.
  void sync() const;
  void truncate(std::uint64_t size) const;
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] bool is_zero(std::uint64_t from, std::uint64_t to) const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int number_;
};

/// The record that begins at `at`. @return false if there is none that is whole.
bool read_record(const LogFile& file, std::uint64_t at, WalHead& head, std::string& record);

}  // namespace scenograph::store::internal
