#include <fmt/format.h>

#include "sparql/parse/grammar.hpp"
#include "sparql/parse/join.hpp"
#include "sparql/parse/scope.hpp"
#include "sparql/parse/temporarily.hpp"

// Group graph patterns: SPARQL 1.1 Query, sections 5 to 8, 10 and 18.2.2.

namespace scenograph::sparql::parse {

using algebra::Pattern;
using algebra::PatternKind;

namespace {

/// A pattern over what there is so far, and another.
void wrap(Pattern& pattern, PatternKind kind) {
  Pattern outer;
  outer.kind = kind;
  outer.children.push_back(std::move(pattern));
  pattern = std::move(outer);
}

}  // namespace

Pattern Grammar::group() {
  Group parts = group_parts();
  if (parts.filters.empty()) return std::move(parts.pattern);
  wrap(parts.pattern, PatternKind::Filter);
  parts.pattern.conditions = std::move(parts.filters);
  return std::move(parts.pattern);
}

Grammar::Group Grammar::group_parts() {
  const Level level(*this);
  expect(TokenKind::OpenBrace, "«{»");
  end_bgp();
  Group out;
  if (at_word("SELECT")) {
    out.pattern = sub_select();
    if (!at(TokenKind::CloseBrace)) fail_expected("«}» after the sub-query: put it in braces of its own");
  } else {
    group_elements(out);
  }
  expect(TokenKind::CloseBrace, "a pattern or «}»");
  end_bgp();
  return out;
}

/// GroupGraphPatternSub. FILTER does not end a basic graph pattern, anything else does.
void Grammar::group_elements(Group& out) {
  Pattern bgp;
  const auto flush = [&] {
    join(out.pattern, std::move(bgp));
    bgp = Pattern{};
  };
  while (!at(TokenKind::CloseBrace)) {
    if (at_triples()) {
      triples_block(bgp.triples, Paths::Allowed);
      if (at_triples()) fail_expected("«.» between two triples");
    } else if (accept_word("FILTER")) {
      out.filters.push_back(constraint());
      accept(TokenKind::Dot);
    } else {
      flush();
      if (!group_element(out.pattern)) break;
      end_bgp();
      accept(TokenKind::Dot);
    }
  }
  flush();
}

/// GraphPatternNotTriples but FILTER. @return false if there is none.
bool Grammar::group_element(Pattern& out) {
  if (accept_word("OPTIONAL")) {
    optional(out);
  } else if (accept_word("MINUS")) {
    minus(out);
  } else if (accept_word("BIND")) {
    bind(out);
  } else if (accept_word("GRAPH")) {
    join(out, graph_graph());
  } else if (accept_word("SERVICE")) {
    join(out, service());
  } else if (accept_word("VALUES")) {
    join(out, inline_data());
  } else if (at(TokenKind::OpenBrace)) {
    join(out, group_or_union());
  } else {
    return false;
  }
  return true;
}

void Grammar::optional(Pattern& out) {
  count_wrapping(peek().begin);
  Group inner = group_parts();
  wrap(out, PatternKind::LeftJoin);
  out.children.push_back(std::move(inner.pattern));
  out.conditions = std::move(inner.filters);
}

void Grammar::minus(Pattern& out) {
  count_wrapping(peek().begin);
  Pattern removed = group();
  wrap(out, PatternKind::Minus);
  out.children.push_back(std::move(removed));
}

void Grammar::bind(Pattern& out) {
  count_wrapping(peek().begin);
  expect(TokenKind::OpenParenthesis, "«(» after BIND");
  algebra::Expression value = expression();
  expect_word("AS");
  const std::size_t place = peek().begin;
  std::string name = variable();
  if (is_visible(out, name)) {
    fail(place, fmt::format("?{} has a value in this group already: BIND to another variable", name));
  }
  expect(TokenKind::CloseParenthesis, "«)»");
  wrap(out, PatternKind::Extend);
  out.variable = std::move(name);
  out.expression = std::move(value);
}

Pattern Grammar::graph_graph() {
  Pattern out;
  out.kind = PatternKind::Graph;
  out.node = variable_or_iri();
  out.children.push_back(group());
  return out;
}

Pattern Grammar::service() {
  Pattern out;
  out.kind = PatternKind::Service;
  out.silent = accept_word("SILENT");
  out.node = variable_or_iri();
  if (used_prefixes_ != nullptr) {  // within another: that one's endpoint is sent this text
    out.children.push_back(group());
    return out;
  }
  std::set<std::string, std::less<>> prefixes;
  const Temporarily collecting(used_prefixes_, &prefixes);
  const std::size_t begin = peek().begin;
  out.children.push_back(group());
  out.text = source_.text().substr(begin, last_end_ - begin);
  out.prologue = service_prologue(prefixes);
  service_bytes_ += out.text.size() + out.prologue.size();
  count_bytes(out.text.size() + out.prologue.size());
  if (service_bytes_ > max_bytes_) {
    fail(begin, fmt::format("the SERVICE patterns hold more than {} bytes: send fewer at once", max_bytes_),
         base::Code::TooLarge);
  }
  return out;
}

std::string Grammar::service_prologue(const std::set<std::string, std::less<>>& prefixes) const {
  std::string out = base_.empty() ? std::string() : fmt::format("BASE <{}>\n", base_);
  for (const std::string& prefix : prefixes) {
    out += fmt::format("PREFIX {}: <{}>\n", prefix, prefixes_.find(prefix)->second);
  }
  return out;
}

Pattern Grammar::group_or_union() {
  Pattern first = group();
  if (!at_word("UNION")) return first;
  wrap(first, PatternKind::Union);
  while (accept_word("UNION")) first.children.push_back(group());
  return first;
}

/// DataBlock
Pattern Grammar::inline_data() {
  Pattern out;
  out.kind = PatternKind::Values;
  if (at(TokenKind::Variable)) {
    out.names.push_back(take().text);
    expect(TokenKind::OpenBrace, "«{» before the values");
    while (!at(TokenKind::CloseBrace)) out.rows.push_back({data_value()});
    take();
    return out;
  }
  expect(TokenKind::OpenParenthesis, "a variable or «(» after VALUES");
  std::unordered_set<std::string> names;
  while (at(TokenKind::Variable)) {
    if (!names.insert(peek().text).second) {
      fail(peek().begin, fmt::format("?{} stands twice in VALUES", peek().text));
    }
    out.names.push_back(take().text);
  }
  expect(TokenKind::CloseParenthesis, "a variable or «)»");
  expect(TokenKind::OpenBrace, "«{» before the rows");
  while (!at(TokenKind::CloseBrace)) out.rows.push_back(data_row(out.names.size()));
  take();
  return out;
}

std::vector<std::optional<rdf::Term>> Grammar::data_row(std::size_t width) {
  const std::size_t place = peek().begin;
  expect(TokenKind::OpenParenthesis, "«(» before a row of values, or «}»");
  std::vector<std::optional<rdf::Term>> row;
  row.reserve(width);
  while (!accept(TokenKind::CloseParenthesis)) row.push_back(data_value());
  if (row.size() != width) {
    fail(place, fmt::format("this row has {} values for {} variables", row.size(), width));
  }
  return row;
}

std::optional<rdf::Term> Grammar::data_value() {
  if (accept_word("UNDEF")) return std::nullopt;
  if (at_iri()) return rdf::Term::iri(iri());
  if (!at_literal()) fail_expected("an IRI, a literal or UNDEF");
  return literal();
}

}  // namespace scenograph::sparql::parse
