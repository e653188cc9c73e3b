#include "sparql/parse/source_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/utf8.hpp"
#include "sparql/parse/characters.hpp"

namespace scenograph::sparql::parse {

namespace {

base::Where place(std::string_view text, std::size_t offset, const std::string& name) {
  const std::string_view before = text.substr(0, offset);
  const auto line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::string_view row = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  const auto is_lead = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const auto column = static_cast<std::uint64_t>(std::count_if(row.begin(), row.end(), is_lead)) + 1;
  return {name, line, column, 0};
}

}  // namespace

SourceText::SourceText(std::string_view text, std::string name, std::size_t max_bytes) : name_(std::move(name)) {
  if (text.size() > max_bytes) {
    throw base::Error(base::Code::TooLarge,
                      fmt::format("the text has {} bytes, more than the {} allowed: send less at a time, or load large "
                                  "data as a file",
                                  text.size(), max_bytes),
                      {name_, 0, 0, 0});
  }
  if (const std::size_t bad = base::find_invalid_utf8(text); bad != std::string_view::npos) {
    throw base::Error(base::Code::BadSyntax, "the text is not UTF-8 here", place(text, bad, name_));
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  original_ = text;
  expand(original_);
}

void SourceText::expand(std::string_view text) {
  std::size_t from = 0;
  std::size_t at = text.find('\\');
  for (; at != std::string_view::npos && at + 1 < text.size(); at = text.find('\\', at)) {
    const char kind = text[at + 1];
    if (kind != 'u' && kind != 'U') {
      at += 2;
      continue;
    }
    const std::size_t digits = kind == 'u' ? 4 : 8;
    const std::string_view hex = text.substr(at + 2, digits);
    std::uint32_t code_point = 0;
    const auto [end, fault] = std::from_chars(hex.data(), hex.data() + hex.size(), code_point, 16);
    const bool complete = fault == std::errc() && hex.size() == digits && end == hex.data() + digits;
    if (!complete || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
      throw base::Error(base::Code::BadSyntax,
                        fmt::format("\\{} needs {} hexadecimal digits of a character", kind, digits),
                        place(text, at, name_));
    }
    text_ += text.substr(from, at - from);
    base::append_utf8(text_, code_point);
    at += 2 + digits;
    from = at;
    shifts_.emplace_back(text_.size(), at - text_.size());
  }
  text_ += text.substr(from);
}

base::Where SourceText::where(std::size_t offset) const {
  const auto after = std::upper_bound(shifts_.begin(), shifts_.end(), offset,
                                      [](std::size_t value, const auto& shift) { return value < shift.first; });
  const std::size_t shift = after == shifts_.begin() ? 0 : std::prev(after)->second;
  return place(original_, std::min(offset + shift, original_.size()), name_);
}

}  // namespace scenograph::sparql::parse
