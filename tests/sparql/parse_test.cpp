#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "sparql/algebra/to_string.hpp"
#include "sparql/parse/parser.hpp"

using namespace scenograph;
using namespace scenograph::sparql;

namespace {

/// "Code line:column message".
std::string error_of(const std::string& text, bool is_update = false) {
  try {
    if (is_update) {
      (void)parse_update(text);
    } else {
      (void)parse_query(text);
    }
  } catch (const base::Error& error) {
    return std::string(base::name_of(error.code())) + " " + std::to_string(error.where().line) + ":" +
           std::to_string(error.where().column) + " " + error.message();
  }
  return "no error";
}

}  // namespace

TEST_CASE("Queries become algebra", "[parse]") {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"SELECT * { ?s <x:p> 1 OPTIONAL { ?s <x:q> ?o FILTER(?o > -1.5) } }",
       "Select ?s ?o\n"
       "  LeftJoin (> ?o \"-1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>)\n"
       "    Bgp\n      ?s <x:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
       "    Bgp\n      ?s <x:q> ?o\n"},
      {"SELECT * { OPTIONAL { { ?s <x:q> ?o FILTER(?o) } } }",
       "Select ?s ?o\n  LeftJoin\n    Bgp\n    Filter ?o\n      Bgp\n        ?s <x:q> ?o\n"},
      {"ASK { ?s ?p _:a FILTER(!?p) _:a ^<x:p>/<x:q>* [] }",
       "Ask\n  Filter (! ?p)\n    Bgp\n      ?s ?p _:a\n      _:a (^<x:p>/(<x:q>)*) _:[1]\n"},
      {"SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a ?c } GROUP BY ?c HAVING (COUNT(*) > 2) ORDER BY DESC(?n) LIMIT 3",
       "Select ?n := (COUNT distinct ?x)\n  Limit 3\n  OrderBy desc ?n\n"
       "  Having (> (COUNT *) \"2\"^^<http://www.w3.org/2001/XMLSchema#integer>)\n  Group ?c\n"
       "  Bgp\n    ?x <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?c\n"},
      {"BASE <http://ex.test/a/> PREFIX : <b#> SELECT ?x { ?x :p\\,q '''é\\n\\u00E9'''@EN-gb } VALUES ?x { UNDEF "
       "<../c> }",
       "Select ?x\n  Join\n    Bgp\n      ?x <http://ex.test/a/b#p,q> \"é\\né\"@en-gb\n"
       "    Values ?x\n      (UNDEF)\n      (<http://ex.test/c>)\n"},
      {"ASK { ?a <x:p> ?b MINUS { ?a <x:q> ?b } BIND(1+-2*3 AS ?c) }",
       "Ask\n  Extend ?c := (+ \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> (* "
       "\"-2\"^^<http://www.w3.org/2001/XMLSchema#integer> \"3\"^^<http://www.w3.org/2001/XMLSchema#integer>))\n"
       "    Minus\n      Bgp\n        ?a <x:p> ?b\n      Bgp\n        ?a <x:q> ?b\n"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    CHECK(algebra::to_string(parse_query(each.text)) == each.expected);
  }
}

TEST_CASE("Faults are named with their place", "[parse]") {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"SELECT ?x {\n  ?x schema:name ?n }",
       "BadSyntax 2:6 the prefix «schema:» is not declared; did you forget PREFIX schema: <http://schema.org/>?"},
      {"SELECT ?who WHERE { ?who }", "BadSyntax 1:26 expected a predicate, found «}»"},
      {"SELECT ?x { ?x <x:p> ?y ?x <x:q> ?z }", "BadSyntax 1:25 expected «.» between two triples, found «?x»"},
      {"ASK { ?é <x:p> \"abc }",
       "BadSyntax 1:16 this string has no closing \"; one over several lines needs three "
       "quotes on each side"},
      {"ASK { <a> <x:p> 1 }",
       "BadSyntax 1:7 <a> is relative and there is no base: write the whole IRI, or BASE before"},
      {"ASK { FILTER(SUBSTR(?x)) }", "BadSyntax 1:14 SUBSTR takes 2 or 3 arguments, here are 1"},
      {"ASK { FILTER(NOSUCH(?x)) }", "BadSyntax 1:14 there is no function NOSUCH"},
      {"SELECT ?x ?y { ?x ?p ?y } GROUP BY ?x",
       "BadSyntax 1:11 ?y is neither in GROUP BY nor within an aggregate: add "
       "it to GROUP BY, or take SAMPLE(?y)"},
      {"ASK { ?x ?p ?y BIND(1 AS ?y) }",
       "BadSyntax 1:26 ?y has a value in this group already: BIND to another variable"},
      {"ASK { _:a ?p ?y OPTIONAL { _:a ?q ?z } }",
       "BadSyntax 1:28 _:a is used in another basic graph pattern already: take a variable such as ?a"},
      {"ASK { FILTER(COUNT(?x) > 1) }",
       "BadSyntax 1:14 COUNT is an aggregate: it may stand in SELECT, HAVING and ORDER BY only"},
      {"SELECT * { ?x ?p ?y } LIMIT x", "BadSyntax 1:29 expected a whole number, found «x»"},
      {"\\u0053ELECT ?x {} ?", "BadSyntax 1:19 expected the end of the query, found «?»"},
      {"", "BadSyntax 1:1 expected SELECT, ASK, CONSTRUCT, DESCRIBE, PREFIX or BASE, found the end"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    CHECK(error_of(each.text) == each.expected);
  }
  CHECK(error_of("INSERT DATA { <x:a> <x:b> ?c }", true) ==
        "BadSyntax 1:27 a variable cannot stand in DATA: that takes INSERT or DELETE with WHERE");
  CHECK(error_of("DELETE { <x:a> <x:b> [] } WHERE {}", true) ==
        "BadSyntax 1:22 a blank node cannot stand in DELETE: find it by a variable in WHERE");
}

