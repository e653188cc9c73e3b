#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/utf8.hpp"
#include "mapping/functions/function.hpp"
#include "mapping/functions/html.hpp"
#include "sources/unicode.hpp"

namespace scenograph::mapping::functions {

namespace {

constexpr std::string_view white_space = " \t\r\n\f\v";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view no_break_space = "\xC2\xA0";
  while (true) {
    const std::size_t size = text.size();
    text.remove_prefix(std::min(text.find_first_not_of(white_space), text.size()));
    text.remove_suffix(text.size() - (text.find_last_not_of(white_space) + 1));
    if (text.starts_with(no_break_space)) text.remove_prefix(2);
    if (text.ends_with(no_break_space)) text.remove_suffix(2);
    if (text.size() == size) return text;
  }
}

Values one(std::string text) { return {Value{std::move(text)}}; }

Values trim(const Arguments& a) { return one(std::string(trimmed(a.text(0)))); }
Values lower(const Arguments& a) { return one(sources::to_lower(a.text(0))); }
Values upper(const Arguments& a) { return one(sources::to_upper(a.text(0))); }
Values fold(const Arguments& a) { return one(sources::fold_accents(a.text(0))); }
Values strip(const Arguments& a) { return one(strip_html(a.text(0))); }

Values replace(const Arguments& a) {
  const std::string_view find = a.text(1);
  std::string_view left = a.text(0);
  if (find.empty()) return one(std::string(left));
  std::string replaced;
  for (std::size_t at = left.find(find); at != std::string_view::npos; at = left.find(find)) {
    replaced.append(left.substr(0, at)).append(a.text(2));
    left.remove_prefix(at + find.size());
  }
  return one(replaced.append(left));
}

Values split(const Arguments& a) {
  const std::string_view separator = a.text(1, ",");
  std::string_view left = a.text(0);
  Values pieces;
  while (true) {
    const std::size_t at = separator.empty() ? std::string_view::npos : left.find(separator);
    const std::string_view piece = trimmed(left.substr(0, at));
    if (!piece.empty()) pieces.push_back({std::string(piece)});
    if (at == std::string_view::npos) return pieces;
    left.remove_prefix(at + separator.size());
  }
}

Values concat(const Arguments& a) {
  std::string joined;
  for (const Value& value : a.all(0)) {
    if (!joined.empty() && !value.text.empty()) joined += a.text(1);
    joined += value.text;
  }
  return one(std::move(joined));
}

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'’'; }

// Letters and digits, as far as the blocks of punctuation tell.
bool belongs_in_slug(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  const bool punctuation = c < 0xC0 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F);
  return !punctuation;
}

Values slug(const Arguments& a) {
  const std::string folded = sources::to_lower(sources::fold_accents(a.text(0)));
  std::string made;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = base::next_code_point(folded, at);
    if (belongs_in_slug(c)) {
      base::append_utf8(made, c);
    } else if (!made.empty() && made.back() != '-' && !is_apostrophe(c)) {
      made += '-';
    }
  }
  if (made.ends_with('-')) made.pop_back();
  if (made.empty())
    return a.complain(a.text(0), {"there is no letter or digit to make a slug of",
                                  "il n’y a ni lettre ni chiffre dont faire un identifiant lisible"});
  return one(std::move(made));
}

// Values are joined by a character that texts do not hold, so that ("ab", "c") and ("a", "bc") differ.
Values hash(const Arguments& a) {
  std::string joined;
  for (const Value& value : a.all(0)) joined.append(value.text) += '\x1F';
  return one(base::to_base32(base::stable_hash(joined)));
}

}  // namespace

std::span<const Function> text_functions() {
  static const std::vector<Function> table = {
      {"trim", {"value"}, Manner::Each, trim},
      {"lower", {"value"}, Manner::Each, lower},
      {"upper", {"value"}, Manner::Each, upper},
      {"fold", {"value"}, Manner::Each, fold},
      {"strip_html", {"value"}, Manner::Each, strip},
      {"replace", {"value", "find", "with?"}, Manner::Each, replace},
      {"split", {"value", "separator?"}, Manner::Each, split},
      {"concat", {"value", "separator?"}, Manner::All, concat},
      {"slug", {"value"}, Manner::Each, slug},
      {"hash", {"value"}, Manner::All, hash},
  };
  return table;
}

}  // namespace scenograph::mapping::functions

namespace scenograph::mapping::internal {

std::string fold_key(std::string_view text) {
  std::string key;
  for (const char c : sources::to_lower(sources::fold_accents(text))) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!space) {
      key += c;
    } else if (!key.empty() && key.back() != ' ') {
      key += ' ';
    }
  }
  if (key.ends_with(' ')) key.pop_back();
  return key;
}

}  // namespace scenograph::mapping::internal
