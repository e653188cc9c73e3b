#include "syntax/internal/text_window.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/utf8.hpp"
#include "syntax/internal/line_scan.hpp"

namespace scenograph::syntax {

namespace {

using base::Code;
using base::Error;

constexpr std::size_t first_size = std::size_t{1} << 18U;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Moves line and column from the start of `text` to its end; \r\n is one line end.
void advance(std::string_view text, char before, std::uint64_t& line, std::uint64_t& column) {
  for (const char c : text) {
    if (c == '\n' && before == '\r') {
      // counted with the \r
    } else if (c == '\n' || c == '\r') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++column;
    }
    before = c;
  }
}

/// How long the character is that begins with `byte`; 0 if none does.
std::size_t length_of(unsigned char byte) {
  if (byte < 0xC2 || byte > 0xF4) return byte < 0x80 ? 1 : 0;
  return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
}

}  // namespace

bool TextWindow::more(bool pass_bad) {
  if (bad_ && pass_bad) {
    ++end_;
    judge();
    return true;
  }
  if (bad_) {
    const auto byte = static_cast<unsigned char>(*end_);
    const std::size_t left = filled_ - static_cast<std::size_t>(end_ - buffer_.data());
    if (ended_ && left < length_of(byte))
      throw Error(Code::BadSyntax, "the input ends inside a character", where(end_));
    throw Error(Code::BadSyntax, fmt::format("the byte 0x{:02X} is not UTF-8; convert the file to UTF-8", byte),
                where(end_));
  }
  if (ended_) return false;
  slide();
  const auto before = static_cast<std::size_t>(end_ - buffer_.data());
  do {
    fill();
  } while (!ended_ && !bad_ && static_cast<std::size_t>(end_ - buffer_.data()) == before);
  if (static_cast<std::size_t>(end_ - buffer_.data()) > before) return true;
  return bad_ && more(pass_bad);
}

Error TextWindow::too_long() const {
  return {Code::TooLarge,
          fmt::format("a statement longer than {} bytes; --max-line raises the limit", options_.max_line),
          where(mark_)};
}

/// Drops what is before the mark, and makes room for as much as is left.
void TextWindow::slide() {
  if (buffer_.empty()) {
    buffer_.resize(first_size + scan_padding);
    at = mark_ = end_ = buffer_.data();
    return;
  }
  check_length(end_);
  const auto dropped = static_cast<std::size_t>(mark_ - buffer_.data());
  const auto offset = static_cast<std::size_t>(at - mark_);
  const auto good = static_cast<std::size_t>(end_ - mark_);
  advance({buffer_.data(), dropped}, before_, line_, column_);
  if (dropped > 0) before_ = buffer_[dropped - 1];
  filled_ -= dropped;
  std::memmove(buffer_.data(), buffer_.data() + dropped, filled_);
  if (filled_ > buffer_.size() / 2) buffer_.resize(buffer_.size() * 2);
  mark_ = buffer_.data();
  at = mark_ + offset;
  end_ = mark_ + good;
}

void TextWindow::fill() {
  const std::size_t got = source_.read(std::span(buffer_).subspan(filled_, buffer_.size() - scan_padding - filled_));
  filled_ += got;
  ended_ = got == 0;
  if (!begun_ && !ended_ && filled_ < byte_order_mark.size()) return;
  if (!begun_ && std::string_view(buffer_.data(), filled_).starts_with(byte_order_mark)) {
    at = mark_ = end_ = buffer_.data() + byte_order_mark.size();
    column_ = 0;  // the mark counts as a character, and is none
  }
  begun_ = true;
  judge();
}

/// Moves the end to the first byte that is not UTF-8, or may not be until more is there.
void TextWindow::judge() {
  const auto from = static_cast<std::size_t>(end_ - buffer_.data());
  const std::string_view fresh(end_, filled_ - from);
  const std::size_t invalid = base::find_invalid_utf8(fresh);
  end_ += std::min(invalid, fresh.size());
  bad_ = false;
  if (invalid == std::string_view::npos) return;
  const std::string_view rest = fresh.substr(invalid);
  const std::size_t length = length_of(static_cast<unsigned char>(rest.front()));
  const bool may_go_on = !ended_ && rest.size() < length && std::all_of(rest.begin() + 1, rest.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
  });
  bad_ = !may_go_on;
}

base::Where TextWindow::where(const char* place) const {
  base::Where where{options_.source_name, line_, column_};
  advance({buffer_.data(), static_cast<std::size_t>(place - buffer_.data())}, before_, where.line, where.column);
  return where;
}

}  // namespace scenograph::syntax
