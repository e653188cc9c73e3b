#include "syntax/internal/line_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/utf8.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "syntax/internal/names.hpp"
#include "syntax/language_tag.hpp"

namespace scenograph::syntax {

namespace {

using base::Code;
using base::Error;
using rdf::TermType;
using rdf::TermView;

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool has_scheme(std::string_view iri) {
  if (iri.starts_with("http://") || iri.starts_with("https://")) return true;
  if (iri.empty() || !is_letter(iri.front())) return false;
  const auto* end = std::find_if(
      iri.begin(), iri.end(), [](char c) { return !is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.'; });
  return end != iri.end() && *end == ':';
}

// No line end is a blank, so that this stops at the end of the line.
const char* skip_blanks(const char* at) {
  while (*at == ' ' || *at == '\t') ++at;
  return at;
}

}  // namespace

std::string_view TextArena::keep(std::string_view text) {
  if (text.size() > left_) {
    const std::size_t size = std::max(block_size, text.size());
    blocks_.push_back(std::make_unique<char[]>(size));
    next_ = blocks_.back().get();
    left_ = size;
  }
  char* const start = std::copy(text.begin(), text.end(), next_) - text.size();
  next_ += text.size();
  left_ -= text.size();
  return {start, text.size()};
}

void TextArena::clear() {
  if (blocks_.empty()) return;
  // The last block is kept unless it was made larger for one text.
  const std::size_t size = left_ + static_cast<std::size_t>(next_ - blocks_.back().get());
  if (size > block_size) {
    blocks_.clear();
    left_ = 0;
    return;
  }
  std::swap(blocks_.front(), blocks_.back());
  blocks_.resize(1);
  next_ = blocks_.front().get();
  left_ = size;
}

bool LineParser::parse(std::string_view line, std::uint64_t number, bool ascii, rdf::QuadView& quad) {
  begin_ = line.data();
  end_ = line.data() + line.size();
  number_ = number;
  if (const std::size_t bad = ascii ? std::string_view::npos : base::find_invalid_utf8(line);
      bad != std::string_view::npos) {
    throw fault(begin_ + bad, fmt::format("the byte 0x{:02X} is not UTF-8; convert the file to UTF-8",
                                          static_cast<unsigned char>(line[bad])));
  }
  const char* at = skip_blanks(begin_);
  if (at_statement_end(at)) return false;
  at = skip_blanks(read_subject(at, quad.subject));
  at = skip_blanks(read_predicate(at, quad.predicate));
  at = skip_blanks(read_object(at, quad.object));
  at = skip_blanks(read_graph(at, quad.graph));
  if (*at != '.') throw fault(at, "the statement must end with a full stop");
  at = skip_blanks(at + 1);
  if (!at_statement_end(at)) {
    throw fault(at, "there is more after the statement's full stop; put each statement on its own line");
  }
  return true;
}

Error LineParser::fault(const char* at, std::string message) const {
  std::uint64_t column = 1;
  for (const char c : between(begin_, at)) column += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return {Code::BadSyntax, std::move(message), {options_.source_name, number_, column}};
}

const char* LineParser::read_subject(const char* at, TermView& term) {
  if (*at == '<') {
    term = TermView(TermType::Iri, {});
    return read_iri(at, term.value);
  }
  if (*at == '_') return read_blank(at, term);
  throw fault(at, "a subject must be an IRI in <> or a blank node such as _:b1");
}

const char* LineParser::read_predicate(const char* at, TermView& term) {
  if (*at != '<') throw fault(at, "a predicate must be an IRI in <>");
  term = TermView(TermType::Iri, {});
  return read_iri(at, term.value);
}

const char* LineParser::read_object(const char* at, TermView& term) {
  if (*at == '<') {
    term = TermView(TermType::Iri, {});
    return read_iri(at, term.value);
  }
  if (*at == '"') return read_literal(at, term);
  if (*at == '_') return read_blank(at, term);
  throw fault(at, "an object must be an IRI in <>, a blank node such as _:b1, or a literal in double quotes");
}

const char* LineParser::read_graph(const char* at, TermView& term) {
  if (*at == '.' || at_statement_end(at)) {
    term = TermView();
    return at;
  }
  if (!graphs_) throw fault(at, "a triple must end with a full stop after its object");
  if (*at == '<') {
    term = TermView(TermType::Iri, {});
    return read_iri(at, term.value);
  }
  if (*at == '_') return read_blank(at, term);
  throw fault(at, "a graph must be an IRI in <> or a blank node such as _:g1");
}

const char* LineParser::read_iri(const char* at, std::string_view& iri) {
  const char* const start = at + 1;
  const char* stop = find_not_plain(start, end_);
  while (*stop == '%' && end_ - stop > 2 && is_hex(stop[1]) && is_hex(stop[2])) stop = find_not_plain(stop + 3, end_);
  iri = between(start, stop);
  if (*stop != '>' || !has_scheme(iri)) return read_uncommon_iri(at, iri);
  return stop + 1;
}

/// With escapes, or wrong.
const char* LineParser::read_uncommon_iri(const char* at, std::string_view& iri) {
  const char* const begin = at++;
  scratch_.clear();
  while (*at != '>') {
    if (at >= end_) throw fault(at, "the IRI is not closed; put > after it");
    if (*at == '\\') {
      at = read_code_point(at);
    } else {
      scratch_ += *at++;
    }
  }
  if (const auto why = rdf::why_not_iri(scratch_)) {
    throw fault(begin, fmt::format("<{}> is not an absolute IRI: {}", scratch_, *why));
  }
  iri = decoded_.keep(scratch_);
  return at + 1;
}

const char* LineParser::read_blank(const char* at, TermView& term) {
  const std::size_t length = at[1] == ':' ? label_length(between(at + 2, end_)) : 0;
  if (length == 0) throw fault(at, "a blank node is written _: and a label of letters and digits");
  term = TermView(TermType::BlankNode, {at + 2, length});
  return at + 2 + length;
}

const char* LineParser::read_literal(const char* at, TermView& term) {
  term = TermView(TermType::Literal, {});
  at = read_text(at, term.value);
  if (*at == '@') return read_language(at + 1, term.language);
  if (*at == '^' && at[1] == '^') return read_datatype(at + 2, term.datatype);
  return at;
}

const char* LineParser::read_text(const char* at, std::string_view& text) {
  const char* const start = at + 1;
  const char* const stop = find_quote_or_backslash(start, end_);
  if (*stop != '"') return read_escaped_text(start, text);
  text = between(start, stop);
  return stop + 1;
}

const char* LineParser::read_escaped_text(const char* at, std::string_view& text) {
  scratch_.clear();
  while (true) {
    const char* const stop = find_quote_or_backslash(at, end_);
    scratch_.append(at, stop);
    if (stop == end_) throw fault(stop, "the literal is not closed; put \" after it");
    if (*stop == '"') {
      text = decoded_.keep(scratch_);
      return stop + 1;
    }
    at = read_escape(stop);
  }
}

const char* LineParser::read_language(const char* at, std::string_view& language) {
  const char* const stop = std::find_if(at, end_, [](char c) { return !is_letter(c) && !is_digit(c) && c != '-'; });
  language = between(at, stop);
  if (!is_language_tag(language)) throw fault(at, "a language tag is written as @fr or @fr-CA");
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::none_of(at, stop, is_capital)) return stop;
  scratch_.assign(language);
  for (char& c : scratch_) c = is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  language = decoded_.keep(scratch_);
  return stop;
}

const char* LineParser::read_datatype(const char* at, std::string_view& datatype) {
  if (*at != '<') throw fault(at, "a datatype must be an IRI in <>");
  const char* const stop = read_iri(at, datatype);
  if (datatype == rdf::xsd::string) datatype = {};
  if (datatype == rdf::rdf::langString) throw fault(at, "rdf:langString needs a language tag such as @fr in its place");
  return stop;
}

/// Appends what the escape at `at` stands for to the scratch text.
const char* LineParser::read_escape(const char* at) {
  static constexpr std::string_view names = "tbnrf\"'\\";
  static constexpr std::string_view values = "\t\b\n\r\f\"'\\";
  const char kind = at + 1 < end_ ? at[1] : '\0';
  if (kind == 'u' || kind == 'U') return read_code_point(at);
  const std::size_t place = kind == '\0' ? std::string_view::npos : names.find(kind);
  if (place == std::string_view::npos) throw fault(at, "no such escape; write a backslash as \\\\");
  scratch_ += values[place];
  return at + 2;
}

const char* LineParser::read_code_point(const char* at) {
  const char kind = at + 1 < end_ ? at[1] : '\0';
  const std::ptrdiff_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  if (digits == 0 || end_ - at < 2 + digits) throw fault(at, "no such escape; use \\uXXXX or \\UXXXXXXXX");
  char32_t code_point = 0;
  for (const char c : between(at + 2, at + 2 + digits)) {
    if (!is_hex(c)) throw fault(at, "a \\u escape takes hexadecimal digits");
    const int digit = is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
    code_point = code_point * 16 + static_cast<char32_t>(digit);
  }
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
    throw fault(at, "the escape names no Unicode character");
  }
  base::append_utf8(scratch_, code_point);
  return at + 2 + digits;
}

}  // namespace scenograph::syntax
