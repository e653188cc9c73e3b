#include "text/words.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "text/internal/unicode.hpp"

namespace scenograph::text {

namespace {

bool is_ascii_char(char c) { return static_cast<unsigned char>(c) < 0x80; }

char lower_of(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_ascii_word(char c) { return (c >= '0' && c <= '9') || (lower_of(c) >= 'a' && lower_of(c) <= 'z'); }

void add_ascii(std::string_view run, std::vector<Word>& out) {
  Word& word = out.emplace_back();
  word.lower = run.substr(0, most_word_bytes);
  std::transform(word.lower.begin(), word.lower.end(), word.lower.begin(), lower_of);
  word.folded = word.lower;
}

void add_run(const icu::UnicodeString& run, std::vector<Word>& out) {
  Word word;
  run.toUTF8String(word.lower);
  const icu::UnicodeString plain = decompose(run);
  for (std::int32_t at = 0; at < plain.length(); at = plain.moveIndex32(at, 1)) {
    const UChar32 c = plain.char32At(at);
    if (!is_accent(c)) append_folded(word.folded, c);
  }
  if (word.folded.empty()) return;
  word.lower.resize(base::cut_utf8(word.lower, most_word_bytes).size());
  word.folded.resize(base::cut_utf8(word.folded, most_word_bytes).size());
  out.push_back(std::move(word));
}

void split_unicode(std::string_view text, std::vector<Word>& out) {
  const icu::UnicodeString plain = fold_case(text);
  std::int32_t begin = 0;
  bool alone = false;  // the run is a character of a script without spaces
  const auto end_run = [&](std::int32_t end) {
    if (end > begin) add_run(plain.tempSubStringBetween(begin, end), out);
    begin = end;
    alone = false;
  };
  for (std::int32_t at = 0; at < plain.length() && out.size() < most_words; at = plain.moveIndex32(at, 1)) {
    const UChar32 c = plain.char32At(at);
    if (!is_of_word(c)) {
      end_run(at);
      begin = plain.moveIndex32(at, 1);
    } else if (is_unspaced(c) && !is_mark(c)) {
      end_run(at);
      alone = true;
    } else if (alone && !is_mark(c)) {
      end_run(at);
    }
  }
  if (out.size() < most_words) end_run(plain.length());
}

}  // namespace

/// Pieces between ASCII characters that are of no word fold by themselves, and only those with others need ICU.
std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> out;
  std::size_t begin = 0;
  bool is_ascii = true;
  for (std::size_t at = 0; at <= text.size() && out.size() < most_words; ++at) {
    const bool goes_on = at < text.size() && (is_ascii_word(text[at]) || !is_ascii_char(text[at]));
    if (goes_on) {
      is_ascii = is_ascii && is_ascii_char(text[at]);
      continue;
    }
    const std::string_view piece = text.substr(begin, at - begin);
    if (!piece.empty() && is_ascii) add_ascii(piece, out);
    if (!is_ascii) split_unicode(piece, out);
    begin = at + 1;
    is_ascii = true;
  }
  return out;
}

}  // namespace scenograph::text
