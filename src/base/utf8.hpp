#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scenograph::base {

/// Offset of the first byte that is not well-formed UTF-8 (RFC 3629), or npos if all of `text` is.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// Appends the code point in UTF-8. REQUIRES: a Unicode scalar value.
void append_utf8(std::string& out, char32_t code_point);

/// The code point at `offset`, which moves past it. REQUIRES: well-formed UTF-8 and `offset` inside it.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& offset) noexcept;

/// The longest prefix of at most `max_bytes` bytes that ends between two characters.
[[nodiscard]] std::string_view cut_utf8(std::string_view text, std::size_t max_bytes) noexcept;

}  // namespace scenograph::base
