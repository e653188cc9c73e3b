#include "reference/generator.hpp"

#include <array>

#include "rdf/vocab.hpp"
#include "sparql/parse/scope.hpp"

namespace scenograph::reference {

using namespace sparql::algebra;

namespace {

constexpr std::array<const char*, 5> variables = {"a", "b", "c", "d", "e"};

rdf::Term number(std::size_t value) { return rdf::Term::literal(std::to_string(value), rdf::xsd::integer); }

Expression constant(rdf::Term term) {
  Expression out;
  out.term = std::move(term);
  return out;
}

Expression apply(ExpressionKind kind, std::vector<Expression> operands) {
  Expression out;
  out.kind = kind;
  out.operands = std::move(operands);
  return out;
}

}  // namespace

rdf::Term Generator::resource() { return rdf::Term::iri("x:r" + std::to_string(below(4))); }
rdf::Term Generator::predicate() { return rdf::Term::iri("x:p" + std::to_string(below(3))); }
rdf::Term Generator::graph() { return rdf::Term::iri("x:g" + std::to_string(below(3))); }

rdf::Term Generator::object() {
  if (chance(60)) return resource();
  if (chance(15)) return graph();
  return chance(80) ? number(below(3)) : rdf::Term::literal("1.0", rdf::xsd::decimal);
}

std::vector<rdf::Quad> Generator::quads() {
  std::vector<rdf::Quad> out;
  const std::size_t count = 5 + below(30);
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back({resource(), predicate(), object(), chance(50) ? rdf::Term{} : graph()});
  }
  return out;
}

Node Generator::variable() { return Variable{variables[below(variables.size())]}; }
Node Generator::subject_node() { return chance(90) ? variable() : Node(resource()); }
Node Generator::object_node() { return chance(88) ? variable() : Node(object()); }

Path Generator::path(std::size_t depth) {
  Path out;
  out.predicate = predicate();
  if (depth == 0 || chance(30)) return out;
  out.kind = static_cast<PathKind>(1 + below(7));
  if (out.kind == PathKind::Negated) {
    out.forward.push_back(predicate());
    if (chance(40)) out.backward.push_back(predicate());
    return out;
  }
  const bool several = out.kind == PathKind::Sequence || out.kind == PathKind::Alternative;
  for (std::size_t i = 0; i < (several ? 2U : 1U); ++i) out.parts.push_back(path(depth - 1));
  return out;
}

TriplePattern Generator::triple() {
  TriplePattern out{subject_node(), Node(predicate()), object_node()};
  if (chance(15)) {
    out.predicate = variable();
  } else if (chance(25)) {
    Path through = path(2);
    if (through.kind != PathKind::Link) out.predicate = std::move(through);
  }
  return out;
}

Pattern Generator::bgp() {
  Pattern out;
  const std::size_t count = chance(60) ? 1 : 2;
  for (std::size_t i = 0; i < count; ++i) out.triples.push_back(triple());
  return out;
}

Pattern Generator::combined(PatternKind kind, std::size_t depth, std::size_t children) {
  Pattern out;
  out.kind = kind;
  for (std::size_t i = 0; i < children; ++i) out.children.push_back(pattern(depth - 1));
  return out;
}

Pattern Generator::pattern(std::size_t depth) {
  if (depth == 0 || chance(20)) return chance(5) ? Pattern{} : bgp();
  Pattern out;
  switch (below(9)) {
    case 0:
      return combined(PatternKind::Join, depth, 2);
    case 1:
    case 2:
      out = combined(PatternKind::LeftJoin, depth, 2);
      if (chance(50)) out.conditions.push_back(condition(1));
      return out;
    case 3:
      return combined(PatternKind::Union, depth, 2);
    case 4:
      return combined(PatternKind::Minus, depth, 2);
    case 5:
      out = combined(PatternKind::Filter, depth, 1);
      out.conditions.push_back(condition(2));
      return out;
    case 6:
      return extend(depth);
    case 7:
      if (chance(50)) return values();
      out = combined(PatternKind::Graph, depth, 1);
      out.node = chance(60) ? variable() : Node(graph());
      return out;
    default:
      return sub_query(depth);
  }
}

/// BIND to a variable that the pattern does not have yet; none left: the pattern alone.
Pattern Generator::extend(std::size_t depth) {
  Pattern out = combined(PatternKind::Extend, depth, 1);
  for (const char* name : variables) {
    if (sparql::parse::is_visible(out.children[0], name)) continue;
    out.variable = name;
    out.expression = chance(50) ? operand() : apply(ExpressionKind::Add, {operand(), operand()});
    return out;
  }
  return out.children[0];
}

