#include "store/internal/wal/wal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/log.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Error;

constexpr std::uint64_t least_ahead = std::uint64_t{128} << 10U;
constexpr std::uint64_t most_ahead = std::uint64_t{4} << 20U;
constexpr std::size_t read_ahead = std::size_t{1} << 20U;

/// Before each record. A length of 0 is the end.
struct Head {
  std::uint64_t checksum = 0;  ///< of length and bytes
  std::uint64_t length = 0;
};

std::uint64_t checksum_of(std::string_view record) {
  return XXH3_64bits_withSeed(record.data(), record.size(), record.size());
}

class File {
 public:
  File(const fs::path& path, int flags) : path_(path), number_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
    if (number_ < 0) throw base::system_error(errno, fmt::format("cannot open {}", path.string()));
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { ::close(number_); }

  void write(std::string_view bytes, std::uint64_t at) const {
    while (!bytes.empty()) {
      const ssize_t written = ::pwrite(number_, bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) throw base::system_error(errno, fmt::format("cannot write {}", path_.string()));
      bytes.remove_prefix(static_cast<std::size_t>(written));
      at += static_cast<std::uint64_t>(written);
    }
  }

  /// @return how many bytes there were, fewer only at the end.
  std::size_t read(std::span<char> bytes, std::uint64_t at) const {
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

  void sync() const {
    if (::fdatasync(number_) != 0) throw base::system_error(errno, fmt::format("cannot sync {}", path_.string()));
  }

  void truncate(std::uint64_t size) const {
    if (::ftruncate(number_, static_cast<off_t>(size)) != 0) {
      throw base::system_error(errno, fmt::format("cannot shorten {}", path_.string()));
    }
  }

  [[nodiscard]] std::uint64_t size() const {
    struct stat file {};
    if (::fstat(number_, &file) != 0) throw base::system_error(errno, fmt::format("cannot read {}", path_.string()));
    return static_cast<std::uint64_t>(file.st_size);
  }

 private:
  fs::path path_;
  int number_;
};

bool is_zero(const File& file, std::uint64_t from, std::uint64_t to) {
  std::string bytes(read_ahead, '\0');
  for (; from < to; from += bytes.size()) {
    bytes.resize(std::min<std::uint64_t>(bytes.size(), to - from));
    bytes.resize(file.read(bytes, from));
    if (bytes.empty()) return true;
    if (bytes.find_first_not_of('\0') != std::string::npos) return false;
  }
  return true;
}

void keep_copy(const fs::path& path, std::uint64_t end) {
  fs::path copy = path;
  copy.replace_extension("cut");
  std::error_code failure;
  fs::copy_file(path, copy, fs::copy_options::overwrite_existing, failure);
  base::log(base::LogLevel::Warning, "commit cut short",
            {{"log", path.filename().native()},
             {"byte", static_cast<std::int64_t>(end)},
             {"kept", failure ? std::string_view("no") : std::string_view(copy.native())}});
}

class FileWalWriter final : public WalWriter {
 public:
  FileWalWriter(const fs::path& path, std::uint64_t end)
      : file_(path, O_RDWR | O_CREAT), end_(end), filled_(file_.size()) {
    if (!is_zero(file_, end_, filled_)) {
      keep_copy(path, end_);
      wipe(end_, filled_);
    }
    fill(end_ + 1);
    file_.sync();
    base::sync_folder(path.parent_path());
  }

  std::uint64_t append(std::span<const std::string> records, Durability durability) override {
    std::string bytes;
    for (const std::string& record : records) {
      const Head head{checksum_of(record), record.size()};
      bytes.append(reinterpret_cast<const char*>(&head), sizeof head);
      bytes += record;
    }
    const std::uint64_t start = end_;
    try {
      fill(end_ + bytes.size() + sizeof(Head));
      file_.write(bytes, end_);
      if (durability == Durability::Full) file_.sync();
    } catch (...) {
      spoil(start);
      throw;
    }
    end_ += bytes.size();
    return start;
  }

  void finish() override {
    file_.truncate(end_);
    file_.sync();
  }

 private:
  /// Fills the file with zeros to `size` at least, in growing steps.
  void fill(std::uint64_t size) {
    if (size <= filled_) return;
    const std::uint64_t ahead = std::clamp(filled_, least_ahead, most_ahead);
    wipe(filled_, size + ahead);
    filled_ = size + ahead;
  }

  void wipe(std::uint64_t from, std::uint64_t to) const {
    const std::string zeros(std::min<std::uint64_t>(to - from, most_ahead), '\0');
    for (; from < to; from += zeros.size()) {
      file_.write(std::string_view(zeros).substr(0, std::min<std::uint64_t>(zeros.size(), to - from)), from);
    }
  }

  /// Makes what may have been written in part unreadable.
  void spoil(std::uint64_t at) const noexcept {
    try {
      const Head none;
      file_.write({reinterpret_cast<const char*>(&none), sizeof none}, at);
    } catch (const Error&) {
      // The disk takes nothing: then it took no whole record either, or the next opening finds one more commit whole.
    }
  }

  File file_;
  std::uint64_t end_;
  std::uint64_t filled_;
};

/// The record at `at`, or false if there is none that is whole.
bool read_record(const File& file, std::uint64_t size, std::uint64_t at, std::string& record) {
  Head head;
  if (at + sizeof head > size) return false;
  if (file.read({reinterpret_cast<char*>(&head), sizeof head}, at) < sizeof head) return false;
  if (head.length == 0 || head.length > size - at - sizeof head) return false;
  record.resize(head.length);
  return file.read(record, at + sizeof head) == head.length && checksum_of(record) == head.checksum;
}

}  // namespace

std::uint64_t wal_bytes(std::string_view record) { return sizeof(Head) + record.size(); }

std::unique_ptr<WalWriter> open_wal(const fs::path& path, std::uint64_t end) {
  base::make_folder(path.parent_path());
  return std::make_unique<FileWalWriter>(path, end);
}

bool ends_clean(const fs::path& path, std::uint64_t end) {
  const File file(path, O_RDONLY);
  return is_zero(file, end, file.size());
}

std::uint64_t read_wal(const fs::path& path, std::uint64_t start,
                       const std::function<void(std::string_view, std::uint64_t)>& sink) {
  const File file(path, O_RDONLY);
  const std::uint64_t size = file.size();
  std::string record;
  record.reserve(read_ahead);
  while (read_record(file, size, start, record)) {
    sink(record, start);
    start += wal_bytes(record);
  }
  return start;
}

std::string read_wal_record(const fs::path& path, std::uint64_t at) {
  const File file(path, O_RDONLY);
  std::string record;
  if (!read_record(file, file.size(), at, record)) {
    throw Error(Code::Corrupt,
                fmt::format("{}: the commit at byte {} is damaged: restore it from a backup", path.string(), at));
  }
  return record;
}

}  // namespace scenograph::store::internal
