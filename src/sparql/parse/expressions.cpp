#include <fmt/format.h>

#include "sparql/parse/grammar.hpp"
#include "sparql/parse/temporarily.hpp"

// SPARQL 1.1 Query, section 17 and rules 107 to 128.

namespace scenograph::sparql::parse {

using algebra::Expression;
using algebra::ExpressionKind;

namespace {

Expression apply(ExpressionKind kind, std::vector<Expression> operands) {
  Expression out;
  out.kind = kind;
  out.operands = std::move(operands);
  return out;
}

Expression apply(ExpressionKind kind, Expression left, Expression right) {
  std::vector<Expression> operands;
  operands.push_back(std::move(left));
  operands.push_back(std::move(right));
  return apply(kind, std::move(operands));
}

Expression constant(rdf::Term term) {
  Expression out;
  out.term = std::move(term);
  return out;
}

/// A tree as low as can be: long chains of "||" are common in generated queries.
Expression balanced(ExpressionKind kind, std::vector<Expression>& parts, std::size_t from, std::size_t to) {
  if (to - from == 1) return std::move(parts[from]);
  const std::size_t middle = from + (to - from) / 2;
  Expression left = balanced(kind, parts, from, middle);
  return apply(kind, std::move(left), balanced(kind, parts, middle, to));
}

std::optional<ExpressionKind> comparison(TokenKind kind) {
  switch (kind) {
    case TokenKind::Equal:
      return ExpressionKind::Equal;
    case TokenKind::NotEqual:
      return ExpressionKind::NotEqual;
    case TokenKind::Less:
      return ExpressionKind::Less;
    case TokenKind::LessEqual:
      return ExpressionKind::LessEqual;
    case TokenKind::Greater:
      return ExpressionKind::Greater;
    case TokenKind::GreaterEqual:
      return ExpressionKind::GreaterEqual;
    default:
      return std::nullopt;
  }
}

std::string arity_text(const Builtin& builtin) {
  const auto plural = [](std::size_t n) { return n == 1 ? "argument" : "arguments"; };
  if (builtin.least == builtin.most) return fmt::format("{} {}", builtin.least, plural(builtin.least));
  return fmt::format("{} or {} {}", builtin.least, builtin.most, plural(builtin.most));
}

}  // namespace

Expression Grammar::expression() {
  const Level level(*this);
  return chain(TokenKind::Or, ExpressionKind::Or, &Grammar::and_expression);
}

Expression Grammar::and_expression() { return chain(TokenKind::And, ExpressionKind::And, &Grammar::relation); }

Expression Grammar::chain(TokenKind separator, ExpressionKind kind, Expression (Grammar::*part)()) {
  Expression first = (this->*part)();
  if (!at(separator)) return first;
  std::vector<Expression> parts;
  parts.push_back(std::move(first));
  while (accept(separator)) parts.push_back((this->*part)());
  return balanced(kind, parts, 0, parts.size());
}

Expression Grammar::relation() {
  Expression left = sum();
  if (const auto kind = comparison(peek().kind)) {
    take();
    return apply(*kind, std::move(left), sum());
  }
  const bool negated = at_word("NOT") && at_word("IN", 1);
  if (negated) take();
  if (!accept_word("IN")) return left;
  std::vector<Expression> operands = arguments();
  operands.insert(operands.begin(), std::move(left));
  return apply(negated ? ExpressionKind::NotIn : ExpressionKind::In, std::move(operands));
}

Expression Grammar::sum() {
  Expression left = product();
  while (at(TokenKind::Plus) || at(TokenKind::Minus)) {
    const Token sign = take();
    count_wrapping(sign.begin);
    left = apply(sign.kind == TokenKind::Plus ? ExpressionKind::Add : ExpressionKind::Subtract, std::move(left),
                 product());
  }
  return left;
}

Expression Grammar::product() {
  Expression left = unary();
  while (at(TokenKind::Star) || at(TokenKind::Slash)) {
    const Token sign = take();
    count_wrapping(sign.begin);
    left = apply(sign.kind == TokenKind::Star ? ExpressionKind::Multiply : ExpressionKind::Divide, std::move(left),
                 unary());
  }
  return left;
}

Expression Grammar::unary() {
  if (at_literal()) return primary();
  ExpressionKind kind = ExpressionKind::Not;
  if (at(TokenKind::Minus)) {
    kind = ExpressionKind::Minus;
  } else if (at(TokenKind::Plus)) {
    kind = ExpressionKind::Plus;
  } else if (!at(TokenKind::Not)) {
    return primary();
  }
  const Level level(*this);
  take();
  std::vector<Expression> operands;
  operands.push_back(unary());
  return apply(kind, std::move(operands));
}

Expression Grammar::primary() {
  if (at(TokenKind::OpenParenthesis)) return bracketted();
  if (at_literal()) return constant(literal());
  if (at_iri()) return iri_or_function();
  if (at(TokenKind::Variable)) {
    Expression out;
    out.kind = ExpressionKind::Variable;
    out.name = take().text;
    return out;
  }
  if (at_word("EXISTS") || (at_word("NOT") && at_word("EXISTS", 1))) return exists();
  if (at(TokenKind::Word)) {
    if (const Builtin* builtin = find_builtin(peek().text)) return call(*builtin);
    if (peek(1).kind == TokenKind::OpenParenthesis) {
      fail(peek().begin, fmt::format("there is no function {}", peek().text));
    }
  }
  fail_expected("an expression");
}

Expression Grammar::bracketted() {
  expect(TokenKind::OpenParenthesis, "«(»");
  Expression out = expression();
  expect(TokenKind::CloseParenthesis, "an operator or «)»");
  return out;
}

bool Grammar::at_constraint() {
  if (at(TokenKind::OpenParenthesis) || at_iri() || at_word("EXISTS")) return true;
  if (at_word("NOT")) return at_word("EXISTS", 1);
  return at(TokenKind::Word) && find_builtin(peek().text) != nullptr;
}

/// What FILTER, HAVING, ORDER BY take: an expression in parentheses, or a call.
Expression Grammar::constraint() {
  if (!at_constraint()) fail_expected("an expression in parentheses, or a function");
  if (at(TokenKind::OpenParenthesis)) return bracketted();
  const std::size_t place = peek().begin;
  Expression out = primary();
  if (out.kind == ExpressionKind::Constant) fail(place, "an IRI here needs arguments in parentheses after it");
  return out;
}

/// ExpressionList or ArgList, parentheses included.
std::vector<Expression> Grammar::arguments() {
  expect(TokenKind::OpenParenthesis, "«(»");
  std::vector<Expression> out;
  if (accept(TokenKind::CloseParenthesis)) return out;
  do {
    out.push_back(expression());
  } while (accept(TokenKind::Comma));
  expect(TokenKind::CloseParenthesis, "«,» or «)» in the list");
  return out;
}

Expression Grammar::call(const Builtin& builtin) {
  const std::size_t place = take().begin;
  if (builtin.kind == ExpressionKind::Aggregate) return aggregate(builtin, place);
  Expression out = apply(builtin.kind, arguments());
  const std::size_t count = out.operands.size();
  if (count < builtin.least || count > builtin.most) {
    fail(place, fmt::format("{} takes {}, here are {}", builtin.name, arity_text(builtin), count));
  }
  if (builtin.kind == ExpressionKind::Bound && out.operands[0].kind != ExpressionKind::Variable) {
    fail(place, "BOUND takes a variable");
  }
  if (builtin.kind == ExpressionKind::Function) out.name = builtin.name;
  return out;
}

Expression Grammar::aggregate(const Builtin& builtin, std::size_t place) {
  if (aggregates_ == Aggregates::Nested) {
    fail(place, fmt::format("{} stands within another aggregate: use a sub-query for the inner one", builtin.name));
  }
  if (aggregates_ == Aggregates::Refused) {
    fail(place, fmt::format("{} is an aggregate: it may stand in SELECT, HAVING and ORDER BY only", builtin.name));
  }
  aggregate_seen_ = true;
  const Temporarily inside(aggregates_, Aggregates::Nested);
  Expression out;
  out.kind = ExpressionKind::Aggregate;
  out.name = builtin.name;
  expect(TokenKind::OpenParenthesis, "«(»");
  out.distinct = accept_word("DISTINCT");
  if (builtin.name != "COUNT" || !accept(TokenKind::Star)) out.operands.push_back(expression());
  if (builtin.name == "GROUP_CONCAT" && accept(TokenKind::Semicolon)) {
    expect_word("SEPARATOR");
    expect(TokenKind::Equal, "«=» after SEPARATOR");
    if (!at(TokenKind::String)) fail_expected("a string after SEPARATOR =");
    out.separator = take().text;
  }
  expect(TokenKind::CloseParenthesis, "«)»");
  return out;
}

Expression Grammar::exists() {
  count_wrapping(peek().begin);
  const bool negated = accept_word("NOT");
  expect_word("EXISTS");
  const Temporarily outside(aggregates_, Aggregates::Refused);
  const Temporarily same_bgp(bgp_, bgp_);
  end_bgp();
  Expression out;
  out.kind = negated ? ExpressionKind::NotExists : ExpressionKind::Exists;
  out.pattern = std::make_shared<algebra::Pattern>(group());
  return out;
}

Expression Grammar::iri_or_function() {
  std::string name = iri();
  if (!at(TokenKind::OpenParenthesis)) return constant(rdf::Term::iri(name));
  if (at_word("DISTINCT", 1))
    fail(peek(1).begin, fmt::format("<{}> is no aggregate that DISTINCT could go with", name));
  Expression out = apply(ExpressionKind::Function, arguments());
  out.name = std::move(name);
  return out;
}

}  // namespace scenograph::sparql::parse
