#include "sources/unicode.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace scenograph::sources {

namespace {

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string as_utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

// Letters that no decomposition takes apart.
constexpr std::array<std::pair<char32_t, std::string_view>, 14> spelled_out = {{
    {U'œ', "oe"},
    {U'Œ', "Oe"},
    {U'æ', "ae"},
    {U'Æ', "Ae"},
    {U'ß', "ss"},
    {U'ø', "o"},
    {U'Ø', "O"},
    {U'ł', "l"},
    {U'Ł', "L"},
    {U'đ', "d"},
    {U'Đ', "D"},
    {U'ı', "i"},
    {U'þ', "th"},
    {U'Þ', "Th"},
}};

void append_folded(std::string& out, char32_t letter) {
  for (const auto& [from, to] : spelled_out) {
    if (from == letter) {
      out += to;
      return;
    }
  }
  base::append_utf8(out, letter);
}

}  // namespace

std::string to_lower(std::string_view text) { return as_utf8(from_utf8(text).toLower(icu::Locale::getRoot())); }

std::string to_upper(std::string_view text) { return as_utf8(from_utf8(text).toUpper(icu::Locale::getRoot())); }

std::string fold_accents(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const nfkd = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error) != 0) throw base::Error(base::Code::Unsupported, "ICU's normalisation data is not installed");
  const icu::UnicodeString apart = nfkd->normalize(from_utf8(text), error);
  std::string folded;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 letter = apart.char32At(i);
    const UBlockCode block = ublock_getCode(letter);
    const bool mark = block == UBLOCK_COMBINING_DIACRITICAL_MARKS;
    if (!mark) append_folded(folded, static_cast<char32_t>(letter));
  }
  const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(error);
  return U_FAILURE(error) != 0 ? folded : as_utf8(nfc->normalize(from_utf8(folded), error));
}

}  // namespace scenograph::sources
