#include "syntax/internal/names.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "syntax/language_tag.hpp"

namespace scenograph::syntax {

namespace {

struct Span {
  char32_t first, last;
};

constexpr Span start_spans[] = {{'A', 'Z'},       {'_', '_'},       {'a', 'z'},        {0xC0, 0xD6},
                                {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},    {0x37F, 0x1FFF},
                                {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},  {0x3001, 0xD7FF},
                                {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};

constexpr Span more_spans[] = {{'-', '-'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

template <std::size_t N>
bool is_in(const Span (&spans)[N], char32_t c) {
  return std::any_of(std::begin(spans), std::end(spans), [c](Span span) { return c >= span.first && c <= span.last; });
}

constexpr std::array<bool, 128> ascii_name_bytes = [] {
  std::array<bool, 128> name{};
  for (unsigned c = 0; c < 128; ++c) {
    name[c] = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  }
  return name;
}();

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_name_start(char32_t code_point) noexcept { return is_in(start_spans, code_point); }

bool is_name_char(char32_t code_point) noexcept { return is_name_start(code_point) || is_in(more_spans, code_point); }

std::size_t label_length(std::string_view text) noexcept {
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size();) {
    const bool first = i == 0;
    if (const auto byte = static_cast<unsigned char>(text[i]);
        !first && byte < ascii_name_bytes.size() && ascii_name_bytes[byte]) {
      length = ++i;
      continue;
    }
    const char32_t c = base::next_code_point(text, i);
    if (first ? is_name_start(c) || is_digit(c) : is_name_char(c)) {
      length = i;
    } else if (first || c != '.') {
      break;
    }
  }
  return length;
}

bool is_prefix(std::string_view text) noexcept {
  if (text.empty()) return true;
  return text.front() != '_' && !is_digit(static_cast<unsigned char>(text.front())) && label_length(text) == text.size();
}

bool is_language_tag(std::string_view tag) noexcept {
  std::size_t part = 0;
  bool first = true;
  for (const char c : tag) {
    if (c == '-') {
      if (part == 0) return false;
      part = 0;
      first = false;
    } else if (is_letter(c) || (!first && is_digit(static_cast<unsigned char>(c)))) {
      ++part;
    } else {
      return false;
    }
  }
  return part != 0;
}

}  // namespace scenograph::syntax
