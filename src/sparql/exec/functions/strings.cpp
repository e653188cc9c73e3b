#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/utf8.hpp"
#include "sparql/exec/functions/function.hpp"

// SPARQL 1.1 Query, section 17.4.3: functions on strings.

namespace scenograph::sparql {

namespace {

/// `text` as the kind of string `like` is.
Value same_kind(std::string_view text, const Value& like) {
  return like.kind == ValueKind::LangString ? Value::lang_string(text, like.modifier) : Value::string(text);
}

/// Argument compatibility of section 17.4.3.1.2.
bool compatible(const Value& a, const Value& b) {
  if (!a.is_string() || !b.is_string()) return false;
  return b.kind == ValueKind::String || (a.kind == ValueKind::LangString && a.modifier == b.modifier);
}

constexpr std::size_t copies_of_text = 3;  // of a text while it is made: itself, its value's, its term's

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Value strlen(Arguments a, Context&) {
  if (!a[0]->is_string()) return {};
  return Value::integer(static_cast<std::int64_t>(code_points(a[0]->text)));
}

/// Byte offset of the code point number `index`, from 0; the end past the last.
std::size_t offset_of(std::string_view text, double index) {
  std::size_t offset = 0;
  for (double at = 0; at < index && offset < text.size(); ++at) (void)base::next_code_point(text, offset);
  return offset;
}

/// fn:substring: positions from 1, rounded. Source: XPath Functions 3.1, section 5.4.3.
Value substr(Arguments a, Context&) {
  if (!a[0]->is_string() || !a[1]->is_numeric() || (a.size() > 2 && !a[2]->is_numeric())) return {};
  const auto rounded = [](double x) { return std::floor(x + 0.5); };
  const double first = rounded(a[1]->as_double());
  const double end = a.size() > 2 ? first + rounded(a[2]->as_double()) : HUGE_VAL;
  if (std::isnan(first) || std::isnan(end) || end <= 1) return same_kind("", *a[0]);
  const std::string_view text = a[0]->text;
  const std::size_t from = offset_of(text, std::max(first, 1.0) - 1);
  const std::size_t to = offset_of(text, end - 1);
  return same_kind(to > from ? text.substr(from, to - from) : std::string_view(), *a[0]);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

template <typename Ascii, typename Full>
Value map_case(const Value& value, Ascii ascii, Full full) {
  if (!value.is_string()) return {};
  std::string text = value.text;
  if (is_ascii(text)) {
    for (char& c : text) c = ascii(c);
  } else {
    icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
    full(wide);
    text.clear();
    wide.toUTF8String(text);
  }
  return same_kind(text, value);
}

Value ucase(Arguments a, Context&) {
  return map_case(
      *a[0], [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; },
      [](icu::UnicodeString& text) { text.toUpper(icu::Locale::getRoot()); });
}

Value lcase(Arguments a, Context&) {
  return map_case(
      *a[0], [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; },
      [](icu::UnicodeString& text) { text.toLower(icu::Locale::getRoot()); });
}

Value strstarts(Arguments a, Context&) {
  return compatible(*a[0], *a[1]) ? Value::boolean(a[0]->text.starts_with(a[1]->text)) : Value{};
}

Value strends(Arguments a, Context&) {
  return compatible(*a[0], *a[1]) ? Value::boolean(a[0]->text.ends_with(a[1]->text)) : Value{};
}

Value contains(Arguments a, Context&) {
  return compatible(*a[0], *a[1]) ? Value::boolean(a[0]->text.find(a[1]->text) != std::string::npos) : Value{};
}

Value strbefore(Arguments a, Context&) {
  if (!compatible(*a[0], *a[1])) return {};
  const std::size_t at = a[0]->text.find(a[1]->text);
  if (at == std::string::npos) return Value::string("");
  return same_kind(std::string_view(a[0]->text).substr(0, at), *a[0]);
}

Value strafter(Arguments a, Context&) {
  if (!compatible(*a[0], *a[1])) return {};
  const std::size_t at = a[0]->text.find(a[1]->text);
  if (at == std::string::npos) return Value::string("");
  return same_kind(std::string_view(a[0]->text).substr(at + a[1]->text.size()), *a[0]);
}

/// Source: RFC 3986, section 2.3.
bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

Value encode_for_uri(Arguments a, Context& context) {
  if (!a[0]->is_string()) return {};
  static constexpr std::string_view hex = "0123456789ABCDEF";
  const std::string& text = a[0]->text;
  const auto kept = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_unreserved));
  base::Charge charge(*context.budget);
  charge.set(copies_of_text * (kept + 3 * (text.size() - kept)));
  std::string out;
  out.reserve(kept + 3 * (text.size() - kept));
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(c)) {
      out += c;
    } else {
      out += {'%', hex[byte >> 4U], hex[byte & 0xFU]};
    }
  }
  return Value::string(out);
}

Value concat(Arguments a, Context& context) {
  std::size_t size = 0;
  for (const Value* value : a) {
    if (!value->is_string()) return {};
    size += value->text.size();
  }
  base::Charge charge(*context.budget);
  charge.set(copies_of_text * size);
  std::string out;
  out.reserve(size);
  for (const Value* value : a) out += value->text;
  const bool one_language = !a.empty() && std::all_of(a.begin(), a.end(), [&](const Value* value) {
    return value->kind == ValueKind::LangString && value->modifier == a[0]->modifier;
  });
  return one_language ? Value::lang_string(out, a[0]->modifier) : Value::string(out);
}

bool same_letters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// Basic filtering of RFC 4647, section 3.3.1.
Value lang_matches(Arguments a, Context&) {
  if (a[0]->kind != ValueKind::String || a[1]->kind != ValueKind::String) return {};
  const std::string_view tag = a[0]->text;
  const std::string_view range = a[1]->text;
  if (range == "*") return Value::boolean(!tag.empty());
  const bool prefix = tag.size() >= range.size() && same_letters(tag.substr(0, range.size()), range);
  return Value::boolean(prefix && (tag.size() == range.size() || tag[range.size()] == '-'));
}

constexpr std::array<Function, 12> table = {{
    {"STRLEN", 1, 1, strlen},
    {"SUBSTR", 2, 3, substr},
    {"UCASE", 1, 1, ucase},
    {"LCASE", 1, 1, lcase},
    {"STRSTARTS", 2, 2, strstarts},
    {"STRENDS", 2, 2, strends},
    {"CONTAINS", 2, 2, contains},
    {"STRBEFORE", 2, 2, strbefore},
    {"STRAFTER", 2, 2, strafter},
    {"ENCODE_FOR_URI", 1, 1, encode_for_uri},
    {"CONCAT", 0, any_number, concat},
    {"LANGMATCHES", 2, 2, lang_matches},
}};

}  // namespace

std::span<const Function> string_functions() { return table; }

}  // namespace scenograph::sparql
