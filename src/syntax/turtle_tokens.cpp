#include "syntax/internal/turtle_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.hpp"
#include "syntax/internal/line_scan.hpp"
#include "syntax/internal/names.hpp"

namespace scenograph::syntax {

namespace {

using base::Code;
using base::Error;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// How the bytes of names are treated.
enum class NameByte : std::uint8_t { Other, Plain, Special };

constexpr std::array<NameByte, 256> name_bytes = [] {
  std::array<NameByte, 256> bytes{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                       c == '-' || c == '.' || c == ':';
    bytes[c] = plain ? NameByte::Plain : c >= 0x80 || c == '%' || c == '\\' ? NameByte::Special : NameByte::Other;
  }
  return bytes;
}();

NameByte name_byte(char c) { return name_bytes[static_cast<unsigned char>(c)]; }

std::size_t without_stops(std::string_view word, std::size_t length) {
  while (length > 0 && word[length - 1] == '.' && (length < 2 || word[length - 2] != '\\')) --length;
  return length;
}

/// The length of the local name that `text` begins with (PN_LOCAL).
std::size_t local_length(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t next = at;
    if (text[at] == '%') {
      if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) break;
      next = at + 3;
    } else if (text[at] == '\\') {
      if (at + 1 == text.size() ||
          std::string_view("_~.-!$&'()*+,;=/?#@%").find(text[at + 1]) == std::string_view::npos) {
        break;
      }
      next = at + 2;
    } else {
      const char32_t c = base::next_code_point(text, next);
      const bool fits =
          c == ':' || is_name_start(c) || (c >= '0' && c <= '9') || (at > 0 && (c == '.' || is_name_char(c)));
      if (!fits) break;
    }
    at = next;
  }
  return without_stops(text, at);
}

/// The kind and length of the number that `text` begins with; End if none.
std::pair<TokenKind, std::size_t> number_of(std::string_view text) {
  const auto digits = [text](std::size_t at) {
    while (at < text.size() && is_digit(text[at])) ++at;
    return at;
  };
  const auto sign = [text](std::size_t at) {
    return at < text.size() && (text[at] == '+' || text[at] == '-') ? at + 1 : at;
  };
  const std::size_t whole_start = sign(0);
  const std::size_t whole = digits(whole_start);
  const bool has_stop = whole < text.size() && text[whole] == '.';
  const std::size_t fraction = has_stop ? digits(whole + 1) : whole;
  const bool has_whole = whole > whole_start;
  const bool has_fraction = has_stop && fraction > whole + 1;
  if (!has_whole && !has_fraction) return {TokenKind::End, 0};
  if (fraction < text.size() && (text[fraction] == 'e' || text[fraction] == 'E')) {
    const std::size_t exponent = sign(fraction + 1);
    if (digits(exponent) > exponent) return {TokenKind::Double, digits(exponent)};
  }
  if (has_fraction) return {TokenKind::Decimal, fraction};
  return {TokenKind::Integer, whole};
}

}  // namespace

Error TurtleTokens::fault_at(const char* place, std::string message) const {
  if (token_.kind == TokenKind::End) message += "; the document may be cut short";
  return {Code::BadSyntax, std::move(message), window_.where(place)};
}

Error TurtleTokens::fault(std::string message) const { return fault_at(start(), std::move(message)); }

void TurtleTokens::note_fault(const char* place, std::string message) {
  if (!token_.fault) token_.fault = Error(Code::BadSyntax, std::move(message), window_.where(place));
}

const Token& TurtleTokens::next() {
  token_.kind = TokenKind::Sign;
  token_.sign = '\0';
  token_.is_plain = true;
  token_.fault.reset();
  length_ = 0;
  if (skip_space()) {
    read();
  } else {
    token_.kind = TokenKind::End;
  }
  window_.check_length(window_.at);
  return token_;
}

void TurtleTokens::take(TokenKind kind, const char* stop) {
  token_.kind = kind;
  length_ = static_cast<std::size_t>(stop - window_.at);
  window_.at = stop;
}

