#include "fault_shim.hpp"

#include <dlfcn.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <condition_variable>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string_view>

namespace scenograph::tests {

namespace {

constexpr std::size_t sector = 512;

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

std::string path_of(int file) {
  char path[PATH_MAX];
  const ssize_t size = ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path, sizeof path);
  return {path, size > 0 ? static_cast<std::size_t>(size) : 0};
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A file as programs see it, as the disk has it, and which sectors differ for want of synchronising.
class WatchedFile {
 public:
  WatchedFile(std::string path, unsigned seed)
      : path_(std::move(path)), random_(seed), disk_(content_of(path_)), cache_(disk_) {}

  [[nodiscard]] const std::string& path() const { return path_; }

  void write(std::string_view bytes, std::size_t at) {
    if (one_in(4)) write_back();
    cache_.resize(std::max(cache_.size(), at + bytes.size()));
    cache_.replace(at, bytes.size(), bytes);
    for (std::size_t i = at / sector; i * sector < at + bytes.size(); ++i) dirty_.insert(i);
  }
  void truncate(std::size_t size) {
    cache_.resize(size);
    disk_.resize(std::min(disk_.size(), size));
  }
  void sync() {
    for (const std::size_t i : dirty_) put(i);
    disk_.resize(cache_.size());
    dirty_.clear();
  }
  void fail_to_sync() {
    write_back();
    dirty_.clear();
  }
  std::string take_what_is_left() {
    write_back();
    return disk_;
  }

 private:
  bool one_in(unsigned n) { return random_() % n == 0; }

  void write_back() {
    const unsigned kind = static_cast<unsigned>(random_() % 4);  // all, none, or some
    for (const std::size_t i : dirty_) {
      if (kind == 0 || (kind > 1 && one_in(2))) put(i);
    }
    if (one_in(2)) disk_.resize(std::max(disk_.size(), cache_.size()));
  }
  void put(std::size_t i) {
    if (i * sector >= cache_.size()) return;
    const std::string_view content = std::string_view(cache_).substr(i * sector, sector);
    disk_.resize(std::max(disk_.size(), i * sector + content.size()));
    disk_.replace(i * sector, content.size(), content);
  }

  std::string path_;
  std::mt19937 random_;
  std::string disk_;
  std::string cache_;
  std::set<std::size_t> dirty_;
};

class Faults {
 public:
  static Faults& get() {
    static Faults faults;
    return faults;
  }

  void arm(const Fault& fault) {
    const std::lock_guard lock(mutex_);
    fault_ = fault;
    seen_ = failed_ = 0;
    is_stalled_ = is_released_ = false;
    active_ = true;
  }
  unsigned disarm() {
    const std::lock_guard lock(mutex_);
    fault_.reset();
    active_ = watched_.has_value();
    return failed_;
  }
  void wait_for_stall() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_stalled_; });
  }
  void release() {
    const std::lock_guard lock(mutex_);
    is_released_ = true;
    changed_.notify_all();
  }
  void watch(const std::filesystem::path& path, unsigned seed) {
    const std::lock_guard lock(mutex_);
    watched_.emplace(std::filesystem::canonical(path).string(), seed);
    active_ = true;
  }
  std::string lose() {
    const std::lock_guard lock(mutex_);
    std::string content = watched_->take_what_is_left();
    watched_.reset();
    active_ = fault_.has_value();
    return content;
  }

  [[nodiscard]] bool is_active() const { return active_; }

  /// What to do of a call on `size` bytes: all of it (nullopt), a part, or to fail (0, with errno set).
  std::optional<std::size_t> meet(FaultCalls call, const std::string& path, std::size_t size) {
    std::unique_lock lock(mutex_);
    if (!fault_ || (fault_->calls & call) == 0 || path.find(fault_->path) == std::string::npos) return std::nullopt;
    if (seen_++ < fault_->after || failed_ >= fault_->times) return std::nullopt;
    ++failed_;
    if (fault_->stall) {
      is_stalled_ = true;
      changed_.notify_all();
      changed_.wait(lock, [this] { return is_released_; });
    }
    const int error = fault_->error;
    const bool is_partial = fault_->is_partial && failed_ == 1 && size > sector;
    lock.unlock();
    errno = error;
    return is_partial ? size / 2 : 0;
  }

  template <typename Note>
  void tell(const std::string& path, Note note) {
    const std::lock_guard lock(mutex_);
    if (watched_ && watched_->path() == path) note(*watched_);
  }

 private:
  std::atomic<bool> active_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Fault> fault_;
  unsigned seen_ = 0;
  unsigned failed_ = 0;
  bool is_stalled_ = false;
  bool is_released_ = false;
  std::optional<WatchedFile> watched_;
};

