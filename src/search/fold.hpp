#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenograph::search {

/// A name as it is compared: compatibility forms, case and accents folded ("Phèdre" → "phedre", "Œdipe" → "oedipe",
/// "STRASSE" and "Straße" → "strasse"), anything but letters and digits turned into single spaces. Letters are folded,
/// never dropped; text without any letter or digit is folded but keeps its signs.
///
/// @param name  UTF-8; ill-formed sequences become U+FFFD. Only its first 512 bytes count.
[[nodiscard]] std::string fold(std::string_view name);

/// The words of folded text, as views into it.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view folded);

}  // namespace scenograph::search
