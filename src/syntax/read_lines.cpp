#include <fmt/format.h>

#include <array>
#include <cstring>

#include "base/utf8.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "syntax/internal/names.hpp"
#include "syntax/internal/readers.hpp"

namespace scenograph::syntax {

namespace {

using base::Code;
using base::Error;
using rdf::Term;
using rdf::TermType;

/// The lines of a source, without their ends; a byte order mark is passed over.
class Lines {
 public:
  Lines(base::ByteSource& source, const ReadOptions& options) : source_(source), options_(options) {}

  /// The next line, valid until the next call; false at the end.
  bool next(std::string_view& line) {
    while (true) {
      const char* start = buffer_.data() + start_;
      const std::size_t end = find_end(start + searched_, end_ - start_ - searched_);
      if (end != std::string_view::npos) return take(line, searched_ + end, 1);
      searched_ = end_ - start_;
      if (!fill()) return searched_ != 0 && take(line, searched_, 0);
    }
  }

  [[nodiscard]] std::uint64_t number() const { return number_; }

 private:
  static std::size_t find_end(const char* start, std::size_t size) {
    const auto* newline = static_cast<const char*>(std::memchr(start, '\n', size));
    if (newline != nullptr) size = static_cast<std::size_t>(newline - start);
    const auto* other = static_cast<const char*>(std::memchr(start, '\r', size));
    if (other != nullptr) return static_cast<std::size_t>(other - start);
    return newline != nullptr ? size : std::string_view::npos;
  }

  bool take(std::string_view& line, std::size_t length, std::size_t end_length) {
    line = {buffer_.data() + start_, length};
    const bool second_half = after_return_ && length == 0 && end_length == 1 && buffer_[start_] == '\n';
    after_return_ = end_length == 1 && buffer_[start_ + length] == '\r';
    start_ += length + end_length;
    searched_ = 0;
    if (!second_half && ++number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    return true;
  }

  bool fill() {
    if (searched_ > options_.max_line) {
      throw Error(Code::TooLarge,
                  fmt::format("a line longer than {} bytes; --max-line raises the limit", options_.max_line),
                  {options_.source_name, number_ + 1});
    }
    if (start_ > 0) {
      buffer_.erase(0, start_);
      end_ -= start_;
      start_ = 0;
    }
    if (buffer_.size() - end_ < block_size) buffer_.resize(end_ + block_size + end_ / 2);
    const std::size_t got = source_.read(std::span(buffer_).subspan(end_));
    end_ += got;
    return got != 0;
  }

  static constexpr std::size_t block_size = std::size_t{1} << 16U;
  base::ByteSource& source_;
  const ReadOptions& options_;
  std::string buffer_;
  std::size_t start_ = 0;     // of what is not handed out yet
  std::size_t end_ = 0;       // of what was read
  std::size_t searched_ = 0;  // bytes from start_ known to hold no line end
  std::uint64_t number_ = 0;
  bool after_return_ = false;
};

/// Bytes that stand for themselves in an IRI and need no second look.
constexpr std::array<bool, 256> make_plain_iri_bytes() {
  std::array<bool, 256> plain{};
  for (unsigned i = 0x21; i < 256; ++i) plain[i] = i != 0x7F;
  for (const char c : std::string_view("<>\"{}|^`\\%")) plain[static_cast<unsigned char>(c)] = false;
  return plain;
}
constexpr auto plain_iri_bytes = make_plain_iri_bytes();

/// Reads the terms of one line from left to right. Source: RDF 1.1 N-Quads, section 4.
class LineParser {
 public:
  LineParser(const ReadOptions& options, bool graphs) : options_(options), graphs_(graphs) {}

  /// @return  false if the line holds no statement.
  bool parse(std::string_view line, std::uint64_t number, rdf::Quad& quad) {
    line_ = line;
    number_ = number;
    at_ = 0;
    if (const std::size_t bad = base::find_invalid_utf8(line); bad != std::string_view::npos) {
      at_ = bad;
      throw fault(fmt::format("the byte 0x{:02X} is not UTF-8; convert the file to UTF-8",
                              static_cast<unsigned char>(line[bad])));
    }
    skip_blanks();
    if (at_end()) return false;
    read_subject(quad.subject);
    skip_blanks();
    if (peek() != '<') throw fault("a predicate must be an IRI in <>");
    read_iri_term(quad.predicate);
    skip_blanks();
    read_object(quad.object);
    skip_blanks();
    read_graph(quad.graph);
    skip_blanks();
    if (peek() != '.') throw fault("the statement must end with a full stop");
    ++at_;
    skip_blanks();
    if (!at_end()) throw fault("there is more after the statement's full stop; put each statement on its own line");
    return true;
  }

  [[nodiscard]] Error fault(std::string message) const {
    return {Code::BadSyntax, std::move(message), {options_.source_name, number_, column()}};
  }

 private:
  [[nodiscard]] char peek() const { return at_ < line_.size() ? line_[at_] : '\0'; }
  [[nodiscard]] bool at_end() const { return at_ >= line_.size() || line_[at_] == '#'; }
  [[nodiscard]] std::string_view rest() const { return line_.substr(at_); }

  [[nodiscard]] std::uint64_t column() const {
    std::uint64_t column = 1;
    for (const char c : line_.substr(0, at_)) column += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return column;
  }

  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }

  void read_subject(Term& term) {
    if (peek() == '<') return read_iri_term(term);
    if (peek() == '_') return read_blank(term);
    throw fault("a subject must be an IRI in <> or a blank node such as _:b1");
  }

