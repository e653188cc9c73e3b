#include "store/internal/free_pages.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <vector>

namespace scenograph::store::internal {

namespace {

constexpr MDB_dbi free_table = 0;  // LMDB's own: transaction → how many pages it freed, and their numbers
constexpr std::string_view doing = "cannot give back free pages";

/// Room that is not worth the work.
constexpr std::uint64_t least_worth = std::uint64_t{1} << 20U;

/// The oldest transaction that a reader sees, or nothing less than that of the last commit.
std::uint64_t oldest_seen(MDB_env* environment) {
  MDB_envinfo info;
  check(mdb_env_info(environment, &info), doing);
  std::uint64_t oldest = info.me_last_txnid;
  // A line for each reader: process, thread, transaction or "-".
  const auto read_line = [](const char* text, void* to) {
    const std::string_view line(text);
    std::uint64_t seen = 0;
    const std::size_t end = line.find_last_not_of(" \n");
    const std::size_t begin = line.find_last_of(' ', end) + 1;
    if (end != std::string_view::npos &&
        std::from_chars(line.data() + begin, line.data() + end + 1, seen).ec == std::errc()) {
      auto& least = *static_cast<std::uint64_t*>(to);
      least = std::min(least, seen);
    }
    return 0;
  };
  if (mdb_reader_list(environment, read_line, &oldest) < 0) check(EIO, doing);
  return oldest;
}

/// Pages that the next writer might take, ascending.
std::vector<std::uint64_t> free_pages(MDB_txn* txn, std::uint64_t oldest) {
  std::vector<std::uint64_t> pages;
  const Cursor cursor = open_cursor(txn, free_table);
  MDB_val key{};
  MDB_val value{};
  for (MDB_cursor_op step = MDB_FIRST; found(mdb_cursor_get(cursor.get(), &key, &value, step), doing);
       step = MDB_NEXT) {
    if (number_of(key) >= oldest) break;
    const auto* numbers = static_cast<const char*>(value.mv_data);
    for (std::size_t at = sizeof(std::uint64_t); at + sizeof(std::uint64_t) <= value.mv_size;
         at += sizeof(std::uint64_t)) {
      std::uint64_t page = 0;
      std::memcpy(&page, numbers + at, sizeof page);
      pages.push_back(page);
    }
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

class DataFile {
 public:
  explicit DataFile(const std::filesystem::path& path) : number_(::open(path.c_str(), O_RDWR | O_CLOEXEC)) {
    if (number_ < 0) check(errno, doing);
  }
  DataFile(const DataFile&) = delete;
  DataFile& operator=(const DataFile&) = delete;
  ~DataFile() { ::close(number_); }

  [[nodiscard]] std::uint64_t bytes_on_disk() const {
    struct stat file {};
    if (::fstat(number_, &file) != 0) check(errno, doing);
    return static_cast<std::uint64_t>(file.st_blocks) * 512;
  }

  /// @return whether the file system can.
  [[nodiscard]] bool make_hole(std::uint64_t from, std::uint64_t size) const {
    constexpr int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
    if (::fallocate(number_, mode, static_cast<off_t>(from), static_cast<off_t>(size)) == 0) return true;
    if (errno != EOPNOTSUPP && errno != ENOSYS) check(errno, doing);
    return false;
  }

 private:
  int number_;
};

void make_holes(const DataFile& file, const std::vector<std::uint64_t>& pages, std::uint64_t page_size) {
  for (std::size_t begin = 0, end = 0; begin < pages.size(); begin = end) {
    for (end = begin + 1; end < pages.size() && pages[end] == pages[end - 1] + 1;) ++end;
    if (!file.make_hole(pages[begin] * page_size, (end - begin) * page_size)) return;
  }
}

}  // namespace

std::uint64_t give_back_free_pages(MDB_env* environment, const std::filesystem::path& path) {
  const Txn writer = begin_txn(environment, 0);  // changes nothing: nobody else takes a page meanwhile
  const Txn reader = begin_txn(environment, MDB_RDONLY);
  const std::vector<std::uint64_t> pages = free_pages(reader.get(), oldest_seen(environment));
  MDB_stat stat;
  MDB_envinfo info;
  check(mdb_env_stat(environment, &stat), doing);
  check(mdb_env_info(environment, &info), doing);
  const DataFile file(path);
  const std::uint64_t before = file.bytes_on_disk();
  const std::uint64_t needed = (info.me_last_pgno + 1 - pages.size()) * stat.ms_psize;
  if (before <= needed + least_worth) return 0;
  make_holes(file, pages, stat.ms_psize);
  const std::uint64_t after = file.bytes_on_disk();
  return before - std::min(before, after);
}

}  // namespace scenograph::store::internal
