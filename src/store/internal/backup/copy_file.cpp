#include "store/internal/backup/copy_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <memory>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = std::size_t{1} << 20U;

struct StateFreer {
  void operator()(XXH3_state_t* state) const noexcept { XXH3_freeState(state); }
};

class Hasher {
 public:
  Hasher() : state_(XXH3_createState()) {
    if (!state_) throw std::bad_alloc();
    XXH3_128bits_reset(state_.get());
  }
  void add(std::string_view bytes) { XXH3_128bits_update(state_.get(), bytes.data(), bytes.size()); }
  [[nodiscard]] std::string digits() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
  }

 private:
  std::unique_ptr<XXH3_state_t, StateFreer> state_;
};

/// A new file that goes away again unless it is finished.
class NewFile {
 public:
  explicit NewFile(const fs::path& path)
      : path_(path), descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) fail("cannot write");
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    ::close(descriptor_);
    if (!finished_) ::unlink(path_.c_str());
  }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail("cannot write");
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  void finish() {
    if (::fsync(descriptor_) != 0) fail("cannot sync");
    finished_ = true;
  }

 private:
  [[noreturn]] void fail(const char* doing) const {
    throw base::system_error(errno, fmt::format("{} {}", doing, path_.string()));
  }

  fs::path path_;
  int descriptor_;
  bool finished_ = false;
};

}  // namespace

std::string hash_of(std::string_view bytes) {
  Hasher hasher;
  hasher.add(bytes);
  return hasher.digits();
}

std::string hash_of_file(const fs::path& path) {
  const auto source = base::open_file(path);
  std::vector<char> buffer(piece_bytes);
  Hasher hasher;
  while (const std::size_t size = source->read(buffer)) hasher.add({buffer.data(), size});
  return hasher.digits();
}

CopiedFile copy_file(const fs::path& from, const fs::path& to, const std::function<void(std::uint64_t)>& progress) {
  const auto source = base::open_file(from);
  NewFile copy(to);
  std::vector<char> buffer(piece_bytes);
  Hasher hasher;
  CopiedFile copied;
  while (const std::size_t size = source->read(buffer)) {
    hasher.add({buffer.data(), size});
    copy.write({buffer.data(), size});
    copied.size += size;
    if (progress) progress(size);
  }
  copy.finish();
  copied.hash = hasher.digits();
  return copied;
}

}  // namespace scenograph::store::internal