/// @return  false at the end of the document.
bool TurtleTokens::skip_space() {
  bool in_comment = false;
  while (true) {
    const char* at = window_.at;
    const char* const end = window_.end();
    for (; at < end; ++at) {
      if (in_comment) {
        in_comment = *at != '\n' && *at != '\r';
      } else if (*at == '#') {
        in_comment = true;
      } else if (!is_space(*at)) {
        window_.at = at;
        return true;
      }
    }
    window_.at = at;
    if (!window_.more()) return false;
  }
}

void TurtleTokens::read() {
  const char c = *window_.at;
  if (c == '<') return read_iri();
  if (c == '"' || c == '\'') return read_text();
  if (c == '@') return read_language();
  if (c == '_' && look(1) == ':') return read_blank();
  if (is_letter(c) || c == ':' || c == '_' || is_high(c)) return read_word();
  if (is_digit(c) || c == '+' || c == '-' || (c == '.' && is_digit(look(1)))) return read_number();
  if (c == '^' && look(1) == '^') return take(TokenKind::Carets, window_.at + 2);
  read_sign();
}

void TurtleTokens::read_sign() {
  token_.sign = *window_.at;
  if (token_.sign == '~' || (token_.sign == '{' && look(1) == '|')) {
    throw fault_at(window_.at, "names of triples and annotations (RDF 1.2) are not read");
  }
  const char* stop = window_.at + 1;
  while (stop < window_.end() && (static_cast<unsigned char>(*stop) & 0xC0U) == 0x80U) ++stop;
  take(TokenKind::Sign, stop);
}

/// The byte so far after the token's start; '\0' past the document's end.
char TurtleTokens::look(std::size_t ahead) {
  while (static_cast<std::size_t>(window_.end() - window_.at) <= ahead) {
    if (!window_.more()) return '\0';
  }
  return window_.at[ahead];
}

/// Gets more text, and moves `place`, of the token, with it. @return false at the document's end.
bool TurtleTokens::more_after(const char*& place) {
  const std::ptrdiff_t offset = place - window_.at;
  const bool more = window_.more();
  place = window_.at + offset;
  return more;
}

/// The bytes from the token's start on that are inside.
template <typename IsInside>
std::string_view TurtleTokens::run(const IsInside& is_inside) {
  const char* stop = window_.at;
  while (true) {
    while (stop < window_.end() && is_inside(*stop)) ++stop;
    if (stop < window_.end() || !more_after(stop)) break;
  }
  return {window_.at, static_cast<std::size_t>(stop - window_.at)};
}

void TurtleTokens::read_iri() {
  bool has_escapes = false;
  const char* const stop = scan_iri(has_escapes);
  const std::string_view written(window_.at + 1, static_cast<std::size_t>(stop - window_.at) - 1);
  token_.text = has_escapes ? unescape(written, true) : written;
  take(TokenKind::Iri, stop + 1);
}

/// @return  where the closing > is.
const char* TurtleTokens::scan_iri(bool& has_escapes) {
  if (look(1) == '<') throw fault_at(window_.at, "triples as terms and reified triples (RDF 1.2) are not read");
  const char* stop = window_.at + 1;
  while (true) {
    stop = find_not_plain(stop, window_.end());
    if (stop == window_.end()) {
      if (more_after(stop)) continue;
      throw fault_at(window_.end(), "the IRI is not closed; put > after it; the document may be cut short");
    }
    if (*stop == '>') return stop;
    token_.is_plain = false;
    if (*stop == '\n' || *stop == '\r' || *stop == '<' || *stop == '"') {
      throw fault_at(stop, "the IRI is not closed; put > after it");
    }
    if (*stop == '\\') {
      has_escapes = true;
    } else if (*stop != '%') {
      note_fault(stop,
                 fmt::format("an IRI cannot hold «{}»; write it as %{:02X}", *stop, static_cast<unsigned>(*stop)));
    }
    ++stop;
  }
}

void TurtleTokens::read_word() {
  bool is_special = false;
  bool escaped = false;
  const std::string_view word = run([&](char c) {
    if (escaped) {
      escaped = false;
      return !is_space(c);
    }
    const NameByte kind = name_byte(c);
    is_special = is_special || kind == NameByte::Special;
    escaped = c == '\\';
    return kind != NameByte::Other;
  });
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos) {
    const std::size_t length = std::max<std::size_t>(without_stops(word, word.size()), 1);
    token_.text = word.substr(0, length);
    return take(TokenKind::Word, word.data() + length);
  }
  token_.is_plain = !is_special;
  read_name(word, colon);
}

