#include "text/fold.hpp"

#include <unicode/uchar.h>

#include "text/internal/unicode.hpp"

namespace scenograph::text {

std::string fold(std::string_view text, Signs signs) {
  const icu::UnicodeString plain = decompose(fold_case(text));
  std::string out;
  bool gap = false;
  for (std::int32_t at = 0; at < plain.length(); at = plain.moveIndex32(at, 1)) {
    const UChar32 c = plain.char32At(at);
    if (is_accent(c)) continue;
    if (signs == Signs::Keep ? u_isUWhiteSpace(c) != 0 : !is_of_word(c)) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    append_folded(out, c);
  }
  return out;
}

}  // namespace scenograph::text
