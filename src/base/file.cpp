#include "base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace scenograph::base {

namespace {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags, const char* doing)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
    if (number_ < 0) throw system_error(errno, fmt::format("cannot {} {}", doing, path.string()));
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(number_); }

  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

void write_all(const Descriptor& file, std::string_view content, const std::filesystem::path& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.number(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw system_error(errno, fmt::format("cannot write {}", path.string()));
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.number()) != 0) throw system_error(errno, fmt::format("cannot sync {}", path.string()));
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  return read_all(*open_file(path), max_bytes, path.string());
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  std::filesystem::path fresh = path;
  fresh += ".new";
  {
    const Descriptor file(fresh, O_WRONLY | O_CREAT | O_TRUNC, "write");
    write_all(file, content, fresh);
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) {
    throw system_error(errno, fmt::format("cannot replace {}", path.string()));
  }
  sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

void sync_folder(const std::filesystem::path& path) {
  const Descriptor folder(path, O_RDONLY | O_DIRECTORY, "open");
  if (::fsync(folder.number()) != 0) throw system_error(errno, fmt::format("cannot sync {}", path.string()));
}

void make_folder(const std::filesystem::path& path) {
  std::error_code failure;
  if (path.empty() || std::filesystem::is_directory(path, failure)) return;
  make_folder(path.parent_path());
  const bool is_new = std::filesystem::create_directory(path, failure);
  if (failure) throw system_error(failure.value(), fmt::format("cannot create {}", path.string()));
  if (is_new) sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

}  // namespace scenograph::base
