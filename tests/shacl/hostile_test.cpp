#include <catch2/catch.hpp>

#include <chrono>
#include <string>

#include "base/error.hpp"
#include "shacl/validate.hpp"
#include "sparql/memory_view.hpp"
#include "support/refusal.hpp"

// Shapes whose queries mean ill: they are refused, stopped, or done in time.

namespace scenograph::shacl {

namespace {

using rdf::Term;
using tests::code_of;
using tests::repeated;

const std::string sh = "http://www.w3.org/ns/shacl#";

Shapes shapes_with(const std::string& query, const LoadOptions& options = {}) {
  const Term shape = Term::iri("http://ex.test/S");
  const Term rule = Term::iri("http://ex.test/Q");
  return load_shapes(
      std::vector<rdf::Quad>{
          {shape, Term::iri(sh + "targetNode"), Term::iri("http://ex.test/n1"), {}},
          {shape, Term::iri(sh + "targetNode"), Term::iri("http://ex.test/n2"), {}},
          {shape, Term::iri(sh + "sparql"), rule, {}},
          {rule, Term::iri(sh + "select"), Term::literal(query), {}},
      },
      options);
}

sparql::tests::MemoryView chain(int length) {
  sparql::tests::MemoryView view;
  for (int i = 0; i < length; ++i) {
    view.add(Term::iri("http://ex.test/n" + std::to_string(i)), Term::iri("http://ex.test/p"),
             Term::iri("http://ex.test/n" + std::to_string(i + 1)));
  }
  return view;
}

}  // namespace

TEST_CASE("a query that is too long is refused", "[sparql]") {
  LoadOptions options;
  options.max_query_bytes = 1000;
  CHECK(code_of([&] { static_cast<void>(shapes_with("SELECT $this {}" + std::string(1000, ' '), options)); }) ==
        base::Code::TooLarge);
}

TEST_CASE("a query that nests too deep is refused", "[sparql]") {
  const std::string query = "SELECT $this " + repeated(100'000, "{") + repeated(100'000, "}");
  CHECK(code_of([&] { static_cast<void>(shapes_with(query)); }) == base::Code::TooLarge);
}

TEST_CASE("a query that nests deep is validated by", "[sparql]") {
  std::string binds;
  for (int i = 0; i < 600; ++i) binds += "BIND ($this AS ?v" + std::to_string(i) + ") ";
  const std::string query =
      "SELECT $this { " + repeated(200, "$this <http://ex.test/p> ?x { ") + binds + repeated(200, "}") + " }";
  const Shapes shapes = shapes_with(query);
  base::Budget budget;
  CHECK(validate(chain(3), shapes, {}, budget).total == 2);
}

TEST_CASE("a query that never ends is stopped by the budget", "[sparql]") {
  std::string triples = "$this ?p ?o . ";
  for (int i = 0; i < 9; ++i) {
    const std::string number = std::to_string(i);
    triples += "?a" + number + " ?b" + number + " ?c" + number + " . ";
  }
  const Shapes shapes = shapes_with("SELECT $this (COUNT(*) AS ?value) { " + triples + "} GROUP BY $this");
  const auto view = chain(40);
  for (const bool node_by_node : {false, true}) {
    Options options;
    options.node_by_node = node_by_node;
    base::Budget budget(std::chrono::milliseconds(20), 0);
    CHECK(code_of([&] { static_cast<void>(validate(view, shapes, options, budget)); }) == base::Code::Timeout);
  }
}

TEST_CASE("what queries hold is charged to the budget", "[sparql]") {
  const Shapes shapes = shapes_with("SELECT DISTINCT $this ?a ?b ?c { $this ?p ?o . ?a ?q ?x . ?b ?r ?y . ?c ?s ?z }");
  base::Budget budget(std::chrono::milliseconds(0), std::size_t{1} << 20U);
  CHECK(code_of([&] { static_cast<void>(validate(chain(60), shapes, {}, budget)); }) == base::Code::OutOfMemory);
}

}  // namespace scenograph::shacl
