#include "search/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace scenograph::search {

namespace {

constexpr std::size_t max_name_bytes = 512;

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

bool is_mark(UChar32 c) { return (U_MASK(u_charType(c)) & U_GC_MN_MASK) != 0; }

void check(UErrorCode status) {
  if (U_FAILURE(status) != 0) {
    throw base::Error(base::Code::Io, std::string("cannot use the Unicode data of ICU: ") + u_errorName(status));
  }
}

/// Case-folded and decomposed.
icu::UnicodeString decompose(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* fold_case = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* split = icu::Normalizer2::getNFDInstance(status);
  check(status);
  const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  const icu::UnicodeString folded = fold_case->normalize(text, status);
  const icu::UnicodeString out = split->normalize(folded, status);
  check(status);
  return out;
}

/// @param keep_signs  whether what is neither letter nor digit stays, rather than separating words.
std::string flatten(const icu::UnicodeString& text, bool keep_signs) {
  std::string out;
  bool gap = false;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 c = text.char32At(at);
    if (is_mark(c)) continue;
    const bool separates =
        keep_signs ? u_isUWhiteSpace(c) != 0 : u_isalnum(c) == 0 && (U_GET_GC_MASK(c) & U_GC_M_MASK) == 0;
    if (separates) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    if (const char* other = replacement_of(c)) {
      out += other;
    } else {
      base::append_utf8(out, static_cast<char32_t>(c));
    }
  }
  return out;
}

}  // namespace

std::string fold(std::string_view name) {
  const icu::UnicodeString text = decompose(base::cut_utf8(name, max_name_bytes));
  std::string out = flatten(text, false);
  return out.empty() ? flatten(text, true) : out;
}

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> out;
  while (!folded.empty()) {
    const std::size_t end = std::min(folded.find(' '), folded.size());
    if (end > 0) out.push_back(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return out;
}

}  // namespace scenograph::search
