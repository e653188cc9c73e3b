#pragma once

#include <string>
#include <string_view>

namespace scenograph::mapping::functions {

/// The text of an HTML fragment: tags, comments, scripts and styles are left out, character references undone, white
/// space made single; the ends of paragraphs and line breaks become line breaks. Linear.
[[nodiscard]] std::string strip_html(std::string_view html);

}  // namespace scenograph::mapping::functions
