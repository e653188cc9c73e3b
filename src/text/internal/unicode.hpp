#pragma once

#include <unicode/unistr.h>

#include <string>
#include <string_view>

namespace scenograph::text {

/// Compatibility forms and case folded (NFKC_Casefold); accents stay, composed.
[[nodiscard]] icu::UnicodeString fold_case(std::string_view text);

/// Letters with their accents apart (NFD).
[[nodiscard]] icu::UnicodeString decompose(const icu::UnicodeString& text);

/// Whether the character is a letter, a digit or a mark on one.
[[nodiscard]] bool is_of_word(UChar32 c);

/// Whether the character goes with the one before it.
[[nodiscard]] bool is_mark(UChar32 c);

/// Whether words of the character's script are written without spaces between them.
[[nodiscard]] bool is_unspaced(UChar32 c);

/// Whether it is a mark that may be left out.
[[nodiscard]] bool is_accent(UChar32 c);

/// Appends the character without what distinguishes it from a plainer letter. REQUIRES: decomposed, case folded.
void append_folded(std::string& out, UChar32 c);

}  // namespace scenograph::text
