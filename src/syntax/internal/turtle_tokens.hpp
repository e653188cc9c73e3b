#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "syntax/internal/text_window.hpp"

namespace scenograph::syntax {

enum class TokenKind : std::uint8_t {
  End,
  Iri,       ///< <…>
  Name,      ///< prefix:local
  Word,      ///< a, true, false, PREFIX, BASE, GRAPH, or what is none of them
  Blank,     ///< _:label
  Text,      ///< a string in quotes
  Language,  ///< @fr, also @prefix and @base
  Integer,
  Decimal,
  Double,
  Carets,  ///< ^^
  Sign     ///< one of . , ; [ ] ( ) { }, or a character that begins no token
};

/// A token of Turtle or TriG. Its text is a view that is good until the next token is asked for.
struct Token {
  TokenKind kind = TokenKind::End;
  char sign = '\0';                  ///< of a Sign
  std::string_view text;             ///< without brackets, quotes, @ and _:, escapes undone
  std::size_t colon = 0;             ///< in `text`, of a Name
  bool is_plain = true;              ///< an Iri or a Name without characters that may make an IRI wrong
  std::optional<base::Error> fault;  ///< of a token whose end is known though its content is wrong

  [[nodiscard]] bool is(char the_sign) const { return kind == TokenKind::Sign && sign == the_sign; }
};

/// Cuts a document of Turtle or TriG into tokens. Source: RDF 1.1 Turtle, section 6.5; TriG, section 4.5.
class TurtleTokens {
 public:
  TurtleTokens(base::ByteSource& source, const ReadOptions& options) : window_(source, options) {}

  /// The next token. @throws Error(Code::BadSyntax) at what is none; what `TextWindow::more` throws.
  const Token& next();

  [[nodiscard]] const Token& current() const { return token_; }

  /// The current token as the document has it.
  [[nodiscard]] std::string_view as_written() const { return {start(), length_}; }

  /// The place of the current token.
  [[nodiscard]] base::Where where() const { return window_.where(start()); }

  /// An Error at the current token; says so if the document ends there.
  [[nodiscard]] base::Error fault(std::string message) const;

  /// What was read since the last mark, without the current token.
  [[nodiscard]] std::string_view since_mark() const { return window_.since_mark(start()); }

  /// All that was read since the last mark.
  [[nodiscard]] std::string_view read_since_mark() const { return window_.since_mark(window_.at); }

  /// Lets go of what is before the current token.
  void mark() { window_.mark(start()); }

  /// Passes over what is left of a broken statement, from the current token on; inside braces, of the block.
  void skip_statement(unsigned depth, bool in_braces);

 private:
  [[nodiscard]] const char* start() const { return window_.at - length_; }
  void take(TokenKind kind, const char* stop);
  bool skip_space();
  void read();
  void read_sign();
  void read_iri();
  void read_word();
  void read_name(std::string_view word, std::size_t colon);
  void read_blank();
  void read_text();
  void read_number();
  void read_language();
  [[nodiscard]] const char* scan_iri(bool& has_escapes);
  [[nodiscard]] const char* scan_text(std::size_t quotes, bool& has_escapes);
  [[nodiscard]] std::string_view unescape(std::string_view written, bool only_code_points);
  [[nodiscard]] std::size_t unescape_code_point(std::string_view written, std::size_t at);
  [[nodiscard]] std::string_view unescape_name(std::string_view word, std::size_t colon);
  [[nodiscard]] char look(std::size_t ahead);
  [[nodiscard]] bool more_after(const char*& place);
  template <typename IsInside>
  [[nodiscard]] std::string_view run(const IsInside& is_inside);
  [[nodiscard]] base::Error fault_at(const char* place, std::string message) const;
  void note_fault(const char* place, std::string message);
  [[nodiscard]] std::optional<char> skip_one();
  void skip_until(std::string_view ends);
  void skip_quoted(char quote);

  TextWindow window_;
  std::size_t length_ = 0;  // of the current token, which ends at window_.at
  Token token_;
  std::string scratch_;
};

}  // namespace scenograph::syntax
