#include "syntax/internal/turtle_input.hpp"

#include <fmt/format.h>

namespace scenograph::syntax {

namespace {

using base::Code;
using base::Error;

constexpr unsigned max_depth = 256;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// Whether a name may go on with `c`.
bool is_inside_name(char c) {
  return is_alnum(c) || is_high(c) || std::string_view("_-.:%\\").find(c) != std::string_view::npos;
}

}  // namespace

TurtleInput::TurtleInput(base::ByteSource& source, const ReadOptions& options)
    : source_(source), options_(options), block_(std::size_t{1} << 16U) {}

std::optional<char> TurtleInput::take() {
  if (next_ == end_) {
    end_ = ended_ ? 0 : source_.read(block_);
    next_ = 0;
    ended_ = end_ == 0;
    if (ended_) return std::nullopt;
  }
  const char c = block_[next_++];
  ++offset_;
  return c;
}

std::optional<char> TurtleInput::next() {
  if (!inject_.empty()) {
    const char c = inject_.front();
    inject_.remove_prefix(1);
    return c;
  }
  auto c = take();
  if (offset_ == 1 && c == '\xEF') {  // a byte order mark, or else no Turtle at all
    if (take() == '\xBB' && take() == '\xBF') {
      c = take();
    } else {
      throw Error(Code::BadSyntax, "the document begins with a character that is no Turtle",
                  {options_.source_name, 1, 1});
    }
  }
  if (!c) {
    if (continuation_bytes_ != 0) throw Error(Code::BadSyntax, "the input ends inside a character", where());
    return c;
  }
  advance_place(*c);
  check_utf8(static_cast<unsigned char>(*c));
  if (text_.empty()) text_start_ = where();
  text_ += *c;
  if (text_.size() > options_.max_line) {
    throw Error(Code::TooLarge,
                fmt::format("a statement longer than {} bytes; --max-line raises the limit", options_.max_line),
                text_start_);
  }
  if (*c == '\0') return escape_null();
  follow(*c);
  return c;
}

/// Serd takes U+0000 for the end of the document, so it gets its escape.
char TurtleInput::escape_null() {
  if (state_ != State::Short && state_ != State::Long && state_ != State::Quote) {
    throw Error(Code::BadSyntax, "the character U+0000 is not allowed here; remove it", where());
  }
  follow('\0');
  inject_ = "u0000";
  return '\\';
}

void TurtleInput::mark() { text_.clear(); }

void TurtleInput::advance_place(char c) {
  if (line_ended_ && !(last_ == '\r' && c == '\n')) {
    ++line_;
    column_ = 0;
    line_ended_ = false;
  }
  if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++column_;
  if (c == '\n' || c == '\r') line_ended_ = true;
}

void TurtleInput::check_utf8(unsigned char byte) {
  bool good = true;
  if (continuation_bytes_ != 0) {
    good = byte >= lowest_ && byte <= highest_;
    --continuation_bytes_;
    lowest_ = 0x80;
    highest_ = 0xBF;
  } else if (byte >= 0x80) {
    good = byte >= 0xC2 && byte <= 0xF4;
    continuation_bytes_ = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
    if (byte == 0xE0) lowest_ = 0xA0;
    if (byte == 0xED) highest_ = 0x9F;
    if (byte == 0xF0) lowest_ = 0x90;
    if (byte == 0xF4) highest_ = 0x8F;
  }
  if (good) return;
  continuation_bytes_ = 0;
  lowest_ = 0x80;
  highest_ = 0xBF;
  throw Error(Code::BadSyntax, fmt::format("the byte 0x{:02X} is not UTF-8; convert the file to UTF-8", byte), where());
}

base::Where TurtleInput::where_of(std::string_view text) const {
  const std::size_t place = text_.rfind(text);
  if (place == std::string::npos) return where();
  base::Where found = text_start_;
  for (const char c : std::string_view(text_).substr(0, place)) {
    if (c == '\n') {
      ++found.line;
      found.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++found.column;
    }
  }
  return found;
}

void TurtleInput::deepen() {
  if (++depth_ <= max_depth) return;
  throw Error(Code::TooLarge, fmt::format("brackets nested more than {} deep", max_depth), where());
}

void TurtleInput::follow(char c) {
  switch (state_) {
    case State::Plain:
      follow_plain(c);
      break;
    case State::Escape:
      state_ = State::Plain;
      break;
    case State::Underscore:
      state_ = State::Plain;
      if (c == ':') {
        inject_ = "u";
        state_ = State::Label;
      } else {
        follow_plain(c);
      }
      break;
    case State::Label:
      begin_label(c);
      break;
    case State::Comment:
      if (c == '\n' || c == '\r') state_ = State::Plain;
      break;
    case State::Iri:
      if (c == '>' || is_space(c)) state_ = State::Plain;
      break;
    case State::Quote:
    case State::QuoteTwo:
      follow_quote(c);
      break;
    case State::Short:
      if (c == '\\') state_ = State::ShortEscape;
      if (c == quote_ || c == '\n' || c == '\r') state_ = State::Plain;
      break;
    case State::ShortEscape:
      state_ = State::Short;
      break;
    case State::Long:
      follow_long(c);
      break;
    case State::LongEscape:
      state_ = State::Long;
      break;
  }
  last_ = c;
}

void TurtleInput::follow_plain(char c) {
  if (stop_pending_ && !is_inside_name(c)) last_stop_ = offset_ - 1;
  stop_pending_ = false;
  const bool inside_name = is_inside_name(last_);
  switch (c) {
    case '\\':
      state_ = State::Escape;
      break;
    case '#':
      state_ = State::Comment;
      break;
    case '<':
      state_ = State::Iri;
      break;
    case '"':
    case '\'':
      quote_ = c;
      state_ = State::Quote;
      break;
    case '_':
      if (!inside_name) state_ = State::Underscore;
      break;
    case '[':
    case '(':
      deepen();
      break;
    case ']':
    case ')':
      if (depth_ > 0) --depth_;
      break;
    case '{':
      in_braces_ = true;
      break;
    case '}':
      in_braces_ = false;
      depth_ = 0;
      last_stop_ = offset_;
      break;
    case '.':
      stop_pending_ = depth_ == 0 && !in_braces_;
      break;
    default:
      break;
  }
}

void TurtleInput::begin_label(char c) {
  state_ = State::Plain;
  if (is_alnum(c) || is_high(c) || c == '_') return;
  throw Error(Code::BadSyntax, "a blank node label begins with a letter, a digit or _", where());
}

void TurtleInput::follow_quote(char c) {
  const bool first = state_ == State::Quote;
  if (c == quote_) {
    state_ = first ? State::QuoteTwo : State::Long;
    closing_quotes_ = 0;
  } else if (first) {
    state_ = State::Short;
    follow(c);
  } else {
    state_ = State::Plain;
    follow_plain(c);
  }
}

void TurtleInput::follow_long(char c) {
  closing_quotes_ = c == quote_ ? closing_quotes_ + 1 : 0;
  if (closing_quotes_ == 3) state_ = State::Plain;
  if (c == '\\') state_ = State::LongEscape;
}

bool TurtleInput::ended_statement() const { return !in_braces_ && !stop_pending_ && last_stop_ > accepted_stop_; }

void TurtleInput::skip_statement() {
  inject_ = {};
  continuation_bytes_ = 0;
  while (!ended_statement()) {
    if (next_ == end_ && !ended_) mark();
    const auto c = take();
    if (!c) break;
    advance_place(*c);
    try {
      follow(*c);
    } catch (const Error&) {  // one report a statement will do
      last_ = *c;
    }
  }
  depth_ = 0;
  stop_pending_ = false;
  accept();
  mark();
}

}  // namespace scenograph::syntax
