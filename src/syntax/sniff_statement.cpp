#include "syntax/internal/sniff_statement.hpp"

#include "syntax/internal/turtle_tokens.hpp"

namespace scenograph::syntax {

namespace {

bool is_node(const Token& token) {
  return token.kind == TokenKind::Iri || token.kind == TokenKind::Blank || token.kind == TokenKind::Name;
}

bool is_word(const Token& token, std::string_view lower, std::string_view upper) {
  return token.kind == TokenKind::Word && (token.text == lower || token.text == upper);
}

/// Moves past @prefix, @base, PREFIX and BASE.
void skip_declarations(TurtleTokens& tokens) {
  const Token& token = tokens.current();
  while (token.kind == TokenKind::Language || is_word(token, "prefix", "PREFIX") || is_word(token, "base", "BASE")) {
    const bool has_stop = token.kind == TokenKind::Language;
    if (tokens.next().kind == TokenKind::Name) tokens.next();
    tokens.next();
    if (has_stop) tokens.next();
  }
}

Format format_of_statement(TurtleTokens& tokens) {
  const Token& token = tokens.next();
  skip_declarations(tokens);
  if (token.is('{') || is_word(token, "graph", "GRAPH")) return Format::TriG;
  if (!is_node(token)) return Format::Turtle;
  if (tokens.next().is('{')) return Format::TriG;
  if (token.kind != TokenKind::Iri) return Format::Turtle;
  tokens.next();
  if (token.kind == TokenKind::Text) {
    if (tokens.next().kind == TokenKind::Carets) tokens.next();
    if (token.kind == TokenKind::Language || token.kind == TokenKind::Iri) tokens.next();
  } else if (is_node(token)) {
    tokens.next();
  } else {
    return Format::Turtle;
  }
  return is_node(token) ? Format::NQuads : Format::Turtle;
}

}  // namespace

Format sniff_statement(std::string_view start) {
  const auto source = base::open_text(start);
  const ReadOptions options;
  TurtleTokens tokens(*source, options);
  try {
    return format_of_statement(tokens);
  } catch (const base::Error&) {  // the start may be cut anywhere, and faults are told when it is read
    return Format::Turtle;
  }
}

}  // namespace scenograph::syntax
