#include "base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <system_error>
#include <utility>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace scenograph::base {

namespace {

namespace fs = std::filesystem;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  /// Not open, with `errno` set, if the system refuses.
  Descriptor(const fs::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (is_open()) ::close(number_);
  }

  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : "."; }

/// What a file is written to before it gets its name: a neighbour that no other writer uses, locked (`flock`) while it
/// is written to, so that others tell it from what a killed writer left. It goes with this unless it got its name.
class Neighbour {
 public:
  explicit Neighbour(const fs::path& target) : path_(target), file_(create()) {}
  Neighbour(const Neighbour&) = delete;
  Neighbour& operator=(const Neighbour&) = delete;
  ~Neighbour() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  void write(std::string_view content) const {
    while (!content.empty()) {
      const ssize_t written = ::write(file_.number(), content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw system_error(errno, fmt::format("cannot write {}", path_.string()));
      content.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file_.number()) != 0) throw system_error(errno, fmt::format("cannot sync {}", path_.string()));
  }

  void rename(const fs::path& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) {
      throw system_error(errno, fmt::format("cannot replace {}", target.string()));
    }
    path_.clear();
  }

  /// Removes the neighbours in the folder, of whatever file, that no living writer has. Those that may not be removed
  /// stay.
  static void remove_dead(const fs::path& folder) {
    std::error_code failure;
    for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
      if (!is_name(at->path().filename().string())) continue;
      const Descriptor file(at->path(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      if (file.is_open() && ::flock(file.number(), LOCK_EX | LOCK_NB) == 0) ::unlink(at->path().c_str());
    }
  }

 private:
  static constexpr std::string_view infix = ".new-";
  static constexpr std::size_t digits = 16;

  static bool is_name(std::string_view name) {
    if (name.size() <= infix.size() + digits) return false;
    const std::string_view ending = name.substr(name.size() - infix.size() - digits);
    return ending.starts_with(infix) &&
           ending.find_first_not_of("0123456789abcdef", infix.size()) == std::string_view::npos;
  }

  /// Makes the file, and `path_` its path. A name is never given twice: who removes a dead file cannot hit another.
  Descriptor create() {
    const fs::path target = path_;
    std::random_device random;
    while (true) {
      const std::uint64_t number = (std::uint64_t{random()} << 32U) | random();
      path_ = target;
      path_ += fmt::format("{}{:0{}x}", infix, number, digits);
      Descriptor file(path_, O_WRONLY | O_CREAT | O_EXCL);
      if (!file.is_open()) {
        if (errno == EEXIST) continue;
        throw system_error(errno, fmt::format("cannot write {}", path_.string()));
      }
      if (is_ours(file)) return file;
    }
  }

  /// Locks it. False if another process took it for dead in between.
  static bool is_ours(const Descriptor& file) {
    if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
    struct stat status {};
    return ::fstat(file.number(), &status) != 0 || status.st_nlink > 0;
  }

  fs::path path_;
  Descriptor file_;
};

}  // namespace

std::string read_file(const fs::path& path, std::size_t max_bytes) {
  return read_all(*open_file(path), max_bytes, path.string());
}

void write_file(const fs::path& path, std::string_view content) {
  Neighbour::remove_dead(folder_of(path));
  Neighbour fresh(path);
  fresh.write(content);
  fresh.rename(path);
  sync_folder(folder_of(path));
}

void sync_folder(const fs::path& path) {
  const Descriptor folder(path, O_RDONLY | O_DIRECTORY);
  if (!folder.is_open()) throw system_error(errno, fmt::format("cannot open {}", path.string()));
  if (::fsync(folder.number()) != 0) throw system_error(errno, fmt::format("cannot sync {}", path.string()));
}

void make_folder(const fs::path& path) {
  std::error_code failure;
  if (path.empty() || fs::is_directory(path, failure)) return;
  make_folder(path.parent_path());
  const bool is_new = fs::create_directory(path, failure);
  if (failure) throw system_error(failure.value(), fmt::format("cannot create {}", path.string()));
  if (is_new) sync_folder(folder_of(path));
}

}  // namespace scenograph::base
