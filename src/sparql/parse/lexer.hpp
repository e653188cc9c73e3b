#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sparql/parse/source_text.hpp"

namespace scenograph::sparql::parse {

enum class TokenKind : std::uint8_t {
  End,
  Iri,           ///< text: what stands between "<" and ">"
  PrefixedName,  ///< text: "prefix:local", escapes undone
  BlankLabel,    ///< text: the label without "_:"
  Variable,      ///< text: the name
  Language,      ///< text: the tag in lower case
  Integer,       ///< this and the two next; text: as written, without sign
  Decimal,
  Double,
  String,  ///< text: the characters, escapes undone
  Word,    ///< a keyword, or what may be one
  OpenBrace,
  CloseBrace,
  OpenParenthesis,
  CloseParenthesis,
  OpenBracket,
  CloseBracket,
  Dot,
  Semicolon,
  Comma,
  Pipe,
  Or,
  And,
  Slash,
  Caret,
  DoubleCaret,
  Star,
  Plus,
  Minus,
  Question,
  Not,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
};

struct Token {
  TokenKind kind = TokenKind::End;
  std::size_t begin = 0;  ///< offsets into the source's text
  std::size_t end = 0;
  std::string text;
};

/// Cuts a text into the terminals of SPARQL 1.1 Query, section 19.8; the longest wins. Signs are tokens of their own.
class Lexer {
 public:
  /// The source must outlive this.
  explicit Lexer(const SourceText& source) : source_(source), text_(source.text()) {}

  /// The next token; End for ever at the end. @throws Error(Code::BadSyntax)
  [[nodiscard]] Token next();

 private:
  void skip_space();
  [[nodiscard]] char32_t look(std::size_t offset) const;
  [[nodiscard]] char byte(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  /// The end of the run of characters that `accepts`, from `offset`.
  template <typename Accepts>
  [[nodiscard]] std::size_t run(std::size_t offset, Accepts accepts) const;

  bool scan_iri(Token& token);
  bool scan_number(Token& token);
  void scan_string(Token& token);
  void scan_name_or_word(Token& token);
  void scan_local(Token& token, std::size_t colon);
  void scan_blank(Token& token);
  void scan_language(Token& token);
  bool scan_punctuation(Token& token);
  void append_escape(Token& token, std::size_t& at);
  [[noreturn]] void fail(std::size_t offset, const std::string& message) const;

  const SourceText& source_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace scenograph::sparql::parse
