#include "rdf/vocab.hpp"
#include "sparql/parse/grammar.hpp"

// Property paths: SPARQL 1.1 Query, section 9 and rules 88 to 96.

namespace scenograph::sparql::parse {

using algebra::Path;
using algebra::PathKind;

namespace {

Path wrapped(PathKind kind, Path inner) {
  Path path;
  path.kind = kind;
  path.parts.push_back(std::move(inner));
  return path;
}

}  // namespace

Path Grammar::path() {
  const Level level(*this);
  Path first = path_sequence();
  if (!at(TokenKind::Pipe)) return first;
  Path all = wrapped(PathKind::Alternative, std::move(first));
  while (accept(TokenKind::Pipe)) all.parts.push_back(path_sequence());
  return all;
}

Path Grammar::path_sequence() {
  Path first = path_element();
  if (!at(TokenKind::Slash)) return first;
  Path all = wrapped(PathKind::Sequence, std::move(first));
  while (accept(TokenKind::Slash)) all.parts.push_back(path_element());
  return all;
}

/// PathEltOrInverse
Path Grammar::path_element() {
  const bool inverse = accept(TokenKind::Caret);
  Path path = path_primary();
  const bool is_sign_of_number = at(TokenKind::Plus) && at_literal();
  if (accept(TokenKind::Question)) {
    path = wrapped(PathKind::ZeroOrOne, std::move(path));
  } else if (accept(TokenKind::Star)) {
    path = wrapped(PathKind::ZeroOrMore, std::move(path));
  } else if (!is_sign_of_number && accept(TokenKind::Plus)) {
    path = wrapped(PathKind::OneOrMore, std::move(path));
  }
  if (inverse) return wrapped(PathKind::Inverse, std::move(path));
  return path;
}

Path Grammar::path_primary() {
  if (accept(TokenKind::Not)) return negated_set();
  if (accept(TokenKind::OpenParenthesis)) {
    Path inner = path();
    expect(TokenKind::CloseParenthesis, "«)» at the end of the path");
    return inner;
  }
  Path link;
  link.predicate = path_iri();
  return link;
}

rdf::Term Grammar::path_iri() {
  if (at(TokenKind::Word) && peek().text == "a") {
    take();
    return rdf::Term::iri(rdf::rdf::type);
  }
  if (!at_iri()) fail_expected("a predicate");
  return rdf::Term::iri(iri());
}

Path Grammar::negated_set() {
  Path set;
  set.kind = PathKind::Negated;
  if (!accept(TokenKind::OpenParenthesis)) {
    negated_link(set);
    return set;
  }
  if (accept(TokenKind::CloseParenthesis)) return set;
  do {
    negated_link(set);
  } while (accept(TokenKind::Pipe));
  expect(TokenKind::CloseParenthesis, "«|» or «)» in the negated set");
  return set;
}

void Grammar::negated_link(Path& set) {
  auto& links = accept(TokenKind::Caret) ? set.backward : set.forward;
  links.push_back(path_iri());
}

}  // namespace scenograph::sparql::parse
