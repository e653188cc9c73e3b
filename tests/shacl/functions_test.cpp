#include <catch2/catch.hpp>

#include <chrono>
#include <set>
#include <string>

#include "base/error.hpp"
#include "shacl/validate.hpp"
#include "sparql/memory_view.hpp"
#include "support/refusal.hpp"
#include "support/turtle.hpp"

// Functions of shapes graphs: what they may spend, and what goes wrong. What they do is in tests/cases/shacl.

namespace scenograph::shacl {

namespace {

using rdf::Term;
using sparql::tests::MemoryView;
using tests::code_of;
using tests::repeated;

const std::string prefixes =
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://x/> . "
    ": sh:declare [ sh:prefix '' ; sh:namespace 'http://x/' ] . ";

Shapes load(const std::string& turtle, const LoadOptions& options = {}) {
  return load_shapes(tests::from_turtle(prefixes + turtle), options);
}

/// Nodes n0, n1 … of the class :T, each with the next one as its :p.
MemoryView chain(std::size_t length) {
  MemoryView view;
  for (std::size_t i = 0; i < length; ++i) {
    const Term node = Term::iri("http://x/n" + std::to_string(i));
    view.add(node, Term::iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), Term::iri("http://x/T"));
    view.add(node, Term::iri("http://x/p"), Term::iri("http://x/n" + std::to_string(i + 1)));
  }
  return view;
}

class CountingView final : public MemoryView {
 public:
  explicit CountingView(const MemoryView& other) : MemoryView(other) {}

  std::unique_ptr<store::Scan> scan(const store::ScanRequest& request) const override {
    ++scans;
    return MemoryView::scan(request);
  }

  mutable std::size_t scans = 0;
};

}  // namespace

TEST_CASE("a call for the same arguments is made once", "[functions]") {
  const Shapes shapes = load(R"(
    :f a sh:SPARQLFunction ; sh:parameter [ sh:path :n ] ; sh:prefixes : ; sh:ask "ASK { :n1 :p ?o FILTER ($n < 3) }" .
    :S sh:targetClass :T ; sh:sparql [ sh:prefixes : ; sh:select "SELECT $this { FILTER (!:f(STRLEN(STR($this)) / 100)) }" ] .)");
  const CountingView view(chain(900));
  base::Budget budget;
  CHECK(validate(view, shapes, {}, budget).total == 0);
  CHECK(view.scans < 90);  // node names are of three lengths
}

TEST_CASE("functions that give another value each time are called each time", "[functions]") {
  const Shapes shapes = load(R"(
    :random a sh:SPARQLFunction ; sh:select "SELECT (STRUUID() AS ?r) {}" .
    :other a sh:SPARQLFunction ; sh:prefixes : ; sh:select "SELECT (:random() AS ?r) {}" .
    :blank a sh:SPARQLFunction ; sh:prefixes : ; sh:select "SELECT (BNODE() AS ?r) {}" .
    :S sh:targetClass :T ; sh:sparql [ sh:prefixes : ; sh:select "SELECT $this (:other() AS ?value) { $this :p ?o }" ] ,
      [ sh:prefixes : ; sh:select "SELECT $this (:blank() AS ?value) { $this :p ?o }" ] .)");
  for (const bool node_by_node : {false, true}) {
    Options options;
    options.node_by_node = node_by_node;
    base::Budget budget;
    const Report report = validate(chain(50), shapes, options, budget);
    std::set<Term> values;
    for (const Result& result : report.results) values.insert(result.value.value());
    CHECK(values.size() == 100);
  }
}

TEST_CASE("what functions do counts towards the budget", "[functions]") {
  const Shapes shapes = load(R"(
    :many a sh:SPARQLFunction ; sh:parameter [ sh:path :n ] ; sh:prefixes : ;
      sh:select "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?c), STR(?e), $n)) AS ?count) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }" .
    :S sh:targetClass :T ; sh:sparql [ sh:prefixes : ; sh:select "SELECT $this { FILTER (:many(STR($this)) = 0) }" ] .
    :E sh:targetClass :T ; sh:expression [ :many ( "x" ) ] .)");
  const MemoryView view = chain(100);
  base::Budget hurried(std::chrono::milliseconds(20), 0);
  CHECK(code_of([&] { static_cast<void>(validate(view, shapes, {}, hurried)); }) == base::Code::Timeout);
  base::Budget small(std::chrono::milliseconds(0), std::size_t{1} << 20U);
  CHECK(code_of([&] { static_cast<void>(validate(view, shapes, {}, small)); }) == base::Code::OutOfMemory);
}

