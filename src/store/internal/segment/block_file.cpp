#include "store/internal/segment/block_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.hpp"
#include "store/internal/segment/block_file_layout.hpp"

namespace scenograph::store::internal {

namespace {

/// A file descriptor that closes itself.
struct Descriptor {
  explicit Descriptor(int opened) : number(opened) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }

  int number;
};

}  // namespace

BlockFile::BlockFile(std::filesystem::path path, Order order, std::size_t heads)
    : path_(std::move(path)), heads_(heads) {
  map();
  try {
    check_frame(order);
    check_index();
    checked_ = std::vector<std::atomic<std::uint64_t>>(blocks_ / 64 + 1);
  } catch (...) {
    ::munmap(const_cast<std::byte*>(data_), size_);
    throw;
  }
}

BlockFile::~BlockFile() { ::munmap(const_cast<std::byte*>(data_), size_); }

void BlockFile::map() {
  const Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (file.number < 0 || ::fstat(file.number, &status) != 0) {
    throw base::system_error(errno, fmt::format("cannot open {}", path_.string()));
  }
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ < sizeof(BlockFileHeader) + sizeof(BlockFileFooter)) fail("the file is too short");
  void* const mapped = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file.number, 0);
  if (mapped == MAP_FAILED) throw base::system_error(errno, fmt::format("cannot map {}", path_.string()));
  data_ = static_cast<const std::byte*>(mapped);
}

void BlockFile::check_frame(Order order) {
  BlockFileHeader header;
  BlockFileFooter footer;
  std::memcpy(&header, data_, sizeof header);
  std::memcpy(&footer, data_ + size_ - sizeof footer, sizeof footer);
  if (header.magic != run_magic) fail("the file does not begin as a run of quads does");
  if (header.version != run_version && (footer.version == header.version || footer.magic != run_magic)) {
    throw base::Error(base::Code::Unsupported,
                      fmt::format("{} has format version {}, and this program knows only version {}: use the program "
                                  "that wrote it, or export with that and load with this",
                                  path_.string(), header.version, run_version));
  }
  if (footer.magic != run_magic || footer.checksum != checksum_of(footer)) fail("the footer fails its checksum");
  const auto wanted = static_cast<std::uint32_t>(order);
  if (header.version != footer.version || header.order != footer.order) fail("header and footer disagree");
  if (header.order != wanted) fail(fmt::format("the order is number {} and should be {}", header.order, wanted));
  const std::size_t index_end = size_ - sizeof footer;
  if (footer.blocks_end < sizeof header || footer.blocks_end > index_end ||
      footer.index_at != (footer.blocks_end + 7) / 8 * 8 || footer.index_at > index_end || footer.blocks > size_ ||
      footer.blocks * (heads_ + 2) * 8 != index_end - footer.index_at) {
    fail("the footer does not fit the file's size");
  }
  rows_ = footer.rows;
  blocks_ = static_cast<std::size_t>(footer.blocks);
  blocks_end_ = static_cast<std::size_t>(footer.blocks_end);
  index_at_ = static_cast<std::size_t>(footer.index_at);
  if (checksum_of({data_ + blocks_end_, index_end - blocks_end_}) != footer.index_checksum) {
    fail("the index of blocks fails its checksum");
  }
}

void BlockFile::check_index() const {
  std::uint64_t before = sizeof(BlockFileHeader);
  for (const std::uint64_t offset : column(heads_)) {
    if (offset < before || offset > blocks_end_) fail("the index of blocks points outside the file");
    before = offset;
  }
}

std::span<const std::uint64_t> BlockFile::column(std::size_t number) const {
  // The mapping and the index are aligned, and the file is in the machine's byte order.
  const auto* const index = static_cast<const std::uint64_t*>(static_cast<const void*>(data_ + index_at_));
  return {index + number * blocks_, blocks_};
}

std::span<const std::byte> BlockFile::bytes_of(std::size_t number) const {
  const auto offsets = column(heads_);
  const std::size_t begin = offsets[number];
  const std::size_t end = number + 1 < blocks_ ? offsets[number + 1] : blocks_end_;
  return {data_ + begin, end - begin};
}

void BlockFile::check_block(std::size_t number, const Check& check) const {
  const auto bytes = bytes_of(number);
  if (checksum_of(bytes) != column(heads_ + 1)[number]) fail(fmt::format("block {} fails its checksum", number));
  if (!check(number, bytes)) fail(fmt::format("block {} cannot be decoded", number));
  checked_[number / 64].fetch_or(std::uint64_t{1} << (number % 64), std::memory_order_release);
}

void BlockFile::fail(const std::string& what) const {
  throw base::Error(base::Code::Corrupt,
                    fmt::format("{} is damaged: {}; restore it from a backup; scenograph verify lists all damage",
                                path_.string(), what));
}

}  // namespace scenograph::store::internal
