#include "shacl/random_shapes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rdf/vocab.hpp"

namespace scenograph::shacl::naive {

using rdf::Term;

namespace {

const std::string ex = "http://ex.test/";
const std::string sh_ns = "http://www.w3.org/ns/shacl#";

Term sh(std::string_view name) { return Term::iri(sh_ns + std::string(name)); }
Term xsd(std::string_view text, std::string_view type) {
  return Term::literal(text, std::string(rdf::xsd::ns) + std::string(type));
}
Term integer(std::size_t number) { return xsd(std::to_string(number), "integer"); }
const Term true_term = xsd("true", "boolean");

const std::vector<Term>& literals() {
  static const std::vector<Term> table{Term::literal(""),
                                       Term::literal("a"),
                                       Term::literal("b"),
                                       Term::literal("abc"),
                                       Term::literal("Été"),
                                       Term::literal("a text that is too long for an id"),
                                       Term::literal("1"),
                                       Term::literal("two\nlines"),
                                       Term::lang_literal("a", "en"),
                                       Term::lang_literal("b", "en"),
                                       Term::lang_literal("b", "en-gb"),
                                       Term::lang_literal("a", "fr"),
                                       Term::lang_literal("été", "fr"),
                                       Term::lang_literal("chat", "fr-ca"),
                                       xsd("1", "integer"),
                                       xsd("01", "integer"),
                                       xsd("2", "integer"),
                                       xsd("-3", "integer"),
                                       xsd("+2", "integer"),
                                       xsd("abc", "integer"),
                                       xsd(" 1", "integer"),
                                       xsd("12345678901234567890", "integer"),
                                       xsd("12345678901234567891", "integer"),
                                       xsd("1.0", "decimal"),
                                       xsd("1.5", "decimal"),
                                       xsd("1.10", "decimal"),
                                       xsd("1.1", "decimal"),
                                       xsd(".5", "decimal"),
                                       xsd("1.", "decimal"),
                                       xsd("1e0", "decimal"),
                                       xsd("1.0E0", "double"),
                                       xsd("1e0", "double"),
                                       xsd("1.1", "double"),
                                       xsd("NaN", "double"),
                                       xsd("INF", "double"),
                                       xsd("-INF", "double"),
                                       xsd("inf", "double"),
                                       xsd("1.1", "float"),
                                       xsd("2", "float"),
                                       xsd("1", "byte"),
                                       xsd("300", "byte"),
                                       xsd("-1", "nonNegativeInteger"),
                                       xsd("0", "nonNegativeInteger"),
                                       xsd("7", "int"),
                                       xsd("true", "boolean"),
                                       xsd("1", "boolean"),
                                       xsd("false", "boolean"),
                                       xsd("yes", "boolean"),
                                       xsd("2020-01-01", "date"),
                                       xsd("2020-01-01Z", "date"),
                                       xsd("2020-01-02", "date"),
                                       xsd("2020-01-02+14:00", "date"),
                                       xsd("2020-01-03-05:00", "date"),
                                       xsd("2020-02-30", "date"),
                                       xsd("2020-1-1", "date"),
                                       xsd("2020-01-01T20:00:00", "dateTime"),
                                       xsd("2020-01-01T20:00:00Z", "dateTime"),
                                       xsd("2020-01-01T21:00:00+01:00", "dateTime"),
                                       xsd("2020-01-01T20:00:00.5", "dateTime"),
                                       xsd("2020-01-02T12:00:00Z", "dateTime"),
                                       xsd("2020-01-01T24:00:00", "dateTime"),
                                       xsd("2020-01-02T00:00:00", "dateTime"),
                                       xsd("2020-01-01T25:00:00", "dateTime"),
                                       xsd("2020-01-01", "dateTime"),
                                       xsd("20:00:00", "time"),
                                       xsd("20:00:00Z", "time"),
                                       xsd("03:00:00Z", "time"),
                                       xsd("20:60:00", "time"),
                                       xsd("2020", "gYear"),
                                       xsd("20", "gYear"),
                                       xsd("2020-13", "gYearMonth"),
                                       xsd("--02-29", "gMonthDay"),
                                       xsd("P1D", "duration"),
                                       xsd("P", "duration"),
                                       xsd("fr-CA", "language"),
                                       xsd("", "language"),
                                       xsd("0a", "hexBinary"),
                                       xsd("0", "hexBinary"),
                                       xsd("http://ex.test/a", "anyURI"),
                                       Term::literal("1", ex + "datatype"),
                                       Term::literal("x", "http://ex.test/a-namespace-so-long#int"),
                                       Term::literal("5", "http://www.w3.org/2001/XMLSchemo#int")};
  return table;
}

const std::vector<std::string>& datatypes() {
  static const std::vector<std::string> table{
      "string",   "integer",   "decimal",  "double", "float", "byte",       "int",       "nonNegativeInteger",
      "boolean",  "date",      "dateTime", "time",   "gYear", "gYearMonth", "gMonthDay", "duration",
      "language", "hexBinary", "anyURI"};
  return table;
}

}  // namespace

Term Generator::resource() {
  if (chance(20)) return Term::blank(fmt::format("b{}", below(4)));
  if (chance(10)) return chance(50) ? class_of_things() : predicate();
  return Term::iri(fmt::format("{}{}", ex, below(resources_)));
}

Term Generator::predicate() {
  if (chance(4)) return Term::iri(rdf::rdf::type);
  return Term::iri(ex + std::string(1, "pqrs"[below(4)]));
}

Term Generator::class_of_things() { return Term::iri(ex + std::string(1, "CDEF"[below(4)])); }

Term Generator::literal() { return any(chance(85) ? literals_ : literals()); }

// Mostly neighbours in the table, which can be compared with one another.
void Generator::choose_literals() {
  const std::size_t first = below(literals().size());
  literals_.clear();
  for (std::size_t i = 3 + below(12); i > 0; --i) literals_.push_back(literals()[(first + i) % literals().size()]);
  for (std::size_t i = below(4); i > 0; --i) literals_.push_back(any(literals()));
}

std::vector<rdf::Quad> Generator::data() {
  // Now and then many nodes, for what walks indexes side by side.
  resources_ = chance(15) ? 60 : 3 + below(8);
  choose_literals();
  const std::size_t quads = resources_ * (1 + below(4));
  const std::vector<Term> graphs{{}, {}, Term::iri(ex + "g"), Term::iri(ex + "h"), Term::blank("g0")};
  std::vector<rdf::Quad> out;
  for (std::size_t i = 0; i < quads; ++i) out.push_back({resource(), predicate(), value(), any(graphs)});
  for (std::size_t i = below(1 + quads / 2); i > 0; --i) {
    out.push_back({resource(), Term::iri(rdf::rdf::type), class_of_things(), any(graphs)});
  }
  for (std::size_t i = below(4); i > 0; --i) {
    out.push_back({class_of_things(), Term::iri(rdf::rdfs::subClassOf), class_of_things(), any(graphs)});
  }
  for (std::size_t i = below(5); i > 0; --i) {  // texts of one language, which seldom meet by chance
    const rdf::Quad text{resource(), predicate(), Term::lang_literal("a", "en"), any(graphs)};
    out.push_back(text);
    out.push_back({text.subject, text.predicate, Term::lang_literal("b", "en"), any(graphs)});
  }
  for (std::size_t i = below(4); i > 0 && !out.empty(); --i) {  // the same triple in two graphs
    out.push_back(any(out));
    out.back().graph = any(graphs);
  }
  std::erase_if(out, [](const rdf::Quad& quad) { return quad.subject.is_literal() || !quad.predicate.is_iri(); });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// ---- the shapes graph

std::vector<rdf::Quad> Generator::shapes() {
  made_.clear();
  said_.clear();
  done_.clear();
  declare_functions();
  for (std::size_t i = 1 + below(3); i > 0; --i) {
    const Term root = shape(chance(30), 3);
    for (std::size_t targets = 1 + below(2); targets > 0; --targets) add_target(root);
  }
  if (chance(20)) {
    made_.push_back({class_of_things(), Term::iri(rdf::rdfs::subClassOf), class_of_things(), {}});
  }
  return made_;
}

void Generator::say(const Term& subject, std::string_view parameter, const Term& object) {
  static const std::set<std::string_view> many{"class",
                                               "pattern",
                                               "equals",
                                               "disjoint",
                                               "lessThan",
                                               "lessThanOrEquals",
                                               "not",
                                               "and",
                                               "or",
                                               "xone",
                                               "node",
                                               "property",
                                               "hasValue",
                                               "expression",
                                               "targetNode",
                                               "targetClass",
                                               "targetSubjectsOf",
                                               "targetObjectsOf"};
  if (!many.contains(parameter) && !said_.emplace(subject, parameter).second) return;
  made_.push_back({subject, sh(parameter), object, {}});
}

// Labels that the data uses too: they are other nodes for all that.
Term Generator::fresh_blank() { return Term::blank(fmt::format("b{}", blanks_++)); }

Term Generator::list(const std::vector<Term>& members) {
  Term head = Term::iri(rdf::rdf::nil);
  for (auto member = members.rbegin(); member != members.rend(); ++member) {
    const Term cell = fresh_blank();
    made_.push_back({cell, Term::iri(rdf::rdf::first), *member, {}});
    made_.push_back({cell, Term::iri(rdf::rdf::rest), head, {}});
    head = cell;
  }
  return head;
}

Term Generator::path(std::size_t depth) {
  if (depth == 0 || chance(55)) return predicate();
  const auto parts = [&] {
    std::vector<Term> out;
    for (std::size_t i = 2 + below(2); i > 0; --i) out.push_back(path(depth - 1));
    return out;
  };
  const std::size_t kind = below(6);
  if (kind == 5) return list(parts());
  const Term node = fresh_blank();
  constexpr std::array<std::string_view, 5> names{"inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath",
                                                  "alternativePath"};
  const Term object = kind == 4 ? list(parts()) : path(depth - 1);
  say(node, names.at(kind), object);
  return node;
}

Term Generator::shape(bool is_property, std::size_t depth) {
  const Term node = chance(50) ? fresh_blank() : Term::iri(fmt::format("{}shape{}", ex, blanks_++));
  if (is_property) say(node, "path", path(2));
  if (chance(30)) {
    made_.push_back({node, Term::iri(rdf::rdf::type), sh(is_property ? "PropertyShape" : "NodeShape"), {}});
  }
  for (std::size_t i = 1 + below(3); i > 0; --i) constrain(node, is_property, depth);
  if (chance(8)) say(node, "deactivated", chance(80) ? true_term : xsd("false", "boolean"));
  if (chance(25)) say(node, "severity", chance(60) ? sh("Warning") : chance(50) ? sh("Info") : Term::iri(ex + "Bad"));
  done_.push_back({node, is_property});
  return node;
}

// A shape made before now and then, so that several use one.
Term Generator::some_shape(std::size_t depth) {
  if (!done_.empty() && (depth == 0 || chance(25))) return any(done_).node;
  return shape(chance(50), depth == 0 ? 0 : depth - 1);
}

Term Generator::node_shape(std::size_t depth) {
  const auto at = std::find_if(done_.begin(), done_.end(), [](const Made& made) { return !made.is_property; });
  if (at != done_.end() && (depth == 0 || chance(25))) return at->node;
  return shape(false, depth == 0 ? 0 : depth - 1);
}

Term Generator::property_shape(std::size_t depth) {
  const auto at = std::find_if(done_.begin(), done_.end(), [](const Made& made) { return made.is_property; });
  if (at != done_.end() && (depth == 0 || chance(25))) return at->node;
  return shape(true, depth == 0 ? 0 : depth - 1);
}

std::vector<Term> Generator::some_shapes(std::size_t depth) {
  std::vector<Term> out;
  for (std::size_t i = below(8) == 0 ? 0 : 1 + below(3); i > 0; --i) out.push_back(some_shape(depth));
  return out;
}

void Generator::add_target(const Term& shape) {
  switch (below(5)) {
    case 0: {
      const Term node = chance(25) ? literal() : chance(15) ? Term::iri(ex + "nowhere") : resource();
      if (!node.is_blank()) say(shape, "targetNode", node);
      break;
    }
    case 1:
      say(shape, "targetSubjectsOf", predicate());
      break;
    case 2:
      say(shape, "targetObjectsOf", predicate());
      break;
    case 3:
      if (!shape.is_iri()) return say(shape, "targetClass", class_of_things());
      // The shape is a class itself.
      made_.push_back({shape, Term::iri(rdf::rdf::type), Term::iri(rdf::rdfs::Class), {}});
      made_.push_back({shape, Term::iri(rdf::rdf::type), sh("NodeShape"), {}});
      made_.push_back({class_of_things(), Term::iri(rdf::rdfs::subClassOf), shape, {}});
      break;
    default:
      say(shape, "targetClass", class_of_things());
  }
}

// ---- constraints

void Generator::constrain(const Term& shape, bool is_property, std::size_t depth) {
  if (chance(8)) return add_expression(shape, depth);
  switch (below(depth == 0 ? 6 : 10)) {
    case 0:
      return add_types(shape);
    case 1:
      return is_property ? add_cardinality(shape) : add_types(shape);
    case 2:
      return add_range(shape);
    case 3:
      return add_strings(shape, is_property);
    case 4:
      return add_pair(shape, is_property);
    case 5:
      return add_others(shape);
    case 6:
    case 7:
      return add_logic(shape, depth);
    case 8:
      if (is_property) return add_qualified(shape, depth);
      [[fallthrough]];
    default:
      return add_nested(shape, depth);
  }
}

void Generator::add_types(const Term& shape) {
  static const std::vector<std::string> kinds{"BlankNode",          "IRI",         "Literal", "BlankNodeOrIRI",
                                              "BlankNodeOrLiteral", "IRIOrLiteral"};
  switch (below(3)) {
    case 0:
      return say(shape, "class", class_of_things());
    case 1:
      return say(shape, "nodeKind", sh(any(kinds)));
    default:
      if (chance(10)) return say(shape, "datatype", Term::iri(rdf::rdf::langString));
      if (chance(10)) return say(shape, "datatype", Term::iri(ex + "datatype"));
      return say(shape, "datatype", Term::iri(std::string(rdf::xsd::ns) + any(datatypes())));
  }
}

void Generator::add_cardinality(const Term& shape) {
  say(shape, chance(50) ? "minCount" : "maxCount", integer(below(3)));
}

void Generator::add_range(const Term& shape) {
  static const std::vector<std::string> names{"minExclusive", "minInclusive", "maxExclusive", "maxInclusive"};
  say(shape, any(names), literal());
}

void Generator::add_strings(const Term& shape, bool is_property) {
  static const std::vector<std::string> patterns{"^a", "B$", "^[a-z]+$", "é", "^.{3}$", "[0-9]", "^$", "ex\\.test"};
  static const std::vector<std::string> ranges{"en", "EN", "fr", "fr-CA", "de", "*", "e"};
  switch (below(5)) {
    case 0:
      return say(shape, "minLength", integer(below(5)));
    case 1:
      return say(shape, "maxLength", integer(below(5)));
    case 2:
      say(shape, "pattern", Term::literal(any(patterns)));
      if (chance(40)) say(shape, "flags", Term::literal("i"));
      return;
    case 3:
      if (is_property) return say(shape, "uniqueLang", chance(85) ? true_term : xsd("false", "boolean"));
      [[fallthrough]];
    default: {
      std::vector<Term> members;
      for (std::size_t i = below(3); i > 0; --i) members.push_back(Term::literal(any(ranges)));
      return say(shape, "languageIn", list(members));
    }
  }
}

void Generator::add_pair(const Term& shape, bool is_property) {
  static const std::vector<std::string> names{"equals", "disjoint", "lessThan", "lessThanOrEquals"};
  say(shape, names[below(is_property ? 4 : 2)], predicate());
}

void Generator::add_logic(const Term& shape, std::size_t depth) {
  static const std::vector<std::string> names{"and", "or", "xone"};
  if (chance(30)) return say(shape, "not", some_shape(depth));
  say(shape, any(names), list(some_shapes(depth)));
}

void Generator::add_nested(const Term& shape, std::size_t depth) {
  for (std::size_t i = 1 + below(2); i > 0; --i) {
    if (chance(30)) {
      say(shape, "node", node_shape(depth));
    } else {
      say(shape, "property", property_shape(depth));
    }
  }
}

void Generator::add_qualified(const Term& shape, std::size_t depth) {
  if (said_.contains({shape, "qualifiedValueShape"})) return;
  say(shape, "qualifiedValueShape", some_shape(depth));
  const bool both = chance(20);
  const bool minimum = chance(50);
  if (both || minimum) say(shape, "qualifiedMinCount", integer(below(3)));
  if (both || !minimum) say(shape, "qualifiedMaxCount", integer(below(3)));
  if (chance(70)) say(shape, "qualifiedValueShapesDisjoint", true_term);
}

void Generator::add_others(const Term& shape) {
  switch (below(3)) {
    case 0: {
      say(shape, "closed", chance(85) ? true_term : xsd("false", "boolean"));
      std::vector<Term> ignored;
      for (std::size_t i = below(3); i > 0; --i) ignored.push_back(predicate());
      if (chance(60)) say(shape, "ignoredProperties", list(ignored));
      return;
    }
    case 1:
      return say(shape, "hasValue", value());
    default: {
      std::vector<Term> members;
      for (std::size_t i = below(12); i > 0; --i) members.push_back(value());
      return say(shape, "in", list(members));
    }
  }
}

// ---- node expressions

/// Two, of two arguments a and b: whether they are the same, and the first, for which there need be no second.
void Generator::declare_functions() {
  for (const char* const name : {"same", "first"}) {
    const bool is_same = std::string_view(name) == "same";
    const Term function = Term::iri(ex + name);
    made_.push_back({function, Term::iri(rdf::rdf::type), sh("SPARQLFunction"), {}});
    for (const char* const parameter : {"a", "b"}) {
      const Term node = fresh_blank();
      made_.push_back({function, sh("parameter"), node, {}});
      say(node, "path", Term::iri(ex + parameter));
      if (!is_same && std::string_view(parameter) == "b") say(node, "optional", true_term);
    }
    say(function, is_same ? "ask" : "select",
        Term::literal(is_same ? "ASK { FILTER (sameTerm($a, $b)) }" : "SELECT ($a AS ?it) {}"));
  }
}

void Generator::add_expression(const Term& shape, std::size_t depth) { say(shape, "expression", expression(2, depth)); }

/// Often about true, so that some hold.
Term Generator::expression(std::size_t depth, std::size_t shape_depth) {
  const std::size_t kind = depth == 0 ? below(3) : below(9);
  if (kind == 0) return sh("this");
  if (kind == 1) return true_term;
  if (kind == 2 && chance(40)) {
    const Term constant = value();
    if (!constant.is_blank()) return constant;
  }
  const Term node = fresh_blank();
  const auto inner = [&] { return expression(depth == 0 ? 0 : depth - 1, shape_depth); };
  if (kind <= 4) {
    say(node, "path", path(1));
    if (depth > 0 && chance(40)) say(node, "nodes", inner());
  } else if (kind == 5) {
    say(node, "filterShape", some_shape(shape_depth == 0 ? 0 : shape_depth - 1));
    say(node, "nodes", inner());
  } else if (kind >= 7) {
    std::vector<Term> arguments;
    for (std::size_t i = chance(85) ? 2 : 1; i > 0; --i) arguments.push_back(inner());
    made_.push_back({node, Term::iri(ex + (chance(75) ? "same" : "first")), list(arguments), {}});
  } else {
    std::vector<Term> parts;
    for (std::size_t i = 2 + below(2); i > 0; --i) parts.push_back(inner());
    say(node, chance(60) ? "union" : "intersection", list(parts));
  }
  return node;
}

}  // namespace scenograph::shacl::naive
