#include "base/json_text.hpp"

#include <fmt/format.h>

#include <iterator>

#include "base/find_byte.hpp"

namespace scenograph::base {

namespace {

bool is_escaped(char c) { return (c == '"') | (c == '\\') | (static_cast<unsigned char>(c) < 0x20); }

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = find_byte(text, at, is_escaped);
    out.append(text, at, end - at);
    if (end < text.size()) append_escape(out, text[end]);
    at = end + 1;
  }
  out += '"';
}

}  // namespace scenograph::base
