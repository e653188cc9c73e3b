#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace scenograph::text {

/// What becomes of characters that are neither letters nor digits.
enum class Signs : std::uint8_t {
  Separate,  ///< any number of them is one space; none at the ends
  Keep       ///< they stay, and only white space separates
};

/// Text as it is compared: compatibility forms, case and accents folded ("Phèdre" → "phedre", "Œdipe" → "oedipe",
/// "STRASSE" and "Straße" → "strasse"). Letters are folded, never dropped.
///
/// @param text  UTF-8; ill-formed sequences become U+FFFD.
[[nodiscard]] std::string fold(std::string_view text, Signs signs = Signs::Separate);

}  // namespace scenograph::text