TEST_CASE("The usual prefixes are offered, and known where that is asked for", "[parse]") {
  const std::string query = "SELECT * { ?s schema:name ?n SERVICE <x:e> { ?s foaf:name ?n } }";
  CHECK(error_of(query) ==
        "BadSyntax 1:15 the prefix «schema:» is not declared; did you forget PREFIX schema: "
        "<http://schema.org/>?");
  ParseOptions options;
  options.usual_prefixes = true;
  const std::string found = algebra::to_string(parse_query(query, options));
  CHECK(found.find("?s <http://schema.org/name> ?n") != std::string::npos);
  CHECK(parse_query(query, options).pattern.children.at(1).prologue == "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n");
  CHECK(algebra::to_string(parse_query("PREFIX schema: <x:own/> ASK { ?s schema:name ?n }", options))
            .find("<x:own/name>") != std::string::npos);
  CHECK_THROWS_WITH(parse_query("ASK { ?s unusual:name ?n }", options), Catch::Contains("PREFIX unusual: <…>"));
}

TEST_CASE("What a text grows to is charged before it is there", "[parse]") {
  const auto repeated = [](const std::string& unit, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += unit;
    return out;
  };
  const std::string long_name(100'000, 'a');
  const std::vector<std::string> texts = {
      "PREFIX : <x:" + long_name + "> SELECT * { " + repeated("?s : ?o . ", 1000) + "}",
      "BASE <x:/" + long_name + "/> SELECT * { " + repeated("?s <b> ?o . ", 1000) + "}",
      "SELECT * { <x:" + long_name + "> <x:p> 1 " + repeated(", 1", 1000) + "}",
      "SELECT * { ?s " + repeated("<x:p>|", 1000) + "<x:p> ?o " + repeated(", ?o", 1000) + "}",
      "SELECT * { ?s ?p (" + repeated("1 ", 100'000) + ") }",
      "SELECT * { VALUES ?x {" + repeated("1 ", 200'000) + "} }",
      "SELECT * { ?s ?p '" + repeated("texts ", 10'000'000) + "' }",
  };
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 40));
    base::Budget budget(std::chrono::milliseconds(0), std::size_t{32} << 20U);
    base::Charge charge(budget);
    ParseOptions options;
    options.charge = &charge;
    CHECK_THROWS_WITH(parse_query(text, options), Catch::Contains("needs more than 32 MiB"));
  }
}

TEST_CASE("The deadline and cancellation end the reading of a text", "[parse]") {
  base::Budget budget;
  ParseOptions options;
  options.budget = &budget;
  std::string text = "SELECT * { VALUES ?x {";
  for (int i = 0; i < 100'000; ++i) text += " 1";
  CHECK_NOTHROW(parse_query(text + "} }", options));
  budget.cancel();
  CHECK_THROWS_WITH(parse_query(text + "} }", options), "the request was cancelled");
}

TEST_CASE("Nesting has limits", "[parse]") {
  const auto nested = [](const std::string& open, const std::string& close, std::size_t depth) {
    std::string text = "ASK ";
    for (std::size_t i = 0; i < depth; ++i) text += open;
    for (std::size_t i = 0; i < depth; ++i) text += close;
    return text;
  };
  CHECK(error_of(nested("{", "}", 200)) == "no error");
  CHECK(error_of(nested("{", "}", 100'000)).starts_with("TooLarge"));
  CHECK(error_of("ASK { ?x ?p " + nested("(", ")", 100'000).substr(4) + "}").starts_with("TooLarge"));
  CHECK(error_of("ASK { ?x " + nested("(", ")", 100'000).substr(4) + "}").starts_with("TooLarge"));
  CHECK(error_of("ASK { FILTER " + nested("(", ")", 100'000).substr(4) + "}").starts_with("TooLarge"));
  CHECK(error_of("ASK { FILTER (" + nested("!", "", 100'000).substr(4) + "1)}").starts_with("TooLarge"));
  CHECK(error_of("ASK {" + nested("OPTIONAL {} ", "", 100'000).substr(4) + "}").starts_with("TooLarge"));
  CHECK(error_of("ASK { FILTER (1 " + nested("+ 1 ", "", 100'000).substr(4) + ")}").starts_with("TooLarge"));
  CHECK(error_of("ASK { FILTER (1 " + nested("|| 1 ", "", 100'000).substr(4) + ")}") == "no error");
}
