#include "store/internal/vocabulary/paged_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/error.hpp"

namespace scenograph::store::internal::vocabulary {

namespace {

constexpr std::size_t buffer_bytes = 128 * page_bytes;

[[noreturn]] void fail(std::string_view doing, const std::filesystem::path& path) {
  throw base::system_error(errno, fmt::format("cannot {} {}", doing, path.string()));
}

void sync_folder(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) fail("open", folder);
  const int outcome = ::fsync(file);
  const int reason = errno;
  ::close(file);
  errno = reason;
  if (outcome != 0) fail("synchronise", folder);
}

}  // namespace

PagedOutput::PagedOutput(const std::filesystem::path& path)
    : path_(path), file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
  if (file_ < 0) fail("write", path_);
  buffer_.reserve(buffer_bytes);
}

PagedOutput::~PagedOutput() {
  if (file_ >= 0) ::close(file_);
  if (!finished_) ::unlink(path_.c_str());
}

void PagedOutput::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t piece = std::min(bytes.size(), buffer_bytes - buffer_.size());
    buffer_.append(bytes.substr(0, piece));
    bytes.remove_prefix(piece);
    if (buffer_.size() == buffer_bytes) {
      take_checksums();
      write_out();
    }
  }
}

void PagedOutput::take_checksums() {
  for (std::size_t at = 0; at < buffer_.size(); at += page_bytes) {
    checksums_.push_back(checksum_of(buffer_.data() + at, std::min(page_bytes, buffer_.size() - at)));
  }
}

void PagedOutput::write_out() {
  std::string_view left = buffer_;
  while (!left.empty()) {
    const ssize_t count = ::write(file_, left.data(), left.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("write", path_);
    left.remove_prefix(static_cast<std::size_t>(count));
  }
  written_ += buffer_.size();
  buffer_.clear();
}

void PagedOutput::finish(Footer footer) {
  take_checksums();
  footer.checksums_offset = offset();
  const std::string_view sums{reinterpret_cast<const char*>(checksums_.data()),
                              checksums_.size() * sizeof(std::uint64_t)};
  footer.checksums_checksum = checksum_of(sums.data(), sums.size());
  footer.checksum = checksum_of(footer);
  write_out();
  buffer_.append(sums);
  buffer_.append(as_bytes(footer));
  write_out();
  if (::fsync(file_) != 0) fail("synchronise", path_);
  sync_folder(path_);
  finished_ = true;
}

PagedInput::PagedInput(const std::filesystem::path& path) : path_(path) {
  map();
  try {
    read_header();
    read_footer();
  } catch (...) {
    ::munmap(const_cast<char*>(bytes_), size_);
    throw;
  }
}

PagedInput::~PagedInput() { ::munmap(const_cast<char*>(bytes_), size_); }

void PagedInput::map() {
  const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail("open", path_);
  struct stat status = {};
  void* memory = MAP_FAILED;
  const bool known = ::fstat(file, &status) == 0;
  size_ = known ? static_cast<std::uint64_t>(status.st_size) : 0;
  const bool whole = size_ >= sizeof(Header) + sizeof(Footer);
  if (whole) memory = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file, 0);
  const int reason = errno;
  ::close(file);
  errno = reason;
  if (known && !whole) damaged("it is too short", size_);
  if (memory == MAP_FAILED) fail("read", path_);
  bytes_ = static_cast<const char*>(memory);
}

void PagedInput::read_header() {
  header_ = load<Header>(bytes_);
  if (header_.magic != magic || header_.checksum != checksum_of(header_))
    damaged("its header is not a vocabulary's", 0);
  if (header_.version != format_version) {
    throw base::Error(base::Code::Unsupported,
                      fmt::format("the vocabulary is of format {}, this program reads format {}; use the program that "
                                  "wrote it or a newer one",
                                  header_.version, format_version),
                      {.source = path_.string()});
  }
}

void PagedInput::read_footer() {
  const std::uint64_t at = size_ - sizeof(Footer);
  footer_ = load<Footer>(bytes_ + at);
  if (footer_.magic != magic || footer_.checksum != checksum_of(footer_)) damaged("its end is missing", at);
  const std::uint64_t body = footer_.checksums_offset;
  if (body < sizeof(Header) || body > at) damaged("its end does not fit", at);
  const std::uint64_t pages = (body + page_bytes - 1) / page_bytes;
  if (at - body != pages * sizeof(std::uint64_t)) damaged("its end does not fit", at);
  if (checksum_of(bytes_ + body, at - body) != footer_.checksums_checksum)
    damaged("its list of checksums fails its own", body);
  checked_ = std::make_unique<std::atomic<std::uint64_t>[]>(pages / 64 + 1);
}

void PagedInput::check_page(std::uint64_t page) const {
  const std::uint64_t from = page * page_bytes;
  const std::uint64_t size = std::min<std::uint64_t>(page_bytes, footer_.checksums_offset - from);
  const auto expected = load<std::uint64_t>(bytes_ + footer_.checksums_offset + page * sizeof(std::uint64_t));
  if (checksum_of(bytes_ + from, size) != expected) {
    damaged(fmt::format("{} bytes there fail their checksum", size), from);
  }
  checked_[page / 64].fetch_or(std::uint64_t{1} << (page % 64), std::memory_order_relaxed);
}

void PagedInput::damaged(std::string_view what, std::uint64_t offset) const {
  throw base::Error(base::Code::Corrupt,
                    fmt::format("the vocabulary is damaged at byte {}: {}; restore it from a backup; scenograph verify "
                                "lists all damage",
                                offset, what),
                    {.source = path_.string()});
}

}  // namespace scenograph::store::internal::vocabulary
