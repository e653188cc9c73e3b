#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "shacl/validate.hpp"
#include "sparql/memory_view.hpp"

// One run of a query for all focus nodes against one for each of them, over generated queries and data.

namespace scenograph::shacl {

namespace {

using rdf::Term;

const std::string ns = "http://ex.test/";
const std::string sh = "http://www.w3.org/ns/shacl#";

Term iri(const std::string& name) { return Term::iri(ns + name); }

/// Writes queries with the variables ?this, ?a to ?d, and ?v1, ?v2 … of BIND.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string query(bool is_ask) {
    fresh_ = 0;
    pre_bound_ = is_ask ? "$this $value $parameter" : "$this";
    const std::string where = group(3);
    if (is_ask) return "ASK " + where;
    switch (below(6)) {
      case 0:
        return "SELECT $this (COUNT(?a) AS ?value) " + where + " GROUP BY $this";
      case 1:
        return "SELECT $this (?b AS ?value) ?c " + where + " GROUP BY ?b ?c $this HAVING (COUNT(*) < 3)";
      case 2:
        return "SELECT DISTINCT $this (?a AS ?value) " + where;
      case 3:
        return "SELECT DISTINCT (?a AS ?value) " + where + " ORDER BY $this";
      default:
        return "SELECT $this (?a AS ?value) ?b " + where;
    }
  }

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  std::string name() { return "n" + std::to_string(below(5)); }
  std::string predicate() { return std::string(1, "pqr"[below(3)]); }

 private:
  std::string variable() {
    constexpr std::array names{"$this", "$this", "?a", "?b", "?c", "?d", "$value", "$value", "$parameter"};
    return names[below(pre_bound_ == "$this" ? 6 : names.size())];
  }

  std::string node() { return below(6) == 0 ? fmt::format("<{}{}>", ns, name()) : variable(); }

  std::string path() {
    const std::string one = fmt::format("<{}{}>", ns, predicate());
    switch (below(12)) {
      case 0:
        return one + "+";
      case 1:
        return one + "*";
      case 2:
        return fmt::format("(^{}|<{}{}>)", one, ns, predicate());
      case 3:
        return fmt::format("{}/<{}{}>", one, ns, predicate());
      case 4:
        return "?d";
      default:
        return one;
    }
  }

  std::string triple() { return fmt::format("{} {} {} . ", node(), path(), node()); }

  std::string condition(int depth) {
    switch (below(7)) {
      case 0:
        return fmt::format("({} = {})", variable(), node());
      case 1:
        return fmt::format("({} != {})", variable(), node());
      case 2:
        return fmt::format("BOUND({})", variable());
      case 3:
        return fmt::format("(!BOUND({}) || {} = {})", variable(), variable(), node());
      case 4:
        return fmt::format("(STR({}) < STR({}))", variable(), node());
      default:
        break;
    }
    if (depth == 0) return "(true)";
    return (below(2) == 0 ? "EXISTS " : "NOT EXISTS ") + group(depth - 1);
  }

  std::string element(int depth) {
    const auto kind = below(depth == 0 ? 4 : 10);
    if (kind < 3) return triple();
    switch (kind) {
      case 3:
        return fmt::format("FILTER {} ", condition(depth));
      case 4:
        return fmt::format("OPTIONAL {} ", group(depth - 1));
      case 5:
        return fmt::format("{} UNION {} ", group(depth - 1), group(depth - 1));
      case 6:
        return group(depth - 1);
      case 7:
        return fmt::format("{{ SELECT {} {} ?a {} }} ", below(2) == 0 ? "DISTINCT" : "", pre_bound_, group(depth - 1));
      case 8:
        return fmt::format("{{ SELECT {0} (COUNT(?b) AS ?v{1}) {2} GROUP BY {0} }} ", pre_bound_, ++fresh_,
                           group(depth - 1));
      default:
        return fmt::format("BIND ({} AS ?v{}) ", variable(), ++fresh_);
    }
  }

  std::string group(int depth) {
    std::string out = "{ ";
    for (std::size_t i = below(4); i > 0; --i) out += element(depth);
    return out + "} ";
  }

  std::mt19937 random_;
  int fresh_ = 0;
  std::string pre_bound_;
};

std::vector<rdf::Quad> shapes_with(const std::string& query, bool is_ask) {
  const Term shape = iri("S");
  const Term rule = Term::blank("rule");
  std::vector<rdf::Quad> quads;
  const auto add = [&](const Term& subject, const std::string& predicate, const Term& object) {
    quads.push_back({subject, Term::iri(predicate), object, {}});
  };
  for (int i = 0; i < 5; ++i) add(shape, sh + "targetNode", iri("n" + std::to_string(i)));
  add(rule, sh + (is_ask ? "ask" : "select"), Term::literal(query));
  if (!is_ask) {
    add(shape, sh + "sparql", rule);
    return quads;
  }
  const Term parameter = Term::blank("parameter");
  add(iri("C"), sh + "parameter", parameter);
  add(iri("C"), sh + "validator", rule);
  add(parameter, sh + "path", iri("parameter"));
  add(shape, ns + "parameter", Term::literal("1"));
  return quads;
}

std::vector<std::string> results(const store::View& view, const Shapes& shapes, bool node_by_node) {
  Options options;
  options.node_by_node = node_by_node;
  base::Budget budget;
  const Report report = validate(view, shapes, options, budget);
  std::vector<std::string> lines;
  for (const Result& result : report.results) {
    lines.push_back(rdf::to_ntriples(result.focus_node) + " " + rdf::to_ntriples(result.value.value_or(Term{})));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

TEST_CASE("queries for all focus nodes at once find what queries for each find", "[sparql]") {
  Generator generator(20260714);
  std::size_t found = 0;
  for (int round = 0; round < 3000; ++round) {
    sparql::tests::MemoryView view;
    for (int i = 0; i < 9; ++i) {
      view.add(iri(generator.name()), iri(generator.predicate()), iri(generator.name()));
    }
    const bool is_ask = round % 3 == 0;
    const std::string query = generator.query(is_ask);
    const Shapes shapes = load_shapes(shapes_with(query, is_ask));
    INFO(query);
    const auto expected = results(view, shapes, true);
    CHECK(results(view, shapes, false) == expected);
    found += expected.size();
  }
  CHECK(found > 1000);
}

}  // namespace scenograph::shacl
