#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "store/view.hpp"

// The frame that all runs share: a header, blocks, an index with a few numbers for each block, a footer.
// docs/format-segment.md, "Frame".

namespace scenograph::store::internal {

/// Writes blocks one after the other. Unfinished files are removed. One thread.
class BlockFileWriter {
 public:
  /// @param heads  numbers that the index keeps of each block.
  /// @throws Error(Code::Io, Code::DiskFull, ...)
  BlockFileWriter(std::filesystem::path path, Order order, std::size_t heads);
  BlockFileWriter(const BlockFileWriter&) = delete;
  BlockFileWriter& operator=(const BlockFileWriter&) = delete;
  ~BlockFileWriter();

  void add(std::span<const std::uint64_t> heads, std::span<const std::byte> block);

  /// Writes index and footer and synchronises the file.
  void finish(std::uint64_t rows);

 private:
  void write(std::span<const std::byte> bytes);
  void flush();

  std::filesystem::path path_;
  int file_ = -1;
  bool finished_ = false;
  Order order_;
  std::uint64_t written_ = 0;
  std::vector<std::byte> buffer_;
  std::vector<std::vector<std::uint64_t>> index_;  ///< by column: the heads, offset, checksum
};

/// A file of blocks, mapped into memory. Thread-safe.
class BlockFile {
 public:
  /// Whether a block whose checksum is right can be decoded.
  using Check = std::function<bool(std::size_t block, std::span<const std::byte> bytes)>;

  /// Checks header, index and footer.
  /// @throws Error(Code::Corrupt, Code::NotFound, Code::Unsupported, Code::Io) naming the file.
  BlockFile(std::filesystem::path path, Order order, std::size_t heads);
  BlockFile(const BlockFile&) = delete;
  BlockFile& operator=(const BlockFile&) = delete;
  ~BlockFile();

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::size_t blocks() const { return blocks_; }
  [[nodiscard]] std::uint64_t bytes() const { return size_; }

  /// One head of each block.
  [[nodiscard]] std::span<const std::uint64_t> heads(std::size_t head) const { return column(head); }

  /// The bytes of a block; at least 64 more can be read behind them. The first time, they are held against their
  /// checksum and `check`.
  /// @throws Error(Code::Corrupt) naming file and block.
  [[nodiscard]] std::span<const std::byte> block(std::size_t number, const Check& check) const {
    if ((checked_[number / 64].load(std::memory_order_acquire) >> (number % 64) & 1U) == 0) check_block(number, check);
    return bytes_of(number);
  }

  /// Throws Error(Code::Corrupt) saying what is wrong, and how to mend it.
  [[noreturn]] void fail(const std::string& what) const;

 private:
  [[nodiscard]] std::span<const std::uint64_t> column(std::size_t number) const;
  [[nodiscard]] std::span<const std::byte> bytes_of(std::size_t number) const;
  void map();
  void check_frame(Order order);
  void check_index() const;
  void check_block(std::size_t number, const Check& check) const;

  std::filesystem::path path_;
  std::size_t heads_;
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  std::uint64_t rows_ = 0;
  std::size_t blocks_ = 0;
  std::size_t blocks_end_ = 0;
  std::size_t index_at_ = 0;
  mutable std::vector<std::atomic<std::uint64_t>> checked_;  ///< a bit for each block
};

}  // namespace scenograph::store::internal
