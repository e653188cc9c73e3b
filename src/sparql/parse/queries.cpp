#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sparql/parse/grammar.hpp"
#include "sparql/parse/join.hpp"
#include "sparql/parse/scope.hpp"
#include "sparql/parse/temporarily.hpp"

// Query forms and solution modifiers: SPARQL 1.1 Query, sections 11, 13, 15, 16 and 18.2.4.

namespace scenograph::sparql::parse {

using algebra::Query;

Query Grammar::query_unit() {
  prologue();
  Query query;
  if (at_word("SELECT")) {
    query = select_query(false);
  } else if (accept_word("CONSTRUCT")) {
    query = construct_query();
  } else if (accept_word("DESCRIBE")) {
    query = describe_query();
  } else if (accept_word("ASK")) {
    query = ask_query();
  } else {
    fail_expected("SELECT, ASK, CONSTRUCT, DESCRIBE, PREFIX or BASE");
  }
  query.base = base_;
  if (!at(TokenKind::End)) fail_expected("the end of the query");
  return query;
}

Query Grammar::select_query(bool is_sub_query) {
  const Temporarily own_aggregates(aggregate_seen_, false);
  Query query;
  const std::vector<std::size_t> places = select_clause(query);
  if (!is_sub_query) dataset_clauses(query);
  where_clause(query);
  solution_modifier(query);
  values_clause(query);
  check_select(query, places);
  return query;
}

algebra::Pattern Grammar::sub_select() {
  algebra::Pattern out;
  out.kind = algebra::PatternKind::SubQuery;
  out.query = std::make_shared<const Query>(select_query(true));
  return out;
}

/// @return  where each item starts; "*" leaves the projection empty.
std::vector<std::size_t> Grammar::select_clause(Query& query) {
  expect_word("SELECT");
  query.distinct = accept_word("DISTINCT");
  if (!query.distinct) query.reduced = accept_word("REDUCED");
  std::vector<std::size_t> places;
  if (at(TokenKind::Star)) {
    places.push_back(take().begin);
    return places;
  }
  const Temporarily in_select(aggregates_, Aggregates::Allowed);
  while (at(TokenKind::Variable) || at(TokenKind::OpenParenthesis)) {
    places.push_back(peek().begin);
    select_item(query);
  }
  if (places.empty()) fail_expected("«*», a variable or «(expression AS ?variable)»");
  return places;
}

void Grammar::select_item(Query& query) {
  if (at(TokenKind::Variable)) {
    query.projection.push_back({take().text, std::nullopt});
    return;
  }
  take();
  algebra::Expression value = expression();
  if (!at_word("AS")) fail_expected("an operator, or AS and a variable");
  take();
  std::string name = variable();
  expect(TokenKind::CloseParenthesis, "«)»");
  query.projection.push_back({std::move(name), std::move(value)});
}

void Grammar::check_select(Query& query, const std::vector<std::size_t>& places) {
  if (query.projection.empty()) {
    if (query.grouped) fail(places[0], "SELECT * cannot go with GROUP BY: name the variables");
    for (auto& name : visible_variables(query.pattern)) query.projection.push_back({std::move(name), std::nullopt});
    return;
  }
  if (query.grouped) check_grouped(query, places);
  const std::vector<std::string> visible = visible_variables(query.pattern);
  std::set<std::string> taken(visible.begin(), visible.end());
  if (query.values) taken.insert(query.values->names.begin(), query.values->names.end());
  std::set<std::string> projected;
  std::vector<algebra::Binding> items;
  for (std::size_t i = 0; i < query.projection.size(); ++i) {
    auto& item = query.projection[i];
    if (item.expression && (taken.contains(item.name) || projected.contains(item.name))) {
      fail(places[i], fmt::format("?{} has a value already: take another variable after AS", item.name));
    }
    if (projected.insert(item.name).second) items.push_back(std::move(item));
  }
  query.projection = std::move(items);
}

/// Once there are groups, only their keys and aggregates have values.
void Grammar::check_grouped(const Query& query, const std::vector<std::size_t>& places) {
  std::set<std::string> known;
  for (const auto& key : query.group_by) known.insert(key.name);
  if (query.values) known.insert(query.values->names.begin(), query.values->names.end());
  for (std::size_t i = 0; i < query.projection.size(); ++i) {
    const auto& item = query.projection[i];
    const std::string* unknown = nullptr;
    if (item.expression) {
      unknown = find_unknown(*item.expression, known);
      known.insert(item.name);
    } else if (!known.contains(item.name)) {
      unknown = &item.name;
    }
    if (unknown != nullptr) {
      fail(places[i], fmt::format("?{0} is neither in GROUP BY nor within an aggregate: add it to GROUP BY, or take "
                                  "SAMPLE(?{0})",
                                  *unknown));
    }
  }
}

Grammar::Triples Grammar::construct_template() {
  const Temporarily made(in_template_, true);
  Triples out;
  expect(TokenKind::OpenBrace, "«{»");
  triples_block(out, Paths::Refused);
  expect(TokenKind::CloseBrace, "«.» or «}» in the template");
  return out;
}

Query Grammar::construct_query() {
  Query query;
  query.form = QueryForm::Construct;
  const bool is_short = !at(TokenKind::OpenBrace);
  if (!is_short) query.construct = construct_template();
  dataset_clauses(query);
  if (is_short) {
    expect_word("WHERE");
    query.construct = construct_template();
    query.pattern.triples = query.construct;
  } else {
    where_clause(query);
  }
  solution_modifier(query);
  values_clause(query);
  return query;
}

Query Grammar::describe_query() {
  Query query;
  query.form = QueryForm::Describe;
  const bool all = accept(TokenKind::Star);
  if (!all) {
    do {
      query.describe.push_back(variable_or_iri());
    } while (at(TokenKind::Variable) || at_iri());
  }
  dataset_clauses(query);
  if (at_word("WHERE") || at(TokenKind::OpenBrace)) where_clause(query);
  solution_modifier(query);
  values_clause(query);
  if (all) {
    for (auto& name : visible_variables(query.pattern)) query.describe.emplace_back(algebra::Variable{std::move(name)});
  }
  return query;
}

Query Grammar::ask_query() {
  Query query;
  query.form = QueryForm::Ask;
  dataset_clauses(query);
  where_clause(query);
  solution_modifier(query);
  values_clause(query);
  return query;
}

void Grammar::dataset_clauses(Query& query) {
  while (accept_word("FROM")) {
    auto& graphs = accept_word("NAMED") ? query.from_named : query.from;
    graphs.push_back(iri());
  }
}

void Grammar::where_clause(Query& query) {
  const bool word = accept_word("WHERE");
  if (!at(TokenKind::OpenBrace)) fail_expected(word ? "«{» after WHERE" : "WHERE or «{»");
  query.pattern = group();
}

void Grammar::solution_modifier(Query& query) {
  if (at_word("GROUP")) group_clause(query);
  const Temporarily after_groups(aggregates_, Aggregates::Allowed);
  if (accept_word("HAVING")) {
    query.grouped = true;
    do {
      query.having.push_back(constraint());
    } while (at_constraint());
  }
  if (at_word("ORDER")) order_clause(query);
  limit_clauses(query);
  query.grouped = query.grouped || aggregate_seen_;
}

void Grammar::group_clause(Query& query) {
  take();
  expect_word("BY");
  query.grouped = true;
  do {
    if (at(TokenKind::Variable)) {
      query.group_by.push_back({take().text, std::nullopt});
    } else if (!at(TokenKind::OpenParenthesis)) {
      query.group_by.push_back({{}, constraint()});
    } else {
      take();
      algebra::Binding& key = query.group_by.emplace_back(algebra::Binding{{}, expression()});
      if (accept_word("AS")) {
        const std::size_t place = peek().begin;
        key.name = variable();
        check();
        if (is_visible(query.pattern, key.name)) {
          fail(place, fmt::format("?{} has a value already: take another variable after AS", key.name));
        }
      }
      expect(TokenKind::CloseParenthesis, "AS or «)»");
    }
  } while (at(TokenKind::Variable) || at_constraint());
}

void Grammar::order_clause(Query& query) {
  take();
  expect_word("BY");
  do {
    algebra::OrderKey key;
    key.descending = at_word("DESC");
    if (accept_word("ASC") || accept_word("DESC")) {
      key.expression = bracketted();
    } else if (at(TokenKind::Variable)) {
      key.expression = primary();
    } else {
      key.expression = constraint();
    }
    query.order_by.push_back(std::move(key));
  } while (at(TokenKind::Variable) || at_word("ASC") || at_word("DESC") || at_constraint());
}

void Grammar::limit_clauses(Query& query) {
  bool has_offset = false;
  for (;;) {
    if (!query.limit && accept_word("LIMIT")) {
      query.limit = whole_number();
    } else if (!has_offset && accept_word("OFFSET")) {
      query.offset = whole_number();
      has_offset = true;
    } else {
      return;
    }
  }
}

std::uint64_t Grammar::whole_number() {
  if (!at(TokenKind::Integer)) fail_expected("a whole number");
  const Token token = take();
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
  if (fault != std::errc()) fail(token.begin, fmt::format("{} is too large", token.text));
  return value;
}

void Grammar::values_clause(Query& query) {
  if (!accept_word("VALUES")) return;
  if (query.grouped) {
    query.values = inline_data();
  } else {
    join(query.pattern, inline_data());
  }
}

}  // namespace scenograph::sparql::parse
