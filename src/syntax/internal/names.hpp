#pragma once

#include <cstddef>
#include <string_view>

namespace scenograph::syntax {

/// PN_CHARS_U without the colon: what a blank node label or a local name may begin with, digits aside.
/// Source: RDF 1.1 Turtle, section 6.5.
[[nodiscard]] bool is_name_start(char32_t code_point) noexcept;

/// PN_CHARS: what may follow.
[[nodiscard]] bool is_name_char(char32_t code_point) noexcept;

/// The length in bytes of the blank node label (without "_:") that `text`, well-formed UTF-8, begins with; 0 if none.
[[nodiscard]] std::size_t label_length(std::string_view text) noexcept;

/// Whether `text` is PN_PREFIX, or empty.
[[nodiscard]] bool is_prefix(std::string_view text) noexcept;

}  // namespace scenograph::syntax