void TurtleTokens::read_name(std::string_view word, std::size_t colon) {
  const std::string_view prefix = word.substr(0, colon);
  const std::string_view local = word.substr(colon + 1);
  if (!is_prefix(prefix)) throw fault_at(word.data(), fmt::format("«{}» is no prefix", prefix));
  std::size_t length = 0;
  if (!local.empty() && token_.is_plain) {
    length = local.front() == '-' || local.front() == '.' ? 0 : without_stops(local, local.size());
  } else {
    length = local_length(local);
  }
  const std::string_view name = word.substr(0, colon + 1 + length);
  const bool has_escapes = !token_.is_plain && name.find('\\') != std::string_view::npos;
  token_.text = has_escapes ? unescape_name(name, colon) : name;
  token_.colon = colon;
  take(TokenKind::Name, name.data() + name.size());
}

std::string_view TurtleTokens::unescape_name(std::string_view word, std::size_t colon) {
  scratch_.assign(word.substr(0, colon));
  for (std::size_t at = colon; at < word.size(); ++at) {
    if (word[at] == '\\') ++at;
    scratch_ += word[at];
  }
  return scratch_;
}

void TurtleTokens::read_blank() {
  const std::string_view word = run([](char c) { return name_byte(c) == NameByte::Plain || is_high(c); });
  const std::size_t length = label_length(word.substr(2));
  if (length == 0) throw fault_at(word.data() + 1, "a blank node label is missing");
  token_.text = word.substr(2, length);
  take(TokenKind::Blank, word.data() + 2 + length);
}

void TurtleTokens::read_number() {
  const std::string_view word =
      run([](char c) { return is_digit(c) || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E'; });
  const auto [kind, length] = number_of(word);
  if (kind == TokenKind::End) throw fault_at(word.data(), "a sign without a number; put quotes around text");
  token_.text = word.substr(0, length);
  take(kind, word.data() + length);
}

void TurtleTokens::read_language() {
  bool at_sign = true;
  const std::string_view word =
      run([&at_sign](char c) { return std::exchange(at_sign, false) || is_letter(c) || is_digit(c) || c == '-'; });
  token_.text = word.substr(1);
  take(TokenKind::Language, word.data() + word.size());
}

void TurtleTokens::read_text() {
  const char quote = *window_.at;
  if (look(1) == quote && look(2) != quote) {
    token_.text = {};
    return take(TokenKind::Text, window_.at + 2);
  }
  const std::size_t quotes = look(1) == quote ? 3 : 1;
  bool has_escapes = false;
  const char* const stop = scan_text(quotes, has_escapes);
  const char* const from = window_.at + quotes;
  const std::string_view written(from, static_cast<std::size_t>(stop - from));
  token_.text = has_escapes ? unescape(written, false) : written;
  take(TokenKind::Text, stop + quotes);
}

/// @return  where the closing quotes are.
const char* TurtleTokens::scan_text(std::size_t quotes, bool& has_escapes) {
  const char quote = *window_.at;
  const char* stop = window_.at + quotes;
  while (true) {
    stop = find_string_stop(stop, window_.end(), quote);
    const bool at_end = stop == window_.end();
    const std::size_t wanted = at_end ? 1 : *stop == '\\' ? 2 : *stop == quote ? quotes : 1;
    if (static_cast<std::size_t>(window_.end() - stop) < wanted) {
      if (more_after(stop)) continue;
      throw fault_at(window_.end(),
                     fmt::format("the string is not closed; put {} after it; the document may be cut short",
                                 std::string(quotes, quote)));
    }
    if (*stop == quote) {
      if (std::all_of(stop, stop + quotes, [quote](char c) { return c == quote; })) return stop;
    } else if (*stop == '\\') {
      has_escapes = true;
    } else if (quotes == 1) {
      throw fault_at(stop, "the string is not closed; put a quotation mark after it, or three around several lines");
    }
    stop += *stop == '\\' ? 2 : 1;
  }
}

/// `written` with escapes undone, in the scratch text; unknown ones are noted as a fault.
std::string_view TurtleTokens::unescape(std::string_view written, bool only_code_points) {
  static constexpr std::string_view names = "tbnrf\"'\\";
  static constexpr std::string_view values = "\t\b\n\r\f\"'\\";
  scratch_.clear();
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t stop = std::min(written.find('\\', at), written.size());
    scratch_.append(written, at, stop - at);
    at = stop;
    if (at + 1 >= written.size()) {
      if (at < written.size()) note_fault(written.data() + at, "no such escape; write a backslash as \\\\");
      break;
    }
    const std::size_t name = names.find(written[at + 1]);
    if (written[at + 1] == 'u' || written[at + 1] == 'U') {
      at = unescape_code_point(written, at);
    } else if (name == std::string_view::npos || only_code_points) {
      note_fault(written.data() + at, only_code_points ? "an IRI takes no escapes but \\uXXXX and \\UXXXXXXXX"
                                                       : "no such escape; write a backslash as \\\\");
      at += 2;
    } else {
      scratch_ += values[name];
      at += 2;
    }
  }
  return scratch_;
}

/// @return  the place after the escape.
std::size_t TurtleTokens::unescape_code_point(std::string_view written, std::size_t at) {
  const std::string_view digits = written.substr(at + 2, written[at + 1] == 'u' ? 4 : 8);
  const bool has_all = digits.size() == (written[at + 1] == 'u' ? 4U : 8U);
  if (!has_all || !std::all_of(digits.begin(), digits.end(), is_hex)) {
    note_fault(written.data() + at, "no such escape; use \\uXXXX or \\UXXXXXXXX");
    return at + 2;
  }
  const auto code = static_cast<char32_t>(std::stoul(std::string(digits), nullptr, 16));
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
    note_fault(written.data() + at, "the escape names no Unicode character");
  } else {
    base::append_utf8(scratch_, code);
  }
  return at + 2 + digits.size();
}

