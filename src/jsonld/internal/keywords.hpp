#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace scenograph::jsonld {

[[nodiscard]] bool is_keyword(std::string_view text) noexcept;

/// One of those that only frames heed. Source: JSON-LD 1.1 Framing, section 1.5.
[[nodiscard]] bool is_framing_keyword(std::string_view text) noexcept;

/// Whether it looks like a keyword: @ and letters. Such terms are passed over.
[[nodiscard]] bool is_keyword_like(std::string_view text) noexcept;

/// Whether it begins with a scheme and a colon.
[[nodiscard]] bool is_absolute_iri(std::string_view text) noexcept;

[[nodiscard]] inline bool is_blank_name(std::string_view text) noexcept { return text.starts_with("_:"); }

/// "rtl" or "ltr".
[[nodiscard]] bool is_direction(std::string_view text) noexcept;

[[nodiscard]] std::string lower_case(std::string_view text);

/// Error(Code::BadData) whose message begins with an error code of the JSON-LD API.
/// @param about  what was found; may be empty
[[nodiscard]] base::Error data_error(std::string_view code, std::string_view about);

}  // namespace scenograph::jsonld
