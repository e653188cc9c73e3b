#include "mapping/run.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "canon/compare.hpp"
#include "mapping/running.hpp"
#include "support/nquads.hpp"
#include "support/temporary_folder.hpp"
#include "syntax/reader.hpp"

using namespace scenograph;
using namespace scenograph::mapping;

namespace {

const std::string prefixes = R"(
@prefix rml: <http://w3id.org/rml/> . @prefix scgf: <https://w3id.org/scenograph/fn#> .
@prefix : <http://ex.test/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
)";

struct Trial {
  std::string source;    // content of "data.csv" or "data.json"
  std::string mapping;   // after the prefixes
  std::string expected;  // N-Quads with the prefix : for http://ex.test/
};

std::vector<rdf::Quad> quads_of(const std::string& trig) {
  std::vector<rdf::Quad> quads;
  const std::string text = prefixes + trig;
  const auto source = base::open_text(text);
  syntax::read(*source, syntax::Format::TriG, {}, [&](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

testing::Outcome run_in(const tests::TemporaryFolder& folder, const std::string& source, const std::string& mapping,
                        RunOptions options = {}) {
  base::write_file(folder.path() / (source.starts_with('{') || source.starts_with('[') ? "data.json" : "data.csv"),
                   source);
  if (options.base.empty()) options.base = "http://ex.test/";
  return testing::run(parse_mapping(prefixes + mapping, folder.path(), "m.ttl"), options);
}

const std::string csv = "rml:logicalSource [ rml:source \"data.csv\" ; rml:referenceFormulation rml:CSV ] ; ";
const std::string json =
    "rml:logicalSource [ rml:source \"data.json\" ; rml:referenceFormulation rml:JSONPath ; rml:iterator \"$[*]\" ] ; ";

std::string object(const std::string& map) {
  return "rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ " + map + " ] ] .";
}

}  // namespace

TEST_CASE("records become quads", "[run]") {
  const std::vector<Trial> trials = {
      {"a,b\n1,x\n", ":m " + csv + object("rml:reference \"b\""), ":s :p \"x\" ."},
      {"a,b\n1,\n", ":m " + csv + object("rml:reference \"b\""), ""},
      {"[{\"a\":1.5},{\"a\":false},{\"a\":null}]", ":m " + json + object("rml:reference \"a\""),
       ":s :p 1.5E0, false ."},
      {"[{\"a\":[\"x\",\"y\"]}]", ":m " + json + object("rml:template \"{a[*]}-{a[*]}\" ; rml:termType rml:Literal"),
       ":s :p \"x-x\", \"x-y\", \"y-x\", \"y-y\" ."},
      {"a\nété 1/2\n", ":m " + csv + object("rml:template \"id/{a}\""), ":s :p <http://ex.test/id/été%201%2F2> ."},
      {"a\n../up\n", ":m " + csv + object("rml:reference \"a\" ; rml:termType rml:IRI"), ":s :p :up ."},
      {"a,l\nNuit,fr\n", ":m " + csv + object("rml:reference \"a\" ; rml:languageMap [ rml:reference \"l\" ]"),
       ":s :p \"Nuit\"@fr ."},
      {"a\nn/a\n-\nx\n",
       ":m rml:logicalSource [ rml:source \"data.csv\" ; rml:null \"n/a\", \"-\" ; rml:referenceFormulation rml:CSV ] "
       "; " +
           object("rml:reference \"a\""),
       ":s :p \"x\" ."},
      {"id,boss\n1,2\n2,\n3,2\n",
       ":m " + csv +
           "rml:subjectMap [ rml:template \"{id}\" ] ; rml:predicateObjectMap [ rml:predicate :boss ; rml:objectMap "
           "[ rml:parentTriplesMap :m ; rml:joinCondition [ rml:child \"boss\" ; rml:parent \"id\" ] ] ] .",
       "<http://ex.test/1> :boss <http://ex.test/2> . <http://ex.test/3> :boss <http://ex.test/2> ."},
      {"a\n20/12/2025\n12/2025\n",
       ":m " + csv +
           object("rml:functionExecution [ rml:function scgf:parse_date ; rml:input [ rml:parameter scgf:value ; "
                  "rml:inputValueMap [ rml:reference \"a\" ] ] ]"),
       ":s :p \"2025-12-20\"^^xsd:date ."},
      {"a\nThéâtre ; DANSE;magie\n",
       ":m " + csv +
           object("rml:functionExecution [ rml:function scgf:lookup ; rml:input [ rml:parameter scgf:table ; "
                  "rml:inputValue ( \"théâtre\" :theatre \"danse\" :dance ) ], [ rml:parameter scgf:value ; "
                  "rml:inputValueMap [ rml:functionExecution [ rml:function scgf:split ; rml:input [ rml:parameter "
                  "scgf:value ; rml:inputValueMap [ rml:reference \"a\" ] ], [ rml:parameter scgf:separator ; "
                  "rml:inputValue \";\" ] ] ] ] ]"),
       ":s :p :theatre, :dance ."},
      {"a\n1\n",
       "@prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix old: <http://semweb.mmlab.be/ns/rml#> . "
       "@prefix ql: <http://semweb.mmlab.be/ns/ql#> . :m old:logicalSource [ old:source \"data.csv\" ; "
       "old:referenceFormulation ql:CSV ] ; rr:subjectMap [ rr:template \"http://ex.test/{a}\" ; rr:class :T ] .",
       "<http://ex.test/1> a :T ."},
      {"a\n1\n", ":m " + csv + "rml:subjectMap [ rml:constant :s ; rml:graph :g ; rml:class :T ] .",
       "GRAPH :g { :s a :T }"},
  };
  for (const Trial& trial : trials) {
    const tests::TemporaryFolder folder;
    const testing::Outcome outcome = run_in(folder, trial.source, trial.mapping);
    INFO(trial.mapping << "\n" << tests::to_nquads(outcome.quads));
    CHECK(canon::isomorphic(outcome.quads, quads_of(trial.expected)));
  }
}

TEST_CASE("a faulty value costs its triples and is told with source, record and field", "[run]") {
  struct Case {
    std::string source, map, told;
  };
  const std::vector<Case> cases = {
      {"a\nx\nno iri\n", "rml:reference \"a\" ; rml:termType rml:IRI", "data.csv:3, record 2, «a»: not an IRI"},
      {"a\nx\nhttp://[\n", "rml:reference \"a\" ; rml:datatypeMap [ rml:template \"{a}\" ]", ""},
      {"[{\"a\":\"x\"},{\"a\":[1]}]", "rml:reference \"a\"", "data.json:1:12, record 2, «a»: an array or object"},
      {"a\nx\nfrançais\n", "rml:reference \"a\" ; rml:languageMap [ rml:reference \"a\" ]",
       "record 1, «a»: not a language"},
      {"a\n12/12/2025\nsoon\n",
       "rml:functionExecution [ rml:function scgf:parse_date ; rml:input [ rml:parameter scgf:value ; "
       "rml:inputValueMap [ rml:reference \"a\" ] ] ]",
       "data.csv:3, record 2, «a»: not a date"},
  };
  for (const Case& c : cases) {
    INFO(c.source);
    const tests::TemporaryFolder folder;
    const testing::Outcome outcome =
        run_in(folder, c.source, ":m " + (c.source[0] == '[' ? json : csv) + object(c.map));
    CHECK(outcome.result.records == 2);
    if (c.told.empty()) continue;
    REQUIRE_FALSE(outcome.diagnostics.empty());
    CHECK_THAT(outcome.diagnostics[0], Catch::Contains(c.told));
    CHECK(outcome.result.left_out == outcome.diagnostics.size());
  }
}

TEST_CASE("faulty mappings are refused with the triples map's name", "[load]") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {":m " + csv, "<http://ex.test/m>: it must have exactly one rml:subjectMap"},
      {":m " + csv + object("rml:template \"{a\""), "a brace is not closed"},
      {":m " + csv + object("rml:refrence \"a\""), "the object map has none of"},
      {":m " + csv + "rml:subject :s ; rml:predicateObjectMap [ rml:object :o ] .", "has no predicate"},
      {":m " + json + object("rml:reference \"$.a[\""), "the bracket is not closed"},
      {":m " + csv + object("rml:functionExecution [ rml:function scgf:nope ]"), "fn#nope> is not known"},
      {":m " + csv +
           object("rml:functionExecution [ rml:function scgf:trim ; rml:input [ rml:parameter scgf:vlaue ; "
                  "rml:inputValue \"x\" ] ]"),
       "has no parameter <https://w3id.org/scenograph/fn#vlaue>"},
      {":m rml:logicalSource [ rml:source \"x\" ; rml:referenceFormulation rml:XPath ] ; rml:subject :s .",
       "use rml:CSV or rml:JSONPath"},
      {":m " + csv + object("rml:parentTriplesMap :nowhere"), "is no triples map of this file"},
      {":a :b :c .", "the mapping has no triples map"},
      {":f rml:function scgf:trim ; rml:input [ rml:parameter scgf:value ; rml:inputValueMap [ rml:functionExecution "
       ":f ] ] . "
       ":m " +
           csv + object("rml:functionExecution :f"),
       "in a circle"},
  };
  for (const auto& [mapping, told] : cases) {
    INFO(mapping);
    std::string text = mapping;
    if (text.ends_with("; ")) text += "a rml:TriplesMap .";
    CHECK_THROWS_WITH(parse_mapping(prefixes + text, ".", "m.ttl"), Catch::Contains(told));
  }
}

