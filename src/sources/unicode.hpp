#pragma once

#include <string>
#include <string_view>

namespace scenograph::sources {

// Changes of whole texts by the Unicode tables, in the root locale. Input is UTF-8; what is not becomes U+FFFD.

[[nodiscard]] std::string to_lower(std::string_view text);
[[nodiscard]] std::string to_upper(std::string_view text);

/// Letters without their marks, ligatures spelled out: "Œdipe à Noël" becomes "Oedipe a Noel". No letter is dropped:
/// other scripts stay what they are.
///
/// Source: Unicode Standard Annex 15 (compatibility decomposition).
[[nodiscard]] std::string fold_accents(std::string_view text);

}  // namespace scenograph::sources
