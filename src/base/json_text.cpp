#include "base/json_text.hpp"

#include <fmt/format.h>

#include <iterator>

#include "base/find_byte.hpp"

namespace scenograph::base {

namespace {

bool is_escaped(char c) { return (c == '"') | (c == '\\') | (static_cast<unsigned char>(c) < 0x20); }

}  // namespace

bool append_short_escape(std::string& out, char c) {
  constexpr std::string_view plain = "\"\\\n\r\t\b\f";
  constexpr std::string_view letters = "\"\\nrtbf";
  const std::size_t at = plain.find(c);
  if (at == std::string_view::npos) return false;
  out += '\\';
  out += letters[at];
  return true;
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = find_byte(text, at, is_escaped);
    out.append(text, at, end - at);
    if (end < text.size() && !append_short_escape(out, text[end])) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(text[end]));
    }
    at = end + 1;
  }
  out += '"';
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace scenograph::base
