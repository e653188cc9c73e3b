#include "store/internal/wal/log_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include "base/error.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t read_ahead = std::size_t{1} << 20U;

std::uint64_t checksum_of(const WalHead& head, std::string_view record) {
  constexpr std::size_t covered = offsetof(WalHead, length);
  const char* bytes = reinterpret_cast<const char*>(&head);
  const std::uint64_t seed = XXH3_64bits(bytes + covered, sizeof head - covered);
  return XXH3_64bits_withSeed(record.data(), record.size(), seed);
}

}  // namespace

WalHead wal_head(std::string_view record, std::uint64_t at, std::uint64_t synced) {
  WalHead head{0, record.size(), at, synced};
  head.checksum = checksum_of(head, record);
  return head;
}

LogFile::LogFile(const std::filesystem::path& path, int flags)
    : path_(path), number_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
  if (number_ < 0) throw base::system_error(errno, fmt::format("cannot open {}", path.string()));
}

LogFile::~LogFile() { ::close(number_); }

void LogFile::write(std::string_view bytes, std::uint64_t at) const {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(number_, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw base::system_error(errno, fmt::format("cannot write {}", path_.string()));
    bytes.remove_prefix(static_cast<std::size_t>(written));
    at += static_cast<std::uint64_t>(written);
  }
}

std::size_t LogFile::read(std::span<char> bytes, std::uint64_t at) const {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::pread(number_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(at + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw base::system_error(errno, fmt::format("cannot read {}", path_.string()));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

void LogFile::sync() const {
  if (::fdatasync(number_) != 0) throw base::system_error(errno, fmt::format("cannot sync {}", path_.string()));
}

void LogFile::truncate(std::uint64_t size) const {
  if (::ftruncate(number_, static_cast<off_t>(size)) != 0) {
    throw base::system_error(errno, fmt::format("cannot shorten {}", path_.string()));
  }
}

std::uint64_t LogFile::size() const {
  struct stat file {};
  if (::fstat(number_, &file) != 0) throw base::system_error(errno, fmt::format("cannot read {}", path_.string()));
  return static_cast<std::uint64_t>(file.st_size);
}

bool LogFile::is_zero(std::uint64_t from, std::uint64_t to) const {
  std::string bytes(read_ahead, '\0');
  for (; from < to; from += bytes.size()) {
    bytes.resize(std::min<std::uint64_t>(bytes.size(), to - from));
    bytes.resize(read(bytes, from));
    if (bytes.empty()) return true;
    if (bytes.find_first_not_of('\0') != std::string::npos) return false;
  }
  return true;
}

bool read_record(const LogFile& file, std::uint64_t at, WalHead& head, std::string& record) {
  if (file.read({reinterpret_cast<char*>(&head), sizeof head}, at) < sizeof head) return false;
  if (head.length == 0 || head.at != at || head.synced > at) return false;
  const std::uint64_t size = file.size();
  if (at + sizeof head > size || head.length > size - at - sizeof head) return false;
  record.resize(head.length);
  return file.read(record, at + sizeof head) == head.length && checksum_of(head, record) == head.checksum;
}

}  // namespace scenograph::store::internal
