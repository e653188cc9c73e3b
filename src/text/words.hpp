#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace scenograph::text {

/// A word of a text in two forms.
struct Word {
  std::string lower;   ///< case and compatibility forms folded, accents kept: what stems are made from
  std::string folded;  ///< without accents too: what is compared

  friend bool operator==(const Word&, const Word&) = default;
};

/// Bytes of a form at most; what is beyond is cut off, at the end of a character.
inline constexpr std::size_t most_word_bytes = 64;

/// Words of a text at most; what is beyond is not looked at.
inline constexpr std::size_t most_words = 65'536;

/// The words of a text, in order: runs of letters, digits and marks ("L'Opéra-Comique" has three). In scripts that are
/// written without spaces, such as Chinese, Japanese and Thai, each character is a word.
///
/// @param text  UTF-8; ill-formed sequences separate words. Cost: some 30 ns a word, ten times that with other letters
///              than those of ASCII.
[[nodiscard]] std::vector<Word> words_of(std::string_view text);

}  // namespace scenograph::text