/// Calls `real` with as many bytes as the fault leaves.
template <typename Real>
ssize_t meet_write(int file, const void* bytes, std::size_t size, off_t at, Real real) {
  Faults& faults = Faults::get();
  if (!faults.is_active()) return real(size);
  const std::string path = path_of(file);
  const auto part = faults.meet(fault_writes, path, size);
  if (part && *part == 0) return -1;
  const ssize_t written = real(part.value_or(size));
  if (written > 0) {
    const std::string_view done(static_cast<const char*>(bytes), static_cast<std::size_t>(written));
    faults.tell(path, [&](WatchedFile& watched) { watched.write(done, static_cast<std::size_t>(at)); });
  }
  return written;
}

/// Never reaches the disk, which no test takes away, and which would take most of the time.
int meet_sync(int file) {
  Faults& faults = Faults::get();
  if (!faults.is_active()) return 0;
  const std::string path = path_of(file);
  if (faults.meet(fault_syncs, path, 0)) {
    const int error = errno;
    faults.tell(path, [](WatchedFile& watched) { watched.fail_to_sync(); });
    errno = error;
    return -1;
  }
  faults.tell(path, [](WatchedFile& watched) { watched.sync(); });
  return 0;
}

int meet_truncate(int file, off_t size, const char* name) {
  Faults& faults = Faults::get();
  int (*const real)(int, off_t) = next<int(int, off_t)>(name);
  if (!faults.is_active()) return real(file, size);
  const std::string path = path_of(file);
  if (faults.meet(fault_truncates, path, 0)) return -1;
  faults.tell(path, [&](WatchedFile& watched) { watched.truncate(static_cast<std::size_t>(size)); });
  return real(file, size);
}

}  // namespace

void arm_fault(const Fault& fault) { Faults::get().arm(fault); }
unsigned disarm_fault() { return Faults::get().disarm(); }
void wait_for_stall() { Faults::get().wait_for_stall(); }
void release_faults() { Faults::get().release(); }
void watch_file(const std::filesystem::path& path, unsigned seed) { Faults::get().watch(path, seed); }

void lose_power(const std::filesystem::path& path) {
  const std::string content = Faults::get().lose();
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

}  // namespace scenograph::tests

// The system's calls. Vectors of bytes fail or pass as a whole.
extern "C" {

using namespace scenograph::tests;

ssize_t write(int file, const void* bytes, std::size_t size) {
  const auto real = next<ssize_t(int, const void*, std::size_t)>("write");
  return meet_write(file, bytes, size, 0, [&](std::size_t part) { return real(file, bytes, part); });
}

ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t at) {
  const auto real = next<ssize_t(int, const void*, std::size_t, off_t)>("pwrite");
  return meet_write(file, bytes, size, at, [&](std::size_t part) { return real(file, bytes, part, at); });
}

ssize_t pwrite64(int file, const void* bytes, std::size_t size, off_t at) {
  const auto real = next<ssize_t(int, const void*, std::size_t, off_t)>("pwrite64");
  return meet_write(file, bytes, size, at, [&](std::size_t part) { return real(file, bytes, part, at); });
}

ssize_t writev(int file, const iovec* parts, int count) {
  const auto real = next<ssize_t(int, const iovec*, int)>("writev");
  if (Faults::get().is_active() && Faults::get().meet(fault_writes, path_of(file), 0)) return -1;
  return real(file, parts, count);
}

ssize_t pwritev(int file, const iovec* parts, int count, off_t at) {
  const auto real = next<ssize_t(int, const iovec*, int, off_t)>("pwritev");
  if (Faults::get().is_active() && Faults::get().meet(fault_writes, path_of(file), 0)) return -1;
  return real(file, parts, count, at);
}

int fsync(int file) { return meet_sync(file); }
int fdatasync(int file) { return meet_sync(file); }
int ftruncate(int file, off_t size) noexcept { return meet_truncate(file, size, "ftruncate"); }
int ftruncate64(int file, off_t size) noexcept { return meet_truncate(file, size, "ftruncate64"); }

int rename(const char* from, const char* to) noexcept {
  const auto real = next<int(const char*, const char*)>("rename");
  if (Faults::get().is_active() && Faults::get().meet(fault_renames, to, 0)) return -1;
  return real(from, to);
}
}
