#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/reader.hpp"

namespace scenograph::syntax {

/// Feeds a Turtle or TriG document to its parser byte by byte, and follows its strings, comments and brackets the
/// while: so places are exact to the column, nesting and statements are bounded, and reading can go on after the end of
/// a broken statement.
///
/// Document labels of blank nodes come out as _:u<label>, so that those the parser makes up never clash with them.
class TurtleInput {
 public:
  TurtleInput(base::ByteSource& source, const ReadOptions& options);

  /// The next byte; nullopt at the end. @throws Error at the place of bytes that are not UTF-8, of nesting past 256 and
  /// of statements past max_line.
  [[nodiscard]] std::optional<char> next();

  /// The place of the byte handed out last.
  [[nodiscard]] base::Where where() const { return {options_.source_name, line_, column_}; }

  /// The place where `text` stood last since `mark`; that of the last byte if it did not.
  [[nodiscard]] base::Where where_of(std::string_view text) const;

  /// What was handed out since the last mark, which is told whenever a triple is complete.
  [[nodiscard]] std::string_view since_mark() const { return text_; }
  void mark();

  /// Notes that the parser took what came so far for complete statements.
  void accept() { accepted_stop_ = last_stop_; }

  /// Passes over what is left of the statement that is not accepted (inside braces: of the block).
  void skip_statement();

  [[nodiscard]] bool at_end() const { return ended_; }
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

 private:
  enum class State {
    Plain,
    Escape,
    Underscore,
    Label,
    Comment,
    Iri,
    Quote,
    QuoteTwo,
    Short,
    ShortEscape,
    Long,
    LongEscape
  };

  [[nodiscard]] std::optional<char> take();
  [[nodiscard]] char escape_null();
  void check_utf8(unsigned char byte);
  void advance_place(char c);
  void follow(char c);
  void follow_plain(char c);
  void follow_quote(char c);
  void follow_long(char c);
  void begin_label(char c);
  void deepen();
  [[nodiscard]] bool ended_statement() const;

  base::ByteSource& source_;
  const ReadOptions& options_;
  std::vector<char> block_;
  std::size_t next_ = 0;
  std::size_t end_ = 0;
  bool ended_ = false;

  std::uint64_t offset_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t column_ = 0;
  bool line_ended_ = false;
  char last_ = '\0';
  std::string text_;
  base::Where text_start_;

  unsigned continuation_bytes_ = 0;
  unsigned char lowest_ = 0x80;
  unsigned char highest_ = 0xBF;

  State state_ = State::Plain;
  std::string_view inject_;  // bytes to hand out that the document does not have
  char quote_ = '"';
  unsigned closing_quotes_ = 0;
  unsigned depth_ = 0;
  bool in_braces_ = false;
  bool stop_pending_ = false;
  std::uint64_t last_stop_ = 0;  // offset of the last full stop or closing brace that ended a statement
  std::uint64_t accepted_stop_ = 0;
};

}  // namespace scenograph::syntax
