#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/internal/vocabulary/layout.hpp"

// Files whose pages each have a checksum: written from front to back, read through mmap.

namespace scenograph::store::internal::vocabulary {

/// Writes a file and takes the checksum of each page. One thread. Removes the file unless it was finished.
class PagedOutput {
 public:
  /// Replaces what is there. @throws Error(Code::Io, Code::Denied)
  explicit PagedOutput(const std::filesystem::path& path);
  PagedOutput(const PagedOutput&) = delete;
  PagedOutput& operator=(const PagedOutput&) = delete;
  ~PagedOutput();

  [[nodiscard]] std::uint64_t offset() const { return written_ + buffer_.size(); }

  /// @throws Error(Code::DiskFull, Code::Io)
  void append(std::string_view bytes);

  /// Appends the checksums of all pages, then the footer, of which it fills in what concerns checksums; synchronises
  /// file and folder.
  void finish(Footer footer);

 private:
  void take_checksums();
  void write_out();

  std::filesystem::path path_;
  std::string buffer_;  ///< from a page's start on
  std::vector<std::uint64_t> checksums_;
  std::uint64_t written_ = 0;
  int file_ = -1;
  bool finished_ = false;
};

/// A file that a PagedOutput wrote. Each page is held against its checksum when it is first read. Thread-safe.
class PagedInput {
 public:
  /// @throws Error(Code::Corrupt, Code::NotFound, Code::Unsupported, Code::Io) naming the file.
  explicit PagedInput(const std::filesystem::path& path);
  PagedInput(const PagedInput&) = delete;
  PagedInput& operator=(const PagedInput&) = delete;
  ~PagedInput();

  [[nodiscard]] std::uint64_t file_bytes() const { return size_; }
  [[nodiscard]] const Header& header() const { return header_; }
  [[nodiscard]] const Footer& footer() const { return footer_; }

  /// Bytes `from` to `to` of the file, checked. @throws Error(Code::Corrupt) also for a range that is not in the file.
  [[nodiscard]] const char* read(std::uint64_t from, std::uint64_t to) const {
    if (from > to || to > footer_.checksums_offset) damaged("it points outside itself", from);
    if (from != to) {
      const std::uint64_t last = (to - 1) / page_bytes;
      for (std::uint64_t page = from / page_bytes; page <= last; ++page) {
        if ((checked_[page / 64].load(std::memory_order_relaxed) >> (page % 64) & 1U) == 0) check_page(page);
      }
    }
    return bytes_ + from;
  }

  /// Throws Error(Code::Corrupt) that names the file, the place and the remedy.
  [[noreturn]] void damaged(std::string_view what, std::uint64_t offset) const;

 private:
  void map();
  void read_header();
  void read_footer();
  void check_page(std::uint64_t page) const;

  std::filesystem::path path_;
  const char* bytes_ = nullptr;
  std::uint64_t size_ = 0;
  Header header_;
  Footer footer_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> checked_;  ///< a bit for each page
};

}  // namespace scenograph::store::internal::vocabulary
