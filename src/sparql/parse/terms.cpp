#include <fmt/format.h>

#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "sparql/parse/grammar.hpp"
#include "syntax/prefixes.hpp"

namespace scenograph::sparql::parse {

using algebra::Node;
using algebra::Variable;

void Grammar::prologue() {
  for (;;) {
    if (accept_word("BASE")) {
      if (!at(TokenKind::Iri)) fail_expected("an IRI in <> after BASE");
      base_ = resolve(take());
    } else if (accept_word("PREFIX")) {
      const Token name = take();
      if (name.kind != TokenKind::PrefixedName || !name.text.ends_with(':') ||
          name.text.find(':') + 1 < name.text.size()) {
        fail(name.begin, "expected a prefix with its colon after PREFIX, such as ex:");
      }
      if (!at(TokenKind::Iri)) fail_expected("an IRI in <> for the prefix");
      prefixes_[name.text.substr(0, name.text.size() - 1)] = resolve(take());
    } else {
      return;
    }
  }
}

std::string Grammar::resolve(const Token& token) {
  const rdf::IriParts parts = rdf::split_iri(token.text);
  if (!parts.scheme && base_.empty()) {
    fail(token.begin,
         fmt::format("<{}> is relative and there is no base: write the whole IRI, or BASE before", token.text));
  }
  std::string iri = parts.scheme ? token.text : rdf::resolve_iri(base_, token.text);
  if (const auto why = rdf::why_not_iri(iri)) fail(token.begin, fmt::format("<{}> is no IRI: {}", iri, *why));
  count_bytes(iri.size());
  return iri;
}

std::string Grammar::expand(const Token& token) {
  const auto& [prefix, beginning] = prefix_of(token);
  if (used_prefixes_ != nullptr) used_prefixes_->insert(prefix);
  count_bytes(beginning.size());
  return beginning + token.text.substr(prefix.size() + 1);
}

const std::pair<const std::string, std::string>& Grammar::prefix_of(const Token& token) {
  const std::string_view prefix = std::string_view(token.text).substr(0, token.text.find(':'));
  if (const auto known = prefixes_.find(prefix); known != prefixes_.end()) return *known;
  const auto usual = syntax::usual_namespace(prefix);
  if (usual && usual_prefixes_) return *prefixes_.emplace(prefix, *usual).first;
  std::string message = fmt::format("the prefix «{}:» is not declared", prefix);
  if (usual) {
    message += fmt::format("; did you forget PREFIX {}: <{}>?", prefix, *usual);
  } else {
    message += fmt::format(": put PREFIX {}: <…> at the top", prefix);
  }
  fail(token.begin, message);
}

std::string Grammar::iri() {
  if (!at_iri()) fail_expected("an IRI");
  const Token token = take();
  return token.kind == TokenKind::Iri ? resolve(token) : expand(token);
}

bool Grammar::at_literal() {
  switch (peek().kind) {
    case TokenKind::String:
    case TokenKind::Integer:
    case TokenKind::Decimal:
    case TokenKind::Double:
      return true;
    case TokenKind::Plus:
    case TokenKind::Minus: {
      const std::size_t end = peek().end;
      const Token& number = peek(1);
      return number.kind >= TokenKind::Integer && number.kind <= TokenKind::Double && number.begin == end;
    }
    default:
      return at_word("TRUE") || at_word("FALSE");
  }
}

rdf::Term Grammar::numeric_literal() {
  std::string lexical;
  if (at(TokenKind::Plus) || at(TokenKind::Minus)) lexical = take().text;
  const Token number = take();
  lexical += number.text;
  switch (number.kind) {
    case TokenKind::Integer:
      return rdf::Term::literal(lexical, rdf::xsd::integer);
    case TokenKind::Decimal:
      return rdf::Term::literal(lexical, rdf::xsd::decimal);
    default:
      return rdf::Term::literal(lexical, rdf::xsd::double_);
  }
}

/// REQUIRES: at_literal().
rdf::Term Grammar::literal() {
  if (at(TokenKind::Word)) {
    return rdf::Term::literal(is_keyword(take().text, "TRUE") ? "true" : "false", rdf::xsd::boolean);
  }
  if (!at(TokenKind::String)) return numeric_literal();
  const Token text = take();
  if (at(TokenKind::Language)) return rdf::Term::lang_literal(text.text, take().text);
  if (accept(TokenKind::DoubleCaret)) return rdf::Term::literal(text.text, iri());
  return rdf::Term::literal(text.text);
}

std::string Grammar::variable() {
  if (!at(TokenKind::Variable)) fail_expected("a variable");
  return take().text;
}

Node Grammar::variable_or_iri() {
  if (at(TokenKind::Variable)) return variable_node();
  if (!at_iri()) fail_expected("a variable or an IRI");
  return rdf::Term::iri(iri());
}

bool Grammar::at_term() {
  switch (peek().kind) {
    case TokenKind::Variable:
    case TokenKind::BlankLabel:
      return true;
    case TokenKind::OpenBracket:
      return peek(1).kind == TokenKind::CloseBracket;
    case TokenKind::OpenParenthesis:
      return peek(1).kind == TokenKind::CloseParenthesis;
    default:
      return at_iri() || at_literal();
  }
}

/// VarOrTerm, with "()" and "[]" among the terms.
Node Grammar::variable_or_term() {
  if (!at_term()) fail_expected("a variable or a term");
  if (at_literal()) return literal();
  if (at_iri()) return rdf::Term::iri(iri());
  if (at(TokenKind::Variable)) return variable_node();
  const Token token = take();
  switch (token.kind) {
    case TokenKind::BlankLabel:
      return blank_node(token);
    case TokenKind::OpenBracket:
      take();
      return fresh_blank(token.begin);
    default:
      take();
      return rdf::Term::iri(rdf::rdf::nil);
  }
}

Node Grammar::variable_node() {
  if (!no_variables_.empty()) {
    fail(peek().begin,
         fmt::format("a variable cannot stand in {}: that takes INSERT or DELETE with WHERE", no_variables_));
  }
  return Variable{take().text};
}

void Grammar::check_blanks_allowed(std::size_t place) const {
  if (no_blanks_.empty()) return;
  fail(place, fmt::format("a blank node cannot stand in {}: find it by a variable in WHERE", no_blanks_));
}

/// A label means one node within a basic graph pattern, and may not be in two of them (section 5.1.1).
Node Grammar::blank_node(const Token& token) {
  check_blanks_allowed(token.begin);
  if (!in_template_) {
    const auto [used, is_new] = labels_.try_emplace(token.text, bgp_);
    if (!is_new && used->second != bgp_) {
      fail(token.begin,
           fmt::format("_:{0} is used in another basic graph pattern already: take a variable such as ?{0}",
                       token.text));
    }
  }
  return Variable{"_:" + token.text};
}

/// Its name is no label that a text could have.
Node Grammar::fresh_blank(std::size_t place) {
  check_blanks_allowed(place);
  return Variable{fmt::format("_:[{}]", ++fresh_)};
}

}  // namespace scenograph::sparql::parse
