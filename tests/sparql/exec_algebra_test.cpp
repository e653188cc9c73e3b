#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "sparql/exec/run_algebra.hpp"
#include "sparql/memory_view.hpp"

using namespace scenograph;
using namespace scenograph::sparql;
using namespace scenograph::sparql::algebra;
using scenograph::sparql::tests::MemoryView;

namespace {

rdf::Term iri(std::string_view name) { return rdf::Term::iri("http://ex.test/" + std::string(name)); }
rdf::Term number(std::string_view text) { return rdf::Term::literal(text, "http://www.w3.org/2001/XMLSchema#integer"); }

/// "?x" is a variable, digits an integer, anything else a name in http://ex.test/.
Node node(std::string_view text) {
  if (text.starts_with('?')) return Variable{std::string(text.substr(1))};
  if (std::isdigit(static_cast<unsigned char>(text[0])) != 0) return number(text);
  return iri(text);
}

TriplePattern triple(std::string_view s, std::string_view p, std::string_view o) { return {node(s), node(p), node(o)}; }

Pattern bgp(std::vector<TriplePattern> triples) {
  Pattern pattern;
  pattern.triples = std::move(triples);
  return pattern;
}

Pattern combine(PatternKind kind, std::vector<Pattern> children) {
  Pattern pattern;
  pattern.kind = kind;
  pattern.children = std::move(children);
  return pattern;
}

Expression variable(std::string_view name) {
  Expression expression;
  expression.kind = ExpressionKind::Variable;
  expression.name = name;
  return expression;
}

Expression constant(const rdf::Term& term) {
  Expression expression;
  expression.term = term;
  return expression;
}

Expression apply(ExpressionKind kind, std::vector<Expression> operands, std::string_view name = {}) {
  Expression expression;
  expression.kind = kind;
  expression.name = name;
  expression.operands = std::move(operands);
  return expression;
}

Expression exists(Pattern pattern, bool negated) {
  Expression expression;
  expression.kind = negated ? ExpressionKind::NotExists : ExpressionKind::Exists;
  expression.pattern = std::make_shared<Pattern>(std::move(pattern));
  return expression;
}

Pattern filter(Pattern child, Expression condition) {
  Pattern pattern = combine(PatternKind::Filter, {std::move(child)});
  pattern.conditions.push_back(std::move(condition));
  return pattern;
}

Pattern in_graph(std::string_view graph, Pattern child) {
  Pattern pattern = combine(PatternKind::Graph, {std::move(child)});
  pattern.node = node(graph);
  return pattern;
}

Path link(std::string_view name) {
  Path path;
  path.predicate = iri(name);
  return path;
}

Path path(PathKind kind, std::vector<Path> parts) {
  Path out;
  out.kind = kind;
  out.parts = std::move(parts);
  return out;
}

Pattern path_pattern(std::string_view s, Path p, std::string_view o) { return bgp({{node(s), std::move(p), node(o)}}); }

Query select(Pattern pattern, std::vector<std::string> names) {
  Query query;
  query.pattern = std::move(pattern);
  for (auto& name : names) query.projection.push_back({std::move(name), std::nullopt});
  return query;
}

std::string short_form(const std::optional<rdf::TermView>& term) {
  if (!term) return "-";
  if (term->type != rdf::TermType::Iri) return std::string(term->value);
  return std::string(term->value.substr(term->value.rfind('/') + 1));
}

/// Rows as text: terms joined by spaces.
std::vector<std::string> rows_in_order(const MemoryView& data, Query query, const QueryOptions& options = {}) {
  auto result = run_algebra(std::make_shared<MemoryView>(data), std::move(query), options, nullptr);
  std::vector<std::string> out;
  SolutionBatch batch;
  while (result->next(batch)) {
    for (std::size_t row = 0; row < batch.size; ++row) {
      std::string line;
      for (std::size_t i = 0; i < batch.columns.size(); ++i) {
        line += (line.empty() ? "" : " ") + short_form(batch.at(i, row));
      }
      out.push_back(line);
    }
  }
  return out;
}

using Rows = std::vector<std::string>;

Rows rows(const MemoryView& data, Query query, const QueryOptions& options = {}) {
  Rows out = rows_in_order(data, std::move(query), options);
  std::sort(out.begin(), out.end());
  return out;
}

MemoryView people() {
  MemoryView data;
  data.add(iri("ada"), iri("knows"), iri("bo"));
  data.add(iri("ada"), iri("knows"), iri("cy"));
  data.add(iri("bo"), iri("knows"), iri("cy"));
  data.add(iri("cy"), iri("knows"), iri("dee"));
  data.add(iri("ada"), iri("age"), number("36"));
  data.add(iri("bo"), iri("age"), number("9"));
  data.add(iri("cy"), iri("age"), number("20"));
  data.add(iri("ada"), iri("blocks"), iri("bo"));
  data.add(iri("ada"), iri("plays"), iri("lear"), iri("g1"));
  data.add(iri("bo"), iri("plays"), iri("lear"), iri("g2"));
  data.add(iri("bo"), iri("plays"), iri("lear"), iri("g1"));
  return data;
}

}  // namespace