std::optional<char> TurtleTokens::skip_one() {
  if (window_.at == window_.end()) {
    window_.mark(window_.at);
    if (!window_.more(true)) return std::nullopt;
  }
  return *window_.at++;
}

void TurtleTokens::skip_until(std::string_view ends) {
  while (const auto c = skip_one()) {
    if (ends.find(*c) != std::string_view::npos) return;
  }
}

/// The rest of a string whose first quote is passed.
void TurtleTokens::skip_quoted(char quote) {
  auto c = skip_one();
  bool is_long = false;
  if (c == quote) {
    c = skip_one();
    if (c != quote) {
      if (c) --window_.at;
      return;
    }
    is_long = true;
    c = skip_one();
  }
  for (unsigned closing = 0; c; c = skip_one()) {
    closing = *c == quote ? closing + 1 : 0;
    if (closing == (is_long ? 3U : 1U) || (!is_long && (*c == '\n' || *c == '\r'))) return;
    if (*c == '\\') static_cast<void>(skip_one());
  }
}

void TurtleTokens::skip_statement(unsigned depth, bool in_braces) {
  window_.at = start();
  length_ = 0;
  bool done = false;
  while (!done) {
    const auto c = skip_one();
    if (!c) break;
    if (*c == '#') {
      skip_until("\n\r");
    } else if (*c == '<') {
      skip_until("> \t\n\r");
    } else if (*c == '"' || *c == '\'') {
      skip_quoted(*c);
    } else if (*c == '\\') {
      static_cast<void>(skip_one());
    } else if (*c == '[' || *c == '(') {
      ++depth;
    } else if ((*c == ']' || *c == ')') && depth > 0) {
      --depth;
    } else if (*c == '{') {
      in_braces = true;
    } else if (*c == '}') {
      done = true;
    } else if (*c == '.' && depth == 0 && !in_braces) {
      const auto after = skip_one();
      if (after) --window_.at;
      done = !after || name_byte(*after) == NameByte::Other;
    }
  }
  window_.mark(window_.at);
}

}  // namespace scenograph::syntax
