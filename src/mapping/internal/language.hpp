#pragma once

#include <string_view>

namespace scenograph::mapping::internal {

/// Whether the tag has the form of BCP 47: a primary language of 2 to 8 letters (or "i", "x"), then parts of 1 to 8
/// letters or digits. That it is registered is not checked.
[[nodiscard]] bool is_language_tag(std::string_view tag) noexcept;

}  // namespace scenograph::mapping::internal
