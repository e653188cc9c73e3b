#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "shacl/validate.hpp"
#include "sparql/memory_view.hpp"
#include "support/turtle.hpp"

namespace scenograph::shacl {

namespace {

const std::string prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://x/> . ";

Shapes load(const std::string& turtle) {
  LoadOptions options;
  options.skip_unsupported = true;
  return load_shapes(tests::from_turtle(prefixes + turtle), options);
}

}  // namespace

TEST_CASE("recursion that is left out", "[shacl]") {
  const std::string shape = R"(:S sh:targetSubjectsOf :part ; sh:property [ sh:path :name ; sh:minCount 1 ] , :P .
                               :P sh:path :part ; sh:or ( [ sh:node :S ] [ sh:nodeKind sh:Literal ] ) ; sh:minCount 1 .)";

  SECTION("what closes the cycle is not checked, the rest is, and the report says so") {
    sparql::tests::MemoryView view;
    for (const auto& quad : tests::from_turtle("@prefix : <http://x/> . :a :part :b . :b :part :c ; :name 'b' .")) {
      view.add(quad.subject, quad.predicate, quad.object);
    }
    base::Budget budget;
    const Report report = validate(view, load(shape), {}, budget);
    REQUIRE(report.results.size() == 1);
    CHECK(report.results.front().focus_node.value == "http://x/a");
    CHECK(report.check_of(report.results.front()).component == Component::MinCount);
    REQUIRE(report.notices.size() == 1);
    CHECK(report.notices.front().message.en ==
          "shape <http://x/S> is recursive, which SHACL leaves undefined: <http://x/S> → <http://x/P> → <http://x/P> › "
          "sh:or → <http://x/S>; what closes the cycle was not checked");
  }

  SECTION("not where nodes may do well not to conform") {
    CHECK_THROWS_AS(load(":S sh:targetNode :x ; sh:not [ sh:node :S ] ."), base::Error);
    CHECK_THROWS_AS(load(":S sh:targetNode :x ; sh:xone ( [ sh:node :S ] [ sh:nodeKind sh:IRI ] ) ."), base::Error);
    CHECK_THROWS_AS(load(":S sh:targetNode :x ; sh:property [ sh:path :p ; sh:qualifiedMaxCount 1 ; "
                         "sh:qualifiedValueShape [ sh:node :S ] ] ."),
                    base::Error);
    CHECK_NOTHROW(load(":S sh:targetNode :x ; sh:not [ sh:nodeKind sh:Literal ] ; sh:and ( [ sh:node :S ] ) ."));
    CHECK_NOTHROW(load(":N sh:targetNode :x ; sh:not :S . :S sh:property [ sh:path :p ; sh:node :S ] ."));
  }
}

TEST_CASE("a notice tells of shapes that check nothing, unless they belong to a deactivated one", "[shacl]") {
  const auto shapes = load(R"(:S a sh:NodeShape ; sh:targetNode :x ; sh:deactivated true ; sh:property :P .
                              :P a sh:PropertyShape ; sh:path :p . :Q a sh:PropertyShape ; sh:path :q .)");
  REQUIRE(shapes.notices.size() == 1);
  CHECK(shapes.notices.front().field == "http://x/Q");
}

}  // namespace scenograph::shacl
