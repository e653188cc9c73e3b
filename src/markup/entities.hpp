#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scenograph::markup {

/// Whether a character reference of HTML, with its semicolon, may begin at an & of the text. Linear.
[[nodiscard]] bool has_html_entity(std::string_view text) noexcept;

/// The text with its character references decoded; nullopt if none is known to HTML. Linear.
[[nodiscard]] std::optional<std::string> decode_html_entities(std::string_view text);

}  // namespace scenograph::markup