Pattern Generator::values() {
  Pattern out;
  out.kind = PatternKind::Values;
  const std::size_t first = below(variables.size());
  out.names = {variables[first], variables[(first + 1) % variables.size()]};
  const std::size_t count = below(3);
  for (std::size_t i = 0; i < count; ++i) {
    auto& row = out.rows.emplace_back(2);
    for (auto& cell : row) {
      if (chance(75)) cell = object();
    }
  }
  return out;
}

void Generator::group(Query& query) {
  query.grouped = true;
  query.projection.clear();
  if (chance(75)) {
    query.group_by.push_back({variables[below(variables.size())], std::nullopt});
    query.projection.push_back(query.group_by[0]);
  }
  Expression count;
  count.kind = ExpressionKind::Aggregate;
  constexpr std::array<const char*, 4> others = {"SUM", "SUM", "MIN", "MAX"};
  count.name = chance(60) ? "COUNT" : others[below(others.size())];
  count.distinct = chance(30);
  if (count.name != "COUNT" || chance(60)) count.operands.push_back(operand());
  if (count.operands.empty()) count.distinct = false;
  for (const char* name : variables) {
    if (sparql::parse::is_visible(query.pattern, name)) continue;
    const bool is_key = !query.group_by.empty() && query.group_by[0].name == name;
    if (is_key) continue;
    query.projection.push_back({name, count});
    return;
  }
  query.projection.push_back({"n", count});
}

Pattern Generator::sub_query(std::size_t depth) {
  Query inner;
  inner.pattern = pattern(depth - 1);
  for (const std::string& name : sparql::parse::visible_variables(inner.pattern)) {
    if (chance(60)) inner.projection.push_back({name, std::nullopt});
  }
  inner.distinct = chance(30);
  if (chance(40)) group(inner);
  Pattern out;
  out.kind = PatternKind::SubQuery;
  out.query = std::make_shared<Query>(std::move(inner));
  return out;
}

Expression Generator::operand() {
  if (chance(70)) {
    Expression out;
    out.kind = ExpressionKind::Variable;
    out.name = variables[below(variables.size())];
    return out;
  }
  return constant(object());
}

/// What EXISTS can hold so that the specification is clear about what it means.
Pattern Generator::exists_pattern(std::size_t depth) {
  if (depth == 0 || chance(50)) return bgp();
  Pattern out;
  constexpr std::array<PatternKind, 4> kinds = {PatternKind::Join, PatternKind::Union, PatternKind::LeftJoin,
                                                PatternKind::Filter};
  out.kind = kinds[below(kinds.size())];
  for (std::size_t i = 0; i < (out.kind == PatternKind::Filter ? 1U : 2U); ++i) {
    out.children.push_back(exists_pattern(depth - 1));
  }
  if (out.kind == PatternKind::Filter) out.conditions.push_back(condition(1));
  return out;
}

Expression Generator::condition(std::size_t depth) {
  if (depth > 0 && chance(25)) {
    Expression out;
    out.kind = chance(50) ? ExpressionKind::Exists : ExpressionKind::NotExists;
    out.pattern = std::make_shared<Pattern>(exists_pattern(depth - 1));
    return out;
  }
  if (depth > 0 && chance(30)) {
    const auto kind = chance(50) ? ExpressionKind::Or : ExpressionKind::And;
    return apply(kind, {condition(depth - 1), condition(depth - 1)});
  }
  switch (below(6)) {
    case 0: {
      Expression what = operand();
      if (what.kind != ExpressionKind::Variable) return what;
      return apply(ExpressionKind::Bound, {std::move(what)});
    }
    case 1:
      return apply(ExpressionKind::Not, {operand()});
    case 2:
      return apply(ExpressionKind::NotEqual, {operand(), operand()});
    case 3:
      return apply(ExpressionKind::Less, {operand(), operand()});
    case 4:
      return apply(ExpressionKind::Equal, {apply(ExpressionKind::Coalesce, {operand(), operand()}), operand()});
    default:
      return apply(ExpressionKind::Equal, {operand(), operand()});
  }
}

Query Generator::query() {
  Query out;
  out.pattern = pattern(3);
  for (auto& name : sparql::parse::visible_variables(out.pattern)) out.projection.push_back({name, std::nullopt});
  out.distinct = chance(15);
  if (chance(15)) group(out);
  return out;
}

}  // namespace scenograph::reference
