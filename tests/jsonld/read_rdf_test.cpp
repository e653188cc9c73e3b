#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "canon/compare.hpp"
#include "jsonld/any_syntax.hpp"
#include "jsonld/internal/top_level.hpp"
#include "jsonld/processor.hpp"
#include "support/nquads.hpp"

using namespace scenograph;
using jsonld::TopLevel;

namespace {

std::vector<rdf::Quad> read(const std::string& text, const std::string& base = "http://site.test/a") {
  std::vector<rdf::Quad> quads;
  jsonld::ProcessorOptions options;
  options.base = base;
  jsonld::read_rdf(text, "test", options, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

std::vector<rdf::Quad> read_in_full(const std::string& text) {
  std::vector<rdf::Quad> quads;
  jsonld::ProcessorOptions options;
  options.base = "http://site.test/a";
  jsonld::to_rdf(jsonld::expand(jsonld::parse_json(text, "test"), options), options,
                 [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

struct Parts {
  std::vector<std::string> elements;
  std::string context;
  TopLevel::Shape shape = TopLevel::Shape::Other;
};

/// Fed in pieces of a size.
Parts cut(const std::string& text, std::size_t size) {
  Parts parts;
  TopLevel top([&parts](std::string_view part, std::uint64_t line, std::uint64_t column) {
    parts.elements.push_back(std::to_string(line) + ":" + std::to_string(column) + " " + std::string(part));
  });
  for (std::size_t at = 0; at < text.size(); at += size) top.feed(std::string_view(text).substr(at, size));
  parts.context = top.context();
  parts.shape = top.shape();
  return parts;
}

}  // namespace

TEST_CASE("What is read directly is what the algorithms in full make") {
  const std::string context = R"("@context": ["https://schema.org", {"ex": "http://ex.test/", "n": {"@id": "ex:n",
    "@container": "@list"}, "l": {"@id": "ex:l", "@container": "@language"}, "r": {"@reverse": "ex:r"},
    "T": {"@id": "ex:T", "@context": {"name": "ex:other"}}, "d": {"@id": "ex:d", "@type": "xsd:decimal"},
    "de": {"@id": "ex:de", "@language": "DE"}, "j": {"@id": "ex:j", "@type": "@json"}}])";
  for (
      const std::string entries :
      {R"("name": "a", "name": "b")", R"("name": "a", "name": null)", R"("@id": "x", "id": null)",
       R"("@id": "#x", "url": ["/y", "mailto:a@ex.test", "ex:z", "not an IRI"])",
       R"("@type": ["Event", "T"], "name": "q")",
       R"("@type": "Event", "name": {"@value": "a", "@language": "FR"}, "d": [1, 2.5, true, "3", 1e30])",
       R"("n": [1, [2], {"name": "x"}], "l": {"fr": "a", "en": ["b"]}, "r": {"@id": "z"}, "j": {"a": [1]})",
       R"("location": {"@type": "T", "name": "inner", "location": {"name": "deep"}})",
       R"("location": {"@context": {"name": "ex:local"}, "name": "x"}, "unknown:key": 1, "@index": "i")",
       R"("location": [{"@graph": [{"name": "g"}]}, {"@list": [1]}, {"@set": ["s"]}, null, [["x"]]])",
       R"("de": ["a", {"@value": "b"}, {"@value": 5}], "@included": {"name": "i"}, "@reverse": {"ex:p": {"@id": "q"}})",
       R"("@id": "_:b", "location": {"@id": "_:g1"}, "ex:a b": 1, "sameAs": "http://ex.test/a#b#c")",
       R"("@graph": [{"name": "x"}, "free", {"@value": "free"}], "name": "named")", R"("@graph": {"name": "only"})"}) {
    for (const std::string& text : {"{" + context + ", " + entries + "}", "[{" + context + ", " + entries + "}, {}]",
                                    "{" + entries + ", " + context + "}"}) {
      INFO(text);
      std::vector<rdf::Quad> full;
      std::string error;
      try {
        full = read_in_full(text);
      } catch (const base::Error& fault) {
        error = fault.message();
      }
      if (error.empty()) {
        const std::vector<rdf::Quad> direct = read(text);
        INFO("directly\n" + tests::to_nquads(direct) + "in full\n" + tests::to_nquads(full));
        CHECK(canon::isomorphic(direct, full));
      } else {
        CHECK_THROWS_WITH(read(text), Catch::Contains(error));
      }
    }
  }
}

TEST_CASE("Contexts that are kept do not keep the address of a document") {
  const std::string text = R"({"@context": "https://schema.org", "@id": "#e", "url": "/x"})";
  CHECK(read(text, "http://one.test/d").front().subject.value == "http://one.test/d#e");
  CHECK(read(text, "http://two.test/d").front().subject.value == "http://two.test/d#e");
  const std::string relative = R"({"@context": {"@vocab": "/v#"}, "@id": "#e", "p": 1})";
  CHECK(read(relative, "http://one.test/d").front().predicate.value == "http://one.test/v#p");
  CHECK(read(relative, "http://two.test/d").front().predicate.value == "http://two.test/v#p");
}

TEST_CASE("Long documents are cut into their elements, whatever the pieces they come in") {
  const std::string graph =
      "{ \"@graph\" : [ {\"a\": \"]}\\\"\"},\n {\"b\": [1, {\"c\": 2}]} ], \"@context\": {\"x\": [\"y\"]} }\n";
  for (const std::size_t size : {std::size_t{1}, std::size_t{3}, graph.size()}) {
    const Parts parts = cut(graph, size);
    CHECK(parts.shape == TopLevel::Shape::Graph);
    CHECK(parts.context == "{\"x\": [\"y\"]} ");
    CHECK(parts.elements == std::vector<std::string>{"1:16 {\"a\": \"]}\\\"\"}", "2:2 {\"b\": [1, {\"c\": 2}]} "});
  }
  CHECK(cut("[{}, [1], \"x\"]", 1).shape == TopLevel::Shape::Array);
  CHECK(cut("[{}, [1], \"x\"]", 1).elements.size() == 3);
  for (const char* other :
       {"{\"@id\": \"x\", \"@graph\": []}", "{\"@graph\": {}}", "{\"@graph\": [] 5}", "[1,]", "[1,,2]", "[1", "[1] 2",
        "{\"@graph\": [}]", "\"x\"", "", "{\"@graph\": [], \"@graph\": []}", "]", "{\"@graph\": [],}",
        "{\"@gra\\u0070h\": []}", "{\"@graph\": \"x\"}"}) {
    INFO(other);
    CHECK(cut(other, 1).shape == TopLevel::Shape::Other);
  }
}

TEST_CASE("A document too long to be held is read by its parts, its faults told by their places") {
  std::string text = "{\"@context\": \"https://schema.org\", \"@graph\": [\n";
  constexpr int count = 20000;
  for (int i = 0; i < count; ++i) {
    text += "{\"@id\": \"http://ex.test/" + std::to_string(i) + "\", \"name\": \"a name that takes some room\"},\n";
  }
  const auto count_of = [](const std::string& document) {
    std::size_t quads = 0;
    const auto source = base::open_text(document);
    jsonld::read_any(*source, syntax::Format::JsonLd, {}, [&quads](const rdf::Quad&) { ++quads; });
    return quads;
  };
  CHECK(count_of(text + "{\"name\": \"last\"}]}") == count + 1);
  CHECK(count_of(text + "{\"name\": \"last\"}], \"@id\": \"http://ex.test/graph\"}") == count + 1);
  try {
    (void)count_of(text + "{\"name\": tru}]}");
    FAIL("there was no error");
  } catch (const base::Error& error) {
    CHECK(error.where().line == count + 2);
    CHECK(error.where().column == 10);
  }
  syntax::ReadOptions options;
  options.max_bytes = text.size() - 1;
  const auto source = base::open_text(text);
  CHECK_THROWS_WITH(jsonld::read_any(*source, syntax::Format::JsonLd, options, [](const rdf::Quad&) {}),
                    Catch::Contains("--max-document raises the limit"));
}
