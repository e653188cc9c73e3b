#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "store/internal/segment/block_file.hpp"
#include "store/internal/segment/block_file_layout.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 20U;

}  // namespace

BlockFileWriter::BlockFileWriter(std::filesystem::path path, Order order, std::size_t heads)
    : path_(std::move(path)),
      file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)),
      order_(order),
      index_(heads + 2) {
  if (file_ < 0) throw base::system_error(errno, fmt::format("cannot create {}", path_.string()));
  buffer_.reserve(2 * buffer_bytes);
  const BlockFileHeader header{run_magic, run_version, static_cast<std::uint32_t>(order)};
  write(std::as_bytes(std::span(&header, 1)));
}

BlockFileWriter::~BlockFileWriter() {
  ::close(file_);
  std::error_code ignored;
  if (!finished_) std::filesystem::remove(path_, ignored);
}

void BlockFileWriter::add(std::span<const std::uint64_t> heads, std::span<const std::byte> block) {
  assert(heads.size() + 2 == index_.size());
  for (std::size_t head = 0; head < heads.size(); ++head) index_[head].push_back(heads[head]);
  index_[heads.size()].push_back(written_);
  index_[heads.size() + 1].push_back(checksum_of(block));
  write(block);
}

void BlockFileWriter::finish(std::uint64_t rows) {
  BlockFileFooter footer{};
  footer.rows = rows;
  footer.blocks = index_[0].size();
  footer.blocks_end = written_;
  footer.index_at = (written_ + 7) / 8 * 8;
  footer.version = run_version;
  footer.order = static_cast<std::uint32_t>(order_);
  footer.magic = run_magic;
  std::vector<std::byte> index(footer.index_at - footer.blocks_end);
  index.reserve(index.size() + index_.size() * footer.blocks * 8);
  for (const auto& column : index_) {
    const auto bytes = std::as_bytes(std::span(column));
    index.insert(index.end(), bytes.begin(), bytes.end());
  }
  footer.index_checksum = checksum_of(index);
  footer.checksum = checksum_of(footer);
  write(index);
  write(std::as_bytes(std::span(&footer, 1)));
  flush();
  if (::fsync(file_) != 0) throw base::system_error(errno, fmt::format("cannot sync {}", path_.string()));
  finished_ = true;
}

void BlockFileWriter::write(std::span<const std::byte> bytes) {
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  written_ += bytes.size();
  if (buffer_.size() >= buffer_bytes) flush();
}

void BlockFileWriter::flush() {
  std::span<const std::byte> left = buffer_;
  while (!left.empty()) {
    const ssize_t length = ::write(file_, left.data(), left.size());
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) throw base::system_error(errno, fmt::format("cannot write {}", path_.string()));
    left = left.subspan(static_cast<std::size_t>(length));
  }
  buffer_.clear();
}

}  // namespace scenograph::store::internal