TEST_CASE("Patterns join on shared variables", "[exec]") {
  const MemoryView data = people();
  CHECK(rows(data, select(bgp({triple("ada", "knows", "?x")}), {"x"})) == Rows{"bo", "cy"});
  CHECK(rows(data, select(bgp({triple("?x", "knows", "?y"), triple("?y", "knows", "?z")}), {"x", "y", "z"})) ==
        Rows{"ada bo cy", "ada cy dee", "bo cy dee"});
  CHECK(rows(data, select(bgp({triple("?x", "knows", "?y"), triple("?x", "age", "?a"), triple("?y", "age", "?b")}),
                          {"x", "a", "y", "b"})) == Rows{"ada 36 bo 9", "ada 36 cy 20", "bo 9 cy 20"});
  CHECK(rows(data, select(bgp({triple("?x", "?p", "?x")}), {"x"})).empty());
  CHECK(rows(data, select(bgp({triple("nobody", "knows", "?x")}), {"x"})).empty());
  CHECK(rows(data, select(bgp({}), {"x"})) == Rows{"-"});
}

TEST_CASE("Groups of very many patterns are refused, not run out of stack by", "[exec]") {
  const MemoryView data = people();
  std::vector<algebra::TriplePattern> many(2000, triple("?x", "knows", "?y"));
  CHECK(rows(data, select(bgp(many), {"x", "y"})).size() == 4);
  many.resize(100'000, triple("?y", "knows", "?z"));
  CHECK_THROWS_WITH(rows(data, select(bgp(many), {"x", "y"})), Catch::Contains("joins more than 2048 patterns"));
}

TEST_CASE("OPTIONAL keeps what does not match and joins on maybe unbound variables", "[exec]") {
  const MemoryView data = people();
  Pattern optional =
      combine(PatternKind::LeftJoin, {bgp({triple("?x", "knows", "?y")}), bgp({triple("?y", "age", "?a")})});
  CHECK(rows(data, select(optional, {"x", "y", "a"})) == Rows{"ada bo 9", "ada cy 20", "bo cy 20", "cy dee -"});
  Pattern older = optional;
  older.conditions.push_back(apply(ExpressionKind::Greater, {variable("a"), constant(number("10"))}));
  CHECK(rows(data, select(older, {"x", "y", "a"})) == Rows{"ada bo -", "ada cy 20", "bo cy 20", "cy dee -"});
  CHECK(rows(data, select(combine(PatternKind::Join, {optional, bgp({triple("cy", "age", "?a")})}), {"x", "y", "a"})) ==
        Rows{"ada cy 20", "bo cy 20", "cy dee 20"});
}

TEST_CASE("UNION, MINUS and VALUES", "[exec]") {
  const MemoryView data = people();
  CHECK(rows(data, select(combine(PatternKind::Union,
                                  {bgp({triple("?x", "blocks", "?y")}), bgp({triple("?z", "knows", "dee")})}),
                          {"x", "y", "z"})) == Rows{"- - cy", "ada bo -"});
  CHECK(rows(data, select(combine(PatternKind::Minus,
                                  {bgp({triple("?x", "knows", "?y")}), bgp({triple("?x", "blocks", "?y")})}),
                          {"x", "y"})) == Rows{"ada cy", "bo cy", "cy dee"});
  CHECK(rows(data, select(combine(PatternKind::Minus,
                                  {bgp({triple("?x", "blocks", "?y")}), bgp({triple("?z", "knows", "?w")})}),
                          {"x", "y"})) == Rows{"ada bo"});
  Pattern values;
  values.kind = PatternKind::Values;
  values.names = {"x", "y"};
  values.rows = {{iri("bo"), std::nullopt}, {std::nullopt, iri("dee")}, {iri("new"), iri("new")}};
  CHECK(rows(data, select(combine(PatternKind::Join, {values, bgp({triple("?x", "knows", "?y")})}), {"x", "y"})) ==
        Rows{"bo cy", "cy dee"});
}

TEST_CASE("EXISTS as join and by substitution", "[exec]") {
  const MemoryView data = people();
  const Pattern knows = bgp({triple("?x", "knows", "?y")});
  const Pattern has_age = bgp({triple("?y", "age", "?a")});
  CHECK(rows(data, select(filter(knows, exists(has_age, false)), {"x", "y"})) == Rows{"ada bo", "ada cy", "bo cy"});
  CHECK(rows(data, select(filter(knows, exists(has_age, true)), {"x", "y"})) == Rows{"cy dee"});
  const Pattern outward = filter(bgp({triple("?x", "age", "?a"), triple("?y", "age", "?b")}),
                                 apply(ExpressionKind::Less, {variable("b"), variable("a")}));
  CHECK(rows(data, select(filter(knows, exists(outward, false)), {"x", "y"})) == Rows{"ada bo", "ada cy"});
  const Pattern refers =
      filter(bgp({triple("?z", "age", "?a")}), apply(ExpressionKind::Equal, {variable("z"), variable("y")}));
  CHECK(rows(data, select(filter(knows, exists(refers, true)), {"x", "y"})) == Rows{"cy dee"});
}

TEST_CASE("Graphs and who may read them", "[exec]") {
  const MemoryView data = people();
  const Pattern plays = bgp({triple("?x", "plays", "?w")});
  CHECK(rows(data, select(plays, {"x"})) == Rows{"ada", "bo"});
  CHECK(rows(data, select(in_graph("?g", plays), {"g", "x"})) == Rows{"g1 ada", "g1 bo", "g2 bo"});
  CHECK(rows(data, select(in_graph("g2", plays), {"x"})) == Rows{"bo"});
  CHECK(rows(data, select(in_graph("?g", bgp({})), {"g"})) == Rows{"g1", "g2"});
  CHECK(rows(data, select(in_graph("?g", path_pattern("?x", path(PathKind::OneOrMore, {link("plays")}), "?w")),
                          {"g", "x"})) == Rows{"g1 ada", "g1 bo", "g2 bo"});
  QueryOptions narrow;
  narrow.readable = store::GraphSet::of({*data.find(iri("g2"))});
  CHECK(rows(data, select(in_graph("?g", plays), {"g", "x"}), narrow) == Rows{"g2 bo"});
  CHECK(rows(data, select(in_graph("g1", plays), {"x"}), narrow).empty());
  CHECK(rows(data, select(bgp({triple("?x", "knows", "?y")}), {"x"}), narrow).empty());
  CHECK(rows(data, select(plays, {"x"}), narrow) == Rows{"bo"});
  QueryOptions unnamed;
  unnamed.union_default_graph = false;
  CHECK(rows(data, select(plays, {"x"}), unnamed).empty());
  Query from = select(plays, {"x"});
  from.from = {"http://ex.test/g1"};
  CHECK(rows(data, from, narrow).empty());
}

TEST_CASE("Property paths", "[exec]") {
  const MemoryView data = people();
  const auto star = path(PathKind::ZeroOrMore, {link("knows")});
  const auto plus = path(PathKind::OneOrMore, {link("knows")});
  CHECK(rows(data, select(path_pattern("ada", star, "?x"), {"x"})) == Rows{"ada", "bo", "cy", "dee"});
  CHECK(rows(data, select(path_pattern("?x", plus, "dee"), {"x"})) == Rows{"ada", "bo", "cy"});
  CHECK(rows(data, select(path_pattern("?x", plus, "?y"), {"x", "y"})) ==
        Rows{"ada bo", "ada cy", "ada dee", "bo cy", "bo dee", "cy dee"});
  CHECK(rows(data, select(path_pattern("nobody", star, "?x"), {"x"})) == Rows{"nobody"});
  CHECK(rows(data, select(path_pattern("ada", path(PathKind::Sequence, {link("knows"), link("age")}), "?a"), {"a"})) ==
        Rows{"20", "9"});
  CHECK(rows(data, select(path_pattern("?x", path(PathKind::Inverse, {link("knows")}), "ada"), {"x"})) ==
        Rows{"bo", "cy"});
  CHECK(rows(data, select(path_pattern("ada", path(PathKind::Alternative, {link("knows"), link("blocks")}), "?x"),
                          {"x"})) == Rows{"bo", "bo", "cy"});
  Path not_these;
  not_these.kind = PathKind::Negated;
  not_these.forward = {iri("knows"), iri("age")};
  CHECK(rows(data, select(path_pattern("ada", not_these, "?x"), {"x"})) == Rows{"bo", "lear"});
  CHECK(rows(data, select(combine(PatternKind::Join, {bgp({triple("?p", "age", "9")}), path_pattern("?p", star, "?x")}),
                          {"x"})) == Rows{"bo", "cy", "dee"});
}

TEST_CASE("Groups, order and slices", "[exec]") {
  const MemoryView data = people();
  Query query = select(bgp({triple("?x", "knows", "?y")}), {"x"});
  query.grouped = true;
  query.group_by.push_back({"x", std::nullopt});
  query.projection.push_back({"n", apply(ExpressionKind::Aggregate, {variable("y")}, "COUNT")});
  CHECK(rows(data, query) == Rows{"ada 2", "bo 1", "cy 1"});
  query.having.push_back(
      apply(ExpressionKind::Greater, {apply(ExpressionKind::Aggregate, {}, "COUNT"), constant(number("1"))}));
  CHECK(rows(data, query) == Rows{"ada 2"});

  Query total = select(bgp({triple("?x", "age", "?a")}), {});
  total.grouped = true;
  for (const std::string_view name : {"SUM", "MIN", "MAX", "AVG", "COUNT"}) {
    total.projection.push_back({std::string(name), apply(ExpressionKind::Aggregate, {variable("a")}, name)});
  }
  CHECK(rows(data, total) == Rows{"65 9 36 21.666666666666666666 3"});
  total.pattern = bgp({triple("?x", "nothing", "?a")});
  CHECK(rows(data, total) == Rows{"0 - - 0 0"});

  Query each = select(bgp({triple("?x", "knows", "?_:b")}), {});
  each.grouped = true;
  Expression count = apply(ExpressionKind::Aggregate, {}, "COUNT");
  count.distinct = true;
  each.projection.push_back({"n", count});
  CHECK(rows(data, each) == Rows{"3"});

  Query ordered = select(bgp({triple("?x", "age", "?a")}), {"a"});
  ordered.order_by.push_back({variable("a"), true});
  CHECK(rows_in_order(data, ordered) == Rows{"36", "20", "9"});
  ordered.limit = 1;
  ordered.offset = 1;
  CHECK(rows_in_order(data, ordered) == Rows{"20"});

  Query distinct = select(bgp({triple("?x", "knows", "?y")}), {"x"});
  distinct.distinct = true;
  CHECK(rows(data, distinct) == Rows{"ada", "bo", "cy"});
}

TEST_CASE("BIND, sub-queries and services", "[exec]") {
  const MemoryView data = people();
  Pattern bind = combine(PatternKind::Extend, {bgp({triple("bo", "age", "?a")})});
  bind.variable = "b";
  bind.expression = apply(ExpressionKind::Add, {variable("a"), constant(number("1"))});
  CHECK(rows(data, select(bind, {"a", "b"})) == Rows{"9 10"});
  bind.expression = apply(ExpressionKind::Add, {variable("a"), constant(iri("bo"))});
  CHECK(rows(data, select(bind, {"a", "b"})) == Rows{"9 -"});

  Query inner = select(bgp({triple("?x", "age", "?a")}), {"x", "a"});
  inner.order_by.push_back({variable("a"), true});
  inner.limit = 1;
  Pattern sub;
  sub.kind = PatternKind::SubQuery;
  sub.query = std::make_shared<Query>(inner);
  CHECK(rows(data, select(combine(PatternKind::Join, {sub, bgp({triple("?x", "knows", "?y")})}), {"x", "y"})) ==
        Rows{"ada bo", "ada cy"});

  Pattern service = combine(PatternKind::Service, {bgp({triple("?x", "age", "?a")})});
  service.node = node("endpoint");
  CHECK_THROWS_AS(rows(data, select(service, {"x"})), base::Error);
}

TEST_CASE("CONSTRUCT, ASK and DESCRIBE", "[exec]") {
  MemoryView data = people();
  data.add(iri("ada"), iri("address"), rdf::Term::blank("b1"));
  data.add(rdf::Term::blank("b1"), iri("city"), iri("lyon"));
  const auto all = [&](const Query& query) {
    auto result = run_algebra(std::make_shared<MemoryView>(data), query, {}, nullptr);
    std::vector<rdf::Triple> out;
    std::vector<rdf::Triple> some;
    while (result->next(some)) out.insert(out.end(), some.begin(), some.end());
    return out;
  };
  Query construct = select(bgp({triple("?x", "knows", "?y")}), {});
  construct.form = QueryForm::Construct;
  construct.construct = {triple("?x", "friendly", "yes")};
  CHECK(all(construct).size() == 3);
  construct.construct = {{Variable{"_:n"}, node("of"), node("?x")}};
  CHECK(all(construct).size() == 4);

  Query ask = select(bgp({triple("cy", "knows", "?y")}), {});
  ask.form = QueryForm::Ask;
  CHECK(run_algebra(std::make_shared<MemoryView>(data), ask, {}, nullptr)->boolean());

  Query describe;
  describe.form = QueryForm::Describe;
  describe.describe = {node("ada")};
  CHECK(all(describe).size() == 7);
}
