#include "rdf/term.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/find_byte.hpp"
#include "base/json_text.hpp"
#include "rdf/term_view.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::rdf {

Term Term::iri(std::string_view iri) { return {TermType::Iri, std::string(iri), {}, {}}; }

Term Term::blank(std::string_view label) { return {TermType::BlankNode, std::string(label), {}, {}}; }

Term Term::literal(std::string_view lexical, std::string_view datatype) {
  if (datatype == xsd::string) datatype = {};
  return {TermType::Literal, std::string(lexical), std::string(datatype), {}};
}

Term Term::lang_literal(std::string_view lexical, std::string_view language) {
  std::string lower(language);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return {TermType::Literal, std::string(lexical), {}, std::move(lower)};
}

std::string_view Term::datatype_iri() const noexcept {
  if (!is_literal()) return {};
  if (!language.empty()) return rdf::langString;
  return datatype.empty() ? xsd::string : std::string_view(datatype);
}

namespace {

bool is_escaped(char c) { return (c == '"') | (c == '\\') | (static_cast<unsigned char>(c) < 0x20) | (c == 0x7F); }

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = base::find_byte(text, at, is_escaped);
    out.append(text, at, end - at);
    if (end < text.size() && !base::append_short_escape(out, text[end])) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned char>(text[end]));
    }
    at = end + 1;
  }
}

namespace {

bool is_forbidden_in_iri(char c) {
  return (static_cast<unsigned char>(c) <= 0x20) | (c == '<') | (c == '>') | (c == '"') | (c == '{') | (c == '}') |
         (c == '|') | (c == '^') | (c == '`') | (c == '\\');
}

void append_iri(std::string& out, std::string_view iri) {
  out += '<';
  for (std::size_t at = 0; at < iri.size();) {
    const std::size_t end = base::find_byte(iri, at, is_forbidden_in_iri);
    out.append(iri, at, end - at);
    if (end < iri.size()) out += fmt::format("\\u{:04X}", static_cast<unsigned char>(iri[end]));
    at = end + 1;
  }
  out += '>';
}

}  // namespace

void append_ntriples(std::string& out, const TermView& term) {
  switch (term.type) {
    case TermType::DefaultGraph:
      return;
    case TermType::Iri:
      return append_iri(out, term.value);
    case TermType::BlankNode:
      out += "_:";
      out += term.value;
      return;
    case TermType::Literal:
      break;
  }
  out += '"';
  append_escaped(out, term.value);
  out += '"';
  if (!term.language.empty()) {
    out += '@';
    out += term.language;
  } else if (!term.datatype.empty()) {
    out += "^^";
    append_iri(out, term.datatype);
  }
}

void append_ntriples(std::string& out, const Term& term) { append_ntriples(out, TermView(term)); }

std::string to_ntriples(const Term& term) {
  std::string out;
  append_ntriples(out, term);
  return out;
}

}  // namespace scenograph::rdf

namespace {

std::size_t mix(std::size_t seed, std::size_t value) { return (seed ^ value) * 0x9E3779B97F4A7C15ULL + (seed >> 29U); }

}  // namespace

std::size_t std::hash<scenograph::rdf::Term>::operator()(const scenograph::rdf::Term& term) const noexcept {
  const std::hash<std::string> text;
  std::size_t seed = mix(static_cast<std::size_t>(term.type), text(term.value));
  seed = mix(seed, text(term.datatype));
  return mix(seed, text(term.language));
}

std::size_t std::hash<scenograph::rdf::Quad>::operator()(const scenograph::rdf::Quad& quad) const noexcept {
  const std::hash<scenograph::rdf::Term> term;
  return mix(mix(mix(term(quad.subject), term(quad.predicate)), term(quad.object)), term(quad.graph));
}
