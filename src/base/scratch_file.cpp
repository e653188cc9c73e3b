#include "base/scratch_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/file.hpp"

namespace scenograph::base {

namespace {

Error failure(std::string_view doing, const std::filesystem::path& folder) {
  return system_error(errno, fmt::format("cannot {} an intermediate file in {}", doing, folder.string()));
}

}  // namespace

ScratchFile::ScratchFile(const std::filesystem::path& folder) : folder_(folder) {
  std::string name = (folder / "scratch-XXXXXX").string();
  number_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (number_ < 0) throw failure("make", folder_);
  ::unlink(name.c_str());
}

ScratchFile::~ScratchFile() { ::close(number_); }

void ScratchFile::append(const void* bytes, std::size_t size) {
  const char* from = static_cast<const char*>(bytes);
  size_ += size;
  if (buffer_.size() + size > memory) flush();
  if (size > memory) return write(from, size);
  if (buffer_.capacity() == 0) buffer_.reserve(memory);
  buffer_.insert(buffer_.end(), from, from + size);
}

void ScratchFile::flush() {
  write(buffer_.data(), buffer_.size());
  buffer_.clear();
}

void ScratchFile::write(const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(number_, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw failure("write", folder_);
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
}

std::size_t ScratchFile::read(std::uint64_t offset, void* out, std::size_t size) const {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got =
        ::pread(number_, static_cast<char*>(out) + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw failure("read", folder_);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

ScratchReader::ScratchReader(const ScratchFile& file, std::uint64_t begin, std::uint64_t end)
    : file_(&file), offset_(begin), stop_(end), buffer_(memory) {}

bool ScratchReader::fill() {
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size(), stop_ - offset_));
  end_ = file_->read(offset_, buffer_.data(), wanted);
  if (end_ != wanted) throw broken_scratch();
  offset_ += end_;
  at_ = 0;
  return end_ > 0;
}

bool ScratchReader::read(void* out, std::size_t size) {
  char* to = static_cast<char*>(out);
  bool begun = false;
  while (size > 0) {
    if (at_ == end_ && !fill()) {
      if (begun) throw broken_scratch();
      return false;
    }
    const std::size_t piece = std::min(size, end_ - at_);
    std::memcpy(to, buffer_.data() + at_, piece);
    at_ += piece;
    to += piece;
    size -= piece;
    begun = true;
  }
  return true;
}

Error broken_scratch() {
  return Error(Code::Io, "an intermediate file does not hold what was written: check the disk");
}

}  // namespace scenograph::base
