#pragma once

#include <cstdint>

// Character classes of SPARQL 1.1 Query, section 19.8.

namespace scenograph::sparql::parse {

[[nodiscard]] constexpr bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
[[nodiscard]] constexpr bool is_hex(char32_t c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
[[nodiscard]] constexpr bool is_space(char32_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// PN_CHARS_BASE
[[nodiscard]] constexpr bool is_name_base(char32_t c) {
  if (c < 0x80) return is_ascii_letter(c);
  return (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x1FFF && c != 0x37E) ||
         (c >= 0x200C && c <= 0x200D) || (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) ||
         (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0xEFFFF);
}

/// What VARNAME may go on with.
[[nodiscard]] constexpr bool is_variable_char(char32_t c) {
  return is_name_base(c) || c == '_' || is_digit(c) || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
         (c >= 0x203F && c <= 0x2040);
}

/// What VARNAME may start with.
[[nodiscard]] constexpr bool is_variable_start(char32_t c) { return is_name_base(c) || c == '_' || is_digit(c); }

/// PN_CHARS
[[nodiscard]] constexpr bool is_name_char(char32_t c) { return is_variable_char(c) || c == '-'; }

}  // namespace scenograph::sparql::parse
