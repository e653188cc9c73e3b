#pragma once

#include <string_view>

namespace scenograph::syntax {

/// Whether `tag` is a language tag as Turtle's grammar has it, without the @: letters, then parts of letters or digits.
[[nodiscard]] bool is_language_tag(std::string_view tag) noexcept;

}  // namespace scenograph::syntax
