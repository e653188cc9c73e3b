#include "sources/encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace scenograph::sources {

namespace {

constexpr std::size_t block_size = std::size_t{1} << 16U;

// Windows-1252, 0x80 to 0x9F; 0 where it has none.
constexpr std::array<char32_t, 32> high_controls = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

enum class Mode : std::uint8_t { Detect, AsciiSoFar, Utf8, Windows1252, Utf16Le, Utf16Be };

Mode mode_of(std::string_view encoding) {
  std::string name;
  for (const char c : encoding) {
    if (c != '-' && c != '_' && c != ' ') name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (name.empty()) return Mode::Detect;
  if (name == "utf8") return Mode::Utf8;
  if (name == "utf16") return Mode::Utf16Be;
  if (name == "utf16le") return Mode::Utf16Le;
  if (name == "utf16be") return Mode::Utf16Be;
  if (name == "windows1252" || name == "cp1252" || name == "iso88591" || name == "latin1") return Mode::Windows1252;
  throw base::Error(base::Code::Unsupported,
                    fmt::format("the encoding «{}» is not known; known are UTF-8, UTF-16, UTF-16LE, UTF-16BE, "
                                "windows-1252 and ISO-8859-1",
                                encoding));
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

class Utf8Source : public base::ByteSource {
 public:
  Utf8Source(std::unique_ptr<base::ByteSource> source, Mode mode) : source_(std::move(source)), mode_(mode) {}

  std::size_t read(std::span<char> buffer) override {
    while (offset_ == ready_.size()) {
      if (!refill()) return 0;
    }
    const std::size_t size = std::min(buffer.size(), ready_.size() - offset_);
    std::memcpy(buffer.data(), ready_.data() + offset_, size);
    offset_ += size;
    return size;
  }

 private:
  // Reads a block, converts it into ready_; false at the end.
  bool refill() {
    std::string block = std::exchange(held_, {});
    const std::size_t kept = block.size();
    block.resize(kept + block_size);
    std::size_t size = kept;
    while (size < block.size()) {
      const std::size_t got = source_->read(std::span(block).subspan(size));
      if (got == 0) break;
      size += got;
    }
    const bool last = size < block.size();
    block.resize(size);
    if (block.empty()) return false;
    if (first_) skip_mark(block);
    first_ = false;
    ready_.clear();
    offset_ = 0;
    convert(block, last);
    return !last || !ready_.empty();
  }

  void skip_mark(std::string& block) {
    const auto starts = [&](std::string_view mark) { return block.starts_with(mark); };
    if (starts("\xEF\xBB\xBF")) {
      block.erase(0, 3);
      if (mode_ == Mode::Detect) mode_ = Mode::Utf8;
    } else if (mode_ != Mode::Utf8 && mode_ != Mode::Windows1252 && (starts("\xFF\xFE") || starts("\xFE\xFF"))) {
      mode_ = starts("\xFF\xFE") ? Mode::Utf16Le : Mode::Utf16Be;
      block.erase(0, 2);
    } else if (mode_ == Mode::Utf16Be && block.size() > 1 && block[0] != '\0' && block[1] == '\0') {
      mode_ = Mode::Utf16Le;
    }
    if (mode_ == Mode::Detect) mode_ = Mode::AsciiSoFar;
  }

  void convert(std::string& block, bool last) {
    if (mode_ == Mode::AsciiSoFar && !is_ascii(block)) {
      const std::size_t fault = base::find_invalid_utf8(block);
      const bool cut_short = !last && fault != std::string_view::npos && fault + 4 > block.size();
      mode_ = fault == std::string_view::npos || cut_short ? Mode::Utf8 : Mode::Windows1252;
    }
    if (mode_ == Mode::AsciiSoFar || mode_ == Mode::Utf8) {
      ready_ = std::move(block);
    } else if (mode_ == Mode::Windows1252) {
      for (const char c : block) base::append_utf8(ready_, from_windows_1252(static_cast<unsigned char>(c)));
    } else {
      convert_utf16(block, last);
    }
  }

  void convert_utf16(std::string_view block, bool last) {
    const auto unit = [&](std::size_t at) {
      const auto a = static_cast<unsigned char>(block[at]);
      const auto b = static_cast<unsigned char>(block[at + 1]);
      return static_cast<char32_t>(mode_ == Mode::Utf16Le ? (b << 8) | a : (a << 8) | b);
    };
    std::size_t at = 0;
    while (at + 1 < block.size()) {
      const char32_t high = unit(at);
      if (high < 0xD800 || high > 0xDFFF) {
        base::append_utf8(ready_, high);
      } else if (high < 0xDC00 && at + 3 < block.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) <= 0xDFFF) {
        base::append_utf8(ready_, 0x10000 + ((high - 0xD800) << 10U) + (unit(at + 2) - 0xDC00));
        at += 2;
      } else if (high < 0xDC00 && at + 3 >= block.size() && !last) {
        break;  // its second half is in the next block
      } else {
        base::append_utf8(ready_, 0xFFFD);
      }
      at += 2;
    }
    if (last && at < block.size()) base::append_utf8(ready_, 0xFFFD);
    if (!last) held_ = block.substr(at);
  }

  std::unique_ptr<base::ByteSource> source_;
  Mode mode_;
  bool first_ = true;
  std::string held_;   // bytes of a character cut by the end of a block
  std::string ready_;  // UTF-8 not handed out yet, from offset_
  std::size_t offset_ = 0;
};

}  // namespace

std::unique_ptr<base::ByteSource> to_utf8(std::unique_ptr<base::ByteSource> source, std::string_view encoding) {
  return std::make_unique<Utf8Source>(std::move(source), mode_of(encoding));
}

char32_t from_windows_1252(unsigned char byte) noexcept {
  if (byte < 0x80 || byte > 0x9F) return byte;
  const char32_t mapped = high_controls[byte - 0x80U];
  return mapped == 0 ? byte : mapped;
}

std::string repair_utf8(std::string_view text) {
  std::string repaired;
  while (true) {
    const std::size_t fault = base::find_invalid_utf8(text);
    repaired += text.substr(0, fault);
    if (fault == std::string_view::npos) return repaired;
    base::append_utf8(repaired, from_windows_1252(static_cast<unsigned char>(text[fault])));
    text.remove_prefix(fault + 1);
  }
}

}  // namespace scenograph::sources
