#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "measures.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t pages = 1024;

void check(bool good) {
  if (!good) throw base::system_error(errno, "cannot measure the disk");
}

}  // namespace

void measure_disk(const Settings& settings) {
  std::string path = (settings.place / "sync-XXXXXX").string();
  const int file = mkstemp(path.data());
  check(file >= 0);
  unlink(path.c_str());
  const std::vector<char> block(page, 'x');
  for (std::size_t i = 0; i < pages; ++i) check(write(file, block.data(), page) == static_cast<ssize_t>(page));
  check(fsync(file) == 0);
  const Stopwatch watch;
  std::size_t syncs = 0;
  for (; watch.seconds() < settings.seconds; ++syncs) {
    const auto offset = static_cast<off_t>(syncs * 37 % pages * page);
    check(pwrite(file, block.data(), page, offset) == static_cast<ssize_t>(page));
    check(fdatasync(file) == 0);
  }
  report("syncs", static_cast<double>(syncs) / watch.seconds());
  close(file);
}

}  // namespace scenograph::benchmarks
