#include "sources/internal/window.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace scenograph::sources::internal {

namespace {

constexpr std::size_t block_size = std::size_t{1} << 18U;

}  // namespace

Window::Window(std::unique_ptr<base::ByteSource> source) : source_(std::move(source)), buffer_(block_size + padding) {}

bool Window::grow() {
  if (at_end_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ + padding >= buffer_.size()) buffer_.resize(buffer_.size() * 2);
  const std::size_t got = source_->read(std::span(buffer_).subspan(end_, buffer_.size() - padding - end_));
  end_ += got;
  at_end_ = got == 0;
  return !at_end_;
}

void Window::drop(std::size_t bytes) {
  const std::uint64_t line = line_of(bytes);
  column_ = column_of(bytes);
  line_ = line;
  begin_ += bytes;
}

std::uint64_t Window::line_of(std::size_t offset) const {
  const std::string_view before = data().substr(0, offset);
  return line_ + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
}

std::uint64_t Window::column_of(std::size_t offset) const {
  const std::size_t newline = data().substr(0, offset).rfind('\n');
  return newline == std::string_view::npos ? column_ + offset : offset - newline;
}

}  // namespace scenograph::sources::internal
