#include "syntax/internal/turtle_terms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "syntax/internal/names.hpp"

namespace scenograph::syntax {

namespace {

using rdf::Term;

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at;
}

std::size_t skip_sign(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '+' || text[at] == '-') ? at + 1 : at;
}

/// Whether the literal can be written without quotes (Turtle, section 2.5.2).
bool is_bare(const Term& literal) {
  const std::string_view text = literal.value;
  if (literal.datatype == rdf::xsd::boolean) return text == "true" || text == "false";
  const std::size_t start = skip_sign(text, 0);
  const std::size_t whole = skip_digits(text, start);
  if (literal.datatype == rdf::xsd::integer) return whole > start && whole == text.size();
  const bool has_point = whole < text.size() && text[whole] == '.';
  const std::size_t fraction = has_point ? skip_digits(text, whole + 1) : whole;
  if (literal.datatype == rdf::xsd::decimal) return has_point && fraction > whole + 1 && fraction == text.size();
  if (literal.datatype != rdf::xsd::double_) return false;
  const bool has_digits = whole > start || fraction > whole + 1;
  if (!has_digits || fraction == text.size() || (text[fraction] != 'e' && text[fraction] != 'E')) return false;
  const std::size_t exponent = skip_sign(text, fraction + 1);
  return exponent < text.size() && skip_digits(text, exponent) == text.size();
}

}  // namespace

TurtleTerms::TurtleTerms(WriteOptions options) : options_(std::move(options)) {}

void TurtleTerms::add_prefix(std::string_view name, std::string_view iri) {
  if (!is_prefix(name)) return;  // XML has names that Turtle has not
  PrefixList& prefixes = options_.prefixes;
  const auto known =
      std::find_if(prefixes.begin(), prefixes.end(), [name](const auto& prefix) { return prefix.first == name; });
  if (known == prefixes.end()) {
    prefixes.emplace_back(name, iri);
  } else if (used_.count(known->first) == 0 && declared_.count(known->first) == 0) {
    known->second = iri;
  }
}

void TurtleTerms::append_predicate(std::string& out, const Term& predicate) {
  if (predicate.value == rdf::rdf::type) {
    out += 'a';
  } else {
    append(out, predicate);
  }
}

void TurtleTerms::append(std::string& out, const Term& term) {
  if (term.is_iri()) return append_iri(out, term.value);
  if (!term.is_literal()) return rdf::append_ntriples(out, term);
  if (is_bare(term)) {
    out += term.value;
    return;
  }
  out += '"';
  rdf::append_escaped(out, term.value);
  out += '"';
  if (!term.language.empty()) {
    out += '@';
    out += term.language;
  } else if (!term.datatype.empty()) {
    out += "^^";
    append_iri(out, term.datatype);
  }
}

void TurtleTerms::append_iri(std::string& out, const std::string& iri) {
  if (const auto name = shorten(options_.prefixes, iri)) {
    std::string prefix = name->substr(0, name->find(':'));
    if (declared_.count(prefix) == 0) used_.insert(std::move(prefix));
    out += *name;
  } else {
    rdf::append_ntriples(out, Term::iri(relative(iri)));
  }
}

std::string TurtleTerms::relative(const std::string& iri) const {
  const std::string_view start = std::string_view(options_.base).substr(0, options_.base.rfind('/') + 1);
  if (start.empty() || !iri.starts_with(start)) return iri;
  const std::string rest = iri.substr(start.size());
  return rdf::resolve_iri(options_.base, rest) == iri ? rest : iri;
}

std::string TurtleTerms::take_declarations() {
  std::string out;
  if (!options_.base.empty() && !std::exchange(base_declared_, true))
    out = fmt::format("@base <{}> .\n", options_.base);
  for (const auto& [name, iri] : options_.prefixes) {
    if (used_.count(name) != 0 && declared_.insert(name).second) out += fmt::format("@prefix {}: <{}> .\n", name, iri);
  }
  used_.clear();
  return out;
}

}  // namespace scenograph::syntax
