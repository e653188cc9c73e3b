#include <utility>

#include "rdf/vocab.hpp"
#include "sparql/parse/grammar.hpp"

namespace scenograph::sparql::parse {

using algebra::Node;
using algebra::Path;

namespace {

/// What a copy takes, at most.
std::size_t bytes_of(const Node& node) {
  const auto* term = std::get_if<rdf::Term>(&node);
  return term == nullptr ? std::get<algebra::Variable>(node).name.size()
                         : term->value.size() + term->datatype.size() + term->language.size();
}

}  // namespace

bool Grammar::at_triples() { return at_term() || at(TokenKind::OpenBracket) || at(TokenKind::OpenParenthesis); }

/// TriplesBlock, TriplesTemplate and ConstructTriples: triples with dots between.
void Grammar::triples_block(Triples& out, Paths paths) {
  while (at_triples()) {
    triples_same_subject(out, paths);
    if (!accept(TokenKind::Dot)) return;
  }
}

void Grammar::triples_same_subject(Triples& out, Paths paths) {
  if (at_term()) {
    const Node subject = variable_or_term();
    if (!at_verb(paths)) fail_expected("a predicate");
    return property_list(subject, out, paths);
  }
  const Node subject = graph_node(out, paths);
  if (at_verb(paths)) property_list(subject, out, paths);
}

bool Grammar::at_verb(Paths paths) {
  const Token& token = peek();
  if (token.kind == TokenKind::Word) return token.text == "a";
  if (token.kind == TokenKind::Variable || at_iri()) return true;
  const bool starts_path =
      token.kind == TokenKind::Caret || token.kind == TokenKind::Not || token.kind == TokenKind::OpenParenthesis;
  return paths == Paths::Allowed && starts_path;
}

std::variant<Node, Path> Grammar::verb(Paths paths) {
  if (at(TokenKind::Variable)) return variable_node();
  if (paths == Paths::Refused) return Node(path_iri());
  Path found = path();
  if (found.kind == algebra::PathKind::Link) return Node(std::move(found.predicate));
  return found;
}

/// PropertyListNotEmpty. REQUIRES: at_verb.
void Grammar::property_list(const Node& subject, Triples& out, Paths paths) {
  for (;;) {
    const std::size_t before = bytes_;
    const auto predicate = verb(paths);
    const std::size_t predicate_bytes = bytes_ - before;
    std::size_t copied_bytes = 0;  // of the predicate: the first triple has it for itself
    do {
      Node object = graph_node(out, paths);
      count_bytes(bytes_of(subject) + std::exchange(copied_bytes, predicate_bytes));
      out.push_back({subject, predicate, std::move(object)});
    } while (accept(TokenKind::Comma));
    if (!at(TokenKind::Semicolon)) return;
    while (accept(TokenKind::Semicolon)) {
    }
    if (!at_verb(paths)) return;
  }
}

Node Grammar::graph_node(Triples& out, Paths paths) {
  if (at_term()) return variable_or_term();
  if (at(TokenKind::OpenParenthesis)) return collection(out, paths);
  if (at(TokenKind::OpenBracket)) return blank_property_list(out, paths);
  fail_expected("a variable or a term");
}

Node Grammar::collection(Triples& out, Paths paths) {
  constexpr std::size_t bytes_a_cell = 2 * (sizeof(algebra::TriplePattern) + 3 * 64);  // with three texts each
  const Level level(*this);
  const std::size_t place = take().begin;
  const Node head = fresh_blank(place);
  Node cell = head;
  for (;;) {
    Node element = graph_node(out, paths);
    count_bytes(bytes_a_cell);
    out.push_back({cell, Node(rdf::Term::iri(rdf::rdf::first)), std::move(element)});
    const bool last = accept(TokenKind::CloseParenthesis);
    Node rest = last ? Node(rdf::Term::iri(rdf::rdf::nil)) : fresh_blank(place);
    out.push_back({std::move(cell), Node(rdf::Term::iri(rdf::rdf::rest)), rest});
    if (last) return head;
    cell = std::move(rest);
  }
}

Node Grammar::blank_property_list(Triples& out, Paths paths) {
  const Level level(*this);
  Node node = fresh_blank(take().begin);
  if (!at_verb(paths)) fail_expected("a predicate or «]»");
  property_list(node, out, paths);
  expect(TokenKind::CloseBracket, "«]»");
  return node;
}

}  // namespace scenograph::sparql::parse
