#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/error.hpp"

// Intermediate files. Their names are gone as soon as they are made, so that nothing is left of them whatever happens
// to the process.

namespace scenograph::base {

/// A file without a name.
class ScratchFile {
 public:
  static constexpr std::size_t memory = std::size_t{128} << 10U;  ///< bytes it takes once it is written to

  /// @throws Error(Code::Io, Code::DiskFull, Code::Denied, Code::ReadOnly)
  explicit ScratchFile(const std::filesystem::path& folder);
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile();

  void append(const void* bytes, std::size_t size);
  void flush();
  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// How many bytes were read: `size`, or less at the end. REQUIRES: flushed. Any number of threads.
  [[nodiscard]] std::size_t read(std::uint64_t offset, void* out, std::size_t size) const;

 private:
  void write(const char* bytes, std::size_t size);

  std::filesystem::path folder_;
  int number_ = -1;
  std::uint64_t size_ = 0;
  std::vector<char> buffer_;
};

/// Reads a part of a scratch file from front to back in pieces.
class ScratchReader {
 public:
  static constexpr std::size_t memory = std::size_t{64} << 10U;  ///< bytes it takes

  ScratchReader(const ScratchFile& file, std::uint64_t begin, std::uint64_t end);

  /// Copies the next `size` bytes. @return false at the end of the part.
  /// @throws Error(Code::Io) if fewer are left.
  [[nodiscard]] bool read(void* out, std::size_t size);

 private:
  [[nodiscard]] bool fill();

  const ScratchFile* file_;
  std::uint64_t offset_;
  std::uint64_t stop_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
};

/// The error for a file that does not hold what was written to it.
[[nodiscard]] Error broken_scratch();

}  // namespace scenograph::base