TEST_CASE("an unknown column and a missing file are errors", "[run]") {
  const tests::TemporaryFolder folder;
  CHECK_THROWS_WITH(run_in(folder, "a\n1\n", ":m " + csv + object("rml:reference \"b\"")),
                    Catch::Contains("no column «b»; the columns are «a»"));
  RunOptions options;
  options.source = folder.path() / "absent.csv";
  CHECK_THROWS_WITH(run_in(folder, "a\n1\n", ":m " + csv + object("rml:reference \"a\""), options),
                    Catch::Contains("absent.csv"));
}

TEST_CASE("another file can stand for the mapping's own", "[run]") {
  const tests::TemporaryFolder folder;
  base::write_file(folder.path() / "other.csv", "a\nfrom elsewhere\n");
  RunOptions options;
  options.source = folder.path() / "other.csv";
  const auto outcome = run_in(folder, "a\n1\n", ":m " + csv + object("rml:reference \"a\""), options);
  REQUIRE(outcome.quads.size() == 1);
  CHECK(outcome.quads[0].object.value == "from elsewhere");
}

TEST_CASE("an empty text can be a value", "[run]") {
  const tests::TemporaryFolder folder;
  RunOptions options;
  options.empty_is_null = false;
  CHECK(run_in(folder, "a,b\n,1\n", ":m " + csv + object("rml:reference \"a\""), options).quads.size() == 1);
}

TEST_CASE("a budget stops a run", "[run]") {
  const tests::TemporaryFolder folder;
  std::string source = "a\n";
  for (int i = 0; i < 5000; ++i) source += "x\n";
  base::Budget budget;
  budget.cancel();
  RunOptions options;
  options.budget = &budget;
  CHECK_THROWS_AS(run_in(folder, source, ":m " + csv + object("rml:reference \"a\""), options), base::Error);
}