TEST_CASE("functions that call each other without end are stopped, however large they are", "[functions]") {
  const std::string large = repeated(100, "OPTIONAL { ?x :p ?y ") + repeated(100, "}");
  const Shapes shapes = load(R"(
    :f a sh:SPARQLFunction ; sh:parameter [ sh:path :n ] ; sh:prefixes : ;
      sh:select "SELECT ?value { ?x :p :n2 )" +
                             large + R"( BIND (:f($n + 1) AS ?value) }" .
    :S sh:targetNode :n1 ; sh:sparql [ sh:prefixes : ; sh:select "SELECT $this { FILTER (:f(0) = 0) }" ] .)");
  base::Budget budget;
  CHECK(code_of([&] { static_cast<void>(validate(chain(3), shapes, {}, budget)); }) == base::Code::TooLarge);
}

TEST_CASE("a long chain of functions is read", "[functions]") {
  std::string turtle;
  for (int i = 0; i < 2000; ++i) {
    const std::string name = ":f" + std::to_string(i);
    turtle += name + " a sh:SPARQLFunction ; sh:prefixes : ; sh:select \"SELECT (" +
              (i < 1999 ? ":f" + std::to_string(i + 1) + "()" : "RAND()") + " AS ?r) {}\" . ";
  }
  const Shapes shapes = load(turtle + R"(:S sh:targetNode :n1 ; sh:sparql [ sh:prefixes : ;
    sh:select "SELECT $this { FILTER (:f1990() < 2) FILTER (:f0 () < 2) }" ] .)");
  CHECK(shapes.functions.size() == 2000);
  base::Budget budget;
  CHECK(code_of([&] { static_cast<void>(validate(chain(3), shapes, {}, budget)); }) == base::Code::TooLarge);
}

TEST_CASE("the fault of a function has the function's place", "[functions]") {
  LoadOptions options;
  options.place_of = [](const Term& node) {
    return base::Where{"shapes.ttl", node.value == "http://x/f" ? 7U : 1U, 1};
  };
  for (const char* const fault :
       {"sh:select 'SELECT ?a ?b {}'", "sh:select 'nonsense'", "sh:ask 'ASK {}' , 'ASK { }'",
        "sh:ask 'ASK {}' ; sh:returnType 1", "sh:ask 'ASK {}' ; sh:parameter [ sh:path :this ]",
        "sh:select 'SELECT ?x { VALUES ?x { 1 } }'", "sh:ask 'SELECT ?x {}'", "sh:order 1"}) {
    CAPTURE(fault);
    try {
      static_cast<void>(load(":f a sh:SPARQLFunction ; " + std::string(fault) + R"( .
        :S sh:targetNode :x ; sh:expression [ :f () ] .)",
                             options));
      FAIL("was not refused");
    } catch (const base::Error& error) {
      CHECK(error.code() == base::Code::BadData);
      CHECK(error.where().line == 7);
    }
  }
}

TEST_CASE("an expression that is not supported may be left out", "[functions]") {
  LoadOptions options;
  options.skip_unsupported = true;
  const Shapes shapes = load(R"(:S sh:targetClass :T ; sh:expression [ :f () ] , [ sh:path :p ] .)", options);
  REQUIRE(shapes.notices.size() == 1);
  CHECK(shapes.notices.front().field == "<http://x/S>");
  base::Budget budget;
  CHECK(validate(chain(3), shapes, {}, budget).total == 3);
}

TEST_CASE("threads call functions by themselves", "[functions]") {
  const Shapes shapes = load(R"(
    :next a sh:SPARQLFunction ; sh:parameter [ sh:path :it ] ; sh:prefixes : ; sh:select "SELECT ?o { $it :p ?o }" .
    :S sh:targetClass :T ; sh:expression [ :next ( sh:this ) ] ;
      sh:sparql [ sh:prefixes : ; sh:select "SELECT $this (:next(:next($this)) AS ?value) {}" ] .)");
  const MemoryView view = chain(3000);
  Options options;
  options.threads = 4;
  base::Budget budget;
  CHECK(validate(view, shapes, options, budget).total == 6000);
}

}  // namespace scenograph::shacl
