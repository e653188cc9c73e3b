#include "text/internal/unicode.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace scenograph::text {

namespace {

struct Letter {
  UChar32 from;
  const char* to;
};

/// Letters that Unicode does not decompose, as the languages that use them are searched for. Sorted.
constexpr Letter letters[] = {{0xE6, "ae"}, {0xF0, "d"},  {0xF8, "o"},  {0xFE, "th"},  {0x111, "d"},
                              {0x127, "h"}, {0x131, "i"}, {0x142, "l"}, {0x14B, "ng"}, {0x153, "oe"}};

const char* replacement_of(UChar32 letter) {
  const auto* at = std::lower_bound(std::begin(letters), std::end(letters), letter,
                                    [](const Letter& entry, UChar32 wanted) { return entry.from < wanted; });
  return at != std::end(letters) && at->from == letter ? at->to : nullptr;
}

void check(UErrorCode status) {
  if (U_FAILURE(status) != 0) {
    throw base::Error(base::Code::Io, std::string("cannot use the Unicode data of ICU: ") + u_errorName(status));
  }
}

}  // namespace

icu::UnicodeString fold_case(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  check(status);
  const auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  icu::UnicodeString out = folding->normalize(wide, status);
  check(status);
  return out;
}

icu::UnicodeString decompose(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* splitting = icu::Normalizer2::getNFDInstance(status);
  check(status);
  icu::UnicodeString out = splitting->normalize(text, status);
  check(status);
  return out;
}

bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }

bool is_of_word(UChar32 c) { return u_isalnum(c) != 0 || is_mark(c); }

bool is_unspaced(UChar32 c) {
  if (c < 0xE00) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

/// Marks that make another letter of one are none: they have combining class 0, nuktas, kana voicing marks and viramas
/// 7 to 9, Thai and Lao vowels and tones the four others.
bool is_accent(UChar32 c) {
  if (c < 0x300 || (U_GET_GC_MASK(c) & U_GC_MN_MASK) == 0) return false;
  const std::uint8_t combining = u_getCombiningClass(c);
  return combining >= 10 && combining != 103 && combining != 107 && combining != 118 && combining != 122;
}

void append_folded(std::string& out, UChar32 c) {
  if (const char* other = replacement_of(c)) {
    out += other;
  } else {
    base::append_utf8(out, static_cast<char32_t>(c));
  }
}

}  // namespace scenograph::text
