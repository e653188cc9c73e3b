#include "sparql/parse/lexer.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/utf8.hpp"
#include "sparql/parse/characters.hpp"

namespace scenograph::sparql::parse {

namespace {

using Punctuation = std::pair<std::string_view, TokenKind>;

constexpr std::array<Punctuation, 26> punctuation = {{
    {"^^", TokenKind::DoubleCaret},
    {"||", TokenKind::Or},
    {"&&", TokenKind::And},
    {"!=", TokenKind::NotEqual},
    {"<=", TokenKind::LessEqual},
    {">=", TokenKind::GreaterEqual},
    {"{", TokenKind::OpenBrace},
    {"}", TokenKind::CloseBrace},
    {"(", TokenKind::OpenParenthesis},
    {")", TokenKind::CloseParenthesis},
    {"[", TokenKind::OpenBracket},
    {"]", TokenKind::CloseBracket},
    {".", TokenKind::Dot},
    {";", TokenKind::Semicolon},
    {",", TokenKind::Comma},
    {"|", TokenKind::Pipe},
    {"/", TokenKind::Slash},
    {"^", TokenKind::Caret},
    {"*", TokenKind::Star},
    {"+", TokenKind::Plus},
    {"-", TokenKind::Minus},
    {"?", TokenKind::Question},
    {"!", TokenKind::Not},
    {"=", TokenKind::Equal},
    {"<", TokenKind::Less},
    {">", TokenKind::Greater},
}};

bool is_iri_char(char c) {
  return static_cast<unsigned char>(c) > 0x20 && std::string_view("<>\"{}|^`\\").find(c) == std::string_view::npos;
}

}  // namespace

void Lexer::fail(std::size_t offset, const std::string& message) const {
  throw base::Error(base::Code::BadSyntax, message, source_.where(offset));
}

char32_t Lexer::look(std::size_t offset) const {
  return offset < text_.size() ? base::next_code_point(text_, offset) : 0;
}

template <typename Accepts>
std::size_t Lexer::run(std::size_t offset, Accepts accepts) const {
  while (offset < text_.size()) {
    std::size_t next = offset;
    if (!accepts(base::next_code_point(text_, next))) break;
    offset = next;
  }
  return offset;
}

void Lexer::skip_space() {
  for (;;) {
    while (at_ < text_.size() && is_space(static_cast<unsigned char>(text_[at_]))) ++at_;
    if (byte(at_) != '#') return;
    at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
  }
}

Token Lexer::next() {
  skip_space();
  Token token;
  token.begin = at_;
  token.end = at_;
  if (at_ >= text_.size()) return token;
  const char c = text_[at_];
  const char32_t wide = look(at_);
  if (c == '<' && scan_iri(token)) {
  } else if (c == '"' || c == '\'') {
    scan_string(token);
  } else if ((c == '?' || c == '$') && is_variable_start(look(at_ + 1))) {
    token.kind = TokenKind::Variable;
    token.end = run(at_ + 1, is_variable_char);
    token.text = text_.substr(at_ + 1, token.end - at_ - 1);
  } else if (c == '@') {
    scan_language(token);
  } else if (c == '_' && byte(at_ + 1) == ':') {
    scan_blank(token);
  } else if (is_name_base(wide) || c == ':') {
    scan_name_or_word(token);
  } else if (scan_number(token) || scan_punctuation(token)) {
  } else {
    fail(at_, fmt::format("«{}» does not belong here",
                          text_.substr(at_, run(at_ + 1, [](char32_t) { return false; }) - at_)));
  }
  at_ = token.end;
  return token;
}

bool Lexer::scan_iri(Token& token) {
  std::size_t end = at_ + 1;
  while (end < text_.size() && is_iri_char(text_[end])) ++end;
  if (byte(end) != '>') return false;
  token.kind = TokenKind::Iri;
  token.text = text_.substr(at_ + 1, end - at_ - 1);
  token.end = end + 1;
  return true;
}

bool Lexer::scan_number(Token& token) {
  std::size_t end = run(at_, is_digit);
  const bool whole = end > at_;
  token.kind = TokenKind::Integer;
  const std::size_t fraction = byte(end) == '.' ? run(end + 1, is_digit) : end;
  const auto exponent_end = [&](std::size_t from) {
    if (byte(from) != 'e' && byte(from) != 'E') return from;
    const std::size_t sign = byte(from + 1) == '+' || byte(from + 1) == '-' ? 1 : 0;
    const std::size_t digits = run(from + 1 + sign, is_digit);
    return digits > from + 1 + sign ? digits : from;
  };
  const bool has_fraction = fraction > end + 1;
  if (!whole && !has_fraction) return false;
  if (const std::size_t exponent = exponent_end(fraction); exponent > fraction) {
    token.kind = TokenKind::Double;
    end = exponent;
  } else if (has_fraction) {
    token.kind = TokenKind::Decimal;
    end = fraction;
  }
  token.text = text_.substr(at_, end - at_);
  token.end = end;
  return true;
}

void Lexer::append_escape(Token& token, std::size_t& at) {
  static constexpr std::string_view letters = "tbnrf\\\"'";
  static constexpr std::string_view meanings = "\t\b\n\r\f\\\"'";
  const std::size_t which = letters.find(byte(at + 1));
  if (at + 1 >= text_.size() || which == std::string_view::npos) {
    fail(at, "a backslash in a string needs one of t b n r f \\ \" ' or uXXXX after it");
  }
  token.text += meanings[which];
  at += 2;
}

void Lexer::scan_string(Token& token) {
  token.kind = TokenKind::String;
  const char quote = text_[at_];
  const std::string three(3, quote);
  const bool is_long = text_.substr(at_, 3) == three;
  const std::string_view closing = std::string_view(three).substr(0, is_long ? 3 : 1);
  std::size_t at = at_ + closing.size();
  while (at < text_.size() && text_.substr(at, closing.size()) != closing) {
    const char c = text_[at];
    if (c == '\\') {
      append_escape(token, at);
      continue;
    }
    if (!is_long && (c == '\n' || c == '\r')) break;
    token.text += c;
    ++at;
  }
  if (text_.substr(at, closing.size()) != closing) {
    fail(at_, fmt::format("this string has no closing {}{}", closing,
                          is_long ? "" : "; one over several lines needs three quotes on each side"));
  }
  token.end = at + closing.size();
}

void Lexer::scan_name_or_word(Token& token) {
  std::size_t end = run(at_, [](char32_t c) { return is_name_char(c) || c == '.'; });
  if (byte(end) == ':' && (end == at_ || text_[end - 1] != '.')) return scan_local(token, end);
  end = run(at_, [](char32_t c) { return is_ascii_letter(c) || is_digit(c) || c == '_'; });
  if (end == at_) end = run(at_, is_name_char);
  token.kind = TokenKind::Word;
  token.text = text_.substr(at_, end - at_);
  token.end = end;
}

/// PN_LOCAL: may hold ":" and escapes, and "." but at its end.
void Lexer::scan_local(Token& token, std::size_t colon) {
  token.kind = TokenKind::PrefixedName;
  token.text = text_.substr(at_, colon + 1 - at_);
  std::size_t end = colon + 1;
  std::size_t solid_end = end;
  std::size_t solid_size = token.text.size();
  while (end < text_.size()) {
    const char c = text_[end];
    const char32_t wide = look(end);
    if (c == '\\' && std::string_view("_~.-!$&'()*+,;=/?#@%").find(byte(end + 1)) != std::string_view::npos &&
        end + 1 < text_.size()) {
      token.text += text_[end + 1];
      end += 2;
    } else if (c == '%' && is_hex(look(end + 1)) && is_hex(look(end + 2))) {
      token.text += text_.substr(end, 3);
      end += 3;
    } else if ((end == colon + 1 ? is_variable_start(wide) : is_name_char(wide)) || c == ':') {
      (void)base::next_code_point(text_, end);
      base::append_utf8(token.text, wide);
    } else if (c == '.' && end > colon + 1) {
      token.text += c;
      ++end;
      continue;
    } else {
      break;
    }
    solid_end = end;
    solid_size = token.text.size();
  }
  token.end = solid_end;
  token.text.resize(solid_size);
}

void Lexer::scan_blank(Token& token) {
  token.kind = TokenKind::BlankLabel;
  if (!is_variable_start(look(at_ + 2))) fail(at_, "«_:» needs a label after it, such as _:b1");
  std::size_t end = run(at_ + 2, [](char32_t c) { return is_name_char(c) || c == '.'; });
  while (text_[end - 1] == '.') --end;
  token.text = text_.substr(at_ + 2, end - at_ - 2);
  token.end = end;
}

void Lexer::scan_language(Token& token) {
  token.kind = TokenKind::Language;
  std::size_t end = run(at_ + 1, is_ascii_letter);
  if (end == at_ + 1) fail(at_, "«@» needs a language tag after it, such as @fr");
  for (;;) {
    const std::size_t part =
        byte(end) == '-' ? run(end + 1, [](char32_t c) { return is_ascii_letter(c) || is_digit(c); }) : end;
    if (part <= end + 1) break;
    end = part;
  }
  for (const char c : text_.substr(at_ + 1, end - at_ - 1)) {
    token.text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  token.end = end;
}

bool Lexer::scan_punctuation(Token& token) {
  for (const auto& [spelling, kind] : punctuation) {
    if (text_.substr(at_, spelling.size()) != spelling) continue;
    token.kind = kind;
    token.text = spelling;
    token.end = at_ + spelling.size();
    return true;
  }
  return false;
}

}  // namespace scenograph::sparql::parse