  void read_object(Term& term) {
    if (peek() == '<') return read_iri_term(term);
    if (peek() == '_') return read_blank(term);
    if (peek() == '"') return read_literal(term);
    throw fault("an object must be an IRI in <>, a blank node such as _:b1, or a literal in double quotes");
  }

  void read_graph(Term& term) {
    if (peek() == '.' || at_end()) {
      term = Term{};
      return;
    }
    if (!graphs_) throw fault("a triple must end with a full stop after its object");
    if (peek() == '<') return read_iri_term(term);
    if (peek() == '_') return read_blank(term);
    throw fault("a graph must be an IRI in <> or a blank node such as _:g1");
  }

  void read_iri_term(Term& term) {
    term.type = TermType::Iri;
    read_iri(term.value);
    term.datatype.clear();
    term.language.clear();
  }

  void read_iri(std::string& out) {
    const std::size_t begin = at_++;
    const std::size_t start = at_;
    while (at_ < line_.size() && plain_iri_bytes[static_cast<unsigned char>(line_[at_])]) ++at_;
    out.assign(line_, start, at_ - start);
    const bool plain = peek() == '>';
    while (peek() != '>') {
      if (at_ >= line_.size()) throw fault("the IRI is not closed; put > after it");
      if (peek() == '\\') {
        read_code_point(out);
      } else {
        out += line_[at_++];
      }
    }
    const bool has_scheme = !out.empty() && out.find(':') < out.find_first_of("/?#");
    if (!plain || !has_scheme) check_iri(out, begin);
    ++at_;
  }

  void check_iri(const std::string& iri, std::size_t begin) {
    if (const auto why = rdf::why_not_iri(iri)) {
      at_ = begin;
      throw fault(fmt::format("<{}> is not an absolute IRI: {}", iri, *why));
    }
  }

  void read_blank(Term& term) {
    const std::size_t length = rest().starts_with("_:") ? label_length(line_.substr(at_ + 2)) : 0;
    if (length == 0) throw fault("a blank node is written _: and a label of letters and digits");
    term.type = TermType::BlankNode;
    term.value.assign(line_, at_ + 2, length);
    term.datatype.clear();
    term.language.clear();
    at_ += 2 + length;
  }

  void read_literal(Term& term) {
    term.type = TermType::Literal;
    term.value.clear();
    term.datatype.clear();
    term.language.clear();
    ++at_;
    while (peek() != '"') {
      const std::size_t end = std::min(line_.find_first_of("\"\\", at_), line_.size());
      term.value.append(line_, at_, end - at_);
      at_ = end;
      if (at_ == line_.size()) throw fault("the literal is not closed; put \" after it");
      if (peek() == '\\') read_escape(term.value);
    }
    ++at_;
    if (peek() == '@') return read_language(term);
    if (!rest().starts_with("^^")) return;
    at_ += 2;
    if (peek() != '<') throw fault("a datatype must be an IRI in <>");
    const std::size_t begin = at_;
    read_iri(term.datatype);
    if (term.datatype == rdf::xsd::string) term.datatype.clear();
    if (term.datatype == rdf::rdf::langString) {
      at_ = begin;
      throw fault("rdf:langString needs a language tag such as @fr in its place");
    }
  }

  void read_language(Term& term) {
    ++at_;
    const std::size_t end =
        line_.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", at_);
    const std::string_view tag = line_.substr(at_, end - at_);
    if (!is_language_tag(tag)) throw fault("a language tag is written as @fr or @fr-CA");
    term = Term::lang_literal(term.value, tag);
    at_ += tag.size();
  }

  void read_escape(std::string& out) {
    static constexpr std::string_view names = "tbnrf\"'\\";
    static constexpr std::string_view values = "\t\b\n\r\f\"'\\";
    const char kind = at_ + 1 < line_.size() ? line_[at_ + 1] : '\0';
    if (kind == 'u' || kind == 'U') return read_code_point(out);
    const std::size_t place = kind == '\0' ? std::string_view::npos : names.find(kind);
    if (place == std::string_view::npos) throw fault("no such escape; write a backslash as \\\\");
    out += values[place];
    at_ += 2;
  }

  void read_code_point(std::string& out) {
    const char kind = at_ + 1 < line_.size() ? line_[at_ + 1] : '\0';
    const std::size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits == 0 || at_ + 2 + digits > line_.size()) throw fault("no such escape; use \\uXXXX or \\UXXXXXXXX");
    char32_t code_point = 0;
    for (const char c : line_.substr(at_ + 2, digits)) {
      const std::size_t digit =
          std::string_view("0123456789abcdef").find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
      if (digit == std::string_view::npos) throw fault("a \\u escape takes hexadecimal digits");
      code_point = code_point * 16 + static_cast<char32_t>(digit);
    }
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
      throw fault("the escape names no Unicode character");
    }
    base::append_utf8(out, code_point);
    at_ += 2 + digits;
  }

  const ReadOptions& options_;
  bool graphs_;
  std::string_view line_;
  std::uint64_t number_ = 0;
  std::size_t at_ = 0;
};

}  // namespace

void read_lines(base::ByteSource& source, Format format, const ReadOptions& options, const rdf::QuadSink& sink) {
  Lines lines(source, options);
  LineParser parser(options, format == Format::NQuads);
  rdf::Quad quad;
  std::string_view line;
  while (lines.next(line)) {
    bool found = false;
    try {
      found = parser.parse(line, lines.number(), quad);
    } catch (const Error& fault) {
      if (!options.lenient) throw;
      report(options, fault, line, "line passed over");
    }
    if (found) sink(quad);
  }
}

}  // namespace scenograph::syntax
