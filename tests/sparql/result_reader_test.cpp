#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "sparql/results/reader.hpp"

namespace scenograph::sparql {

namespace {

struct Answer {
  std::vector<std::string> variables;
  std::vector<SolutionRow> rows;
  std::optional<bool> boolean;
};

Answer read(std::string_view text, ResultFormat format,
            std::shared_ptr<base::Budget> budget = std::make_shared<base::Budget>()) {
  const auto reader = read_results(base::open_text(text), format, "t", std::move(budget));
  Answer out;
  for (SolutionRow row; reader->next(row);) out.rows.push_back(row);
  out.variables = reader->variables();
  out.boolean = reader->boolean();
  for (SolutionRow& row : out.rows) row.resize(out.variables.size());
  return out;
}

const std::vector<SolutionRow> expected = {
    {rdf::Term::iri("http://ex.test/é"), rdf::Term::literal("a\"b\tc\nd\\e, \U0001F3AD")},
    {rdf::Term::blank("b1"), rdf::Term::lang_literal("Phèdre", "fr-ca")},
    {std::nullopt, rdf::Term::literal("1.5", rdf::xsd::decimal)},
};

}  // namespace

TEST_CASE("Solutions are read from JSON, whatever the order of members") {
  const std::string head = R"("head":{"link":["x"],"vars":["s","o"]})";
  const std::string results = R"("results":{"ordered":true,"bindings":[
    {"s":{"type":"uri","value":"http://ex.test/\u00e9"},"o":{"value":"a\"b\tc\nd\\e, \uD83C\uDFAD","type":"literal"}},
    {"s":{"type":"bnode","value":"b1"},"o":{"type":"literal","xml:lang":"fr-CA","value":"Phèdre"}},
    {"o":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#decimal","value":"1.5"}}],"more":[1,{"a":null}]})";
  for (const std::string& text :
       {"{" + head + "," + results + "}", "{" + results + ", \"x\": -1.5e3 ," + head + "}\n"}) {
    const Answer answer = read(text, ResultFormat::Json);
    CHECK(answer.variables == std::vector<std::string>{"s", "o"});
    CHECK(answer.rows == expected);
    CHECK_FALSE(answer.boolean);
  }
  CHECK(read(R"({"head":{},"boolean":true})", ResultFormat::Json).boolean == true);
  CHECK(read(R"({"head":{"vars":[]},"results":{"bindings":[{},{}]}})", ResultFormat::Json).rows.size() == 2);
}

TEST_CASE("Solutions are read from XML") {
  const Answer answer = read(R"(<?xml version="1.0"?>
<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/><variable name="o"/></head><results>
<result><binding name="s"><uri>http://ex.test/é</uri></binding><binding name="o"><literal>a&quot;b&#9;c&#10;d\e, &#x1F3AD;</literal></binding></result>
<result><binding name="s"><bnode>b1</bnode></binding><binding name="o"><literal xml:lang="fr-CA">Phèdre</literal></binding></result>
<result><binding name="o"><literal datatype="http://www.w3.org/2001/XMLSchema#decimal">1.5</literal></binding></result>
</results></sparql>)",
                             ResultFormat::Xml);
  CHECK(answer.variables == std::vector<std::string>{"s", "o"});
  CHECK(answer.rows == expected);
  CHECK(read("<sparql><head/><boolean>false</boolean></sparql>", ResultFormat::Xml).boolean == false);
}

TEST_CASE("Solutions are read from TSV and CSV") {
  const Answer tsv =
      read("?s\t?o\r\n<http://ex.test/é>\t\"a\\\"b\\tc\\nd\\\\e, \U0001F3AD\"\n_:b1\t\"Phèdre\"@fr-CA\n\t1.5\n",
           ResultFormat::Tsv);
  CHECK(tsv.variables == std::vector<std::string>{"s", "o"});
  CHECK(tsv.rows == expected);
  const Answer more = read("?x\n-4\n+1e3\ntrue\n\"7\"^^<http://ex.test/d>\n\n", ResultFormat::Tsv);
  REQUIRE(more.rows.size() == 5);
  CHECK(more.rows[0][0] == rdf::Term::literal("-4", rdf::xsd::integer));
  CHECK(more.rows[1][0] == rdf::Term::literal("+1e3", rdf::xsd::double_));
  CHECK(more.rows[2][0] == rdf::Term::literal("true", rdf::xsd::boolean));
  CHECK(more.rows[3][0] == rdf::Term::literal("7", "http://ex.test/d"));
  CHECK_FALSE(more.rows[4][0]);
  const Answer csv = read("s,o\r\n_:b1,\"a \"\"b\"\", c\nd\"\r\n,x", ResultFormat::Csv);
  CHECK(csv.rows == std::vector<SolutionRow>{{rdf::Term::blank("b1"), rdf::Term::literal("a \"b\", c\nd")},
                                             {std::nullopt, rdf::Term::literal("x")}});
}

TEST_CASE("Malformed results are refused with their line") {
  struct Case {
    ResultFormat format;
    std::string text;
    std::uint64_t line;
  };
  const std::string row = R"({"head":{"vars":["s"]},"results":{"bindings":[)";
  const std::vector<Case> cases = {
      {ResultFormat::Json, "", 1},
      {ResultFormat::Json, "[]", 1},
      {ResultFormat::Json, "{}", 1},
      {ResultFormat::Json, "{\n\"head\":{}\n\"boolean\":true}", 3},
      {ResultFormat::Json, row, 1},
      {ResultFormat::Json, row + "{\"s\":1}]}}", 1},
      {ResultFormat::Json, row + R"({"s":{"type":"uri","value":"a b"}}]}})", 1},
      {ResultFormat::Json, row + R"({"s":{"type":"thing","value":"a"}}]}})", 1},
      {ResultFormat::Json, row + R"({"s":{"type":"literal","value":"\uD83C"}}]}})", 1},
      {ResultFormat::Json, row + "{\"s\":{\"type\":\"literal\",\"value\":\"\xFF\"}}]}}", 1},
      {ResultFormat::Json, R"({"boolean":maybe})", 1},
      {ResultFormat::Json, R"({"boolean":true} x)", 1},
      {ResultFormat::Json, R"({"x":)" + std::string(100, '['), 1},
      {ResultFormat::Xml, "", 1},
      {ResultFormat::Xml, "<html/>", 1},
      {ResultFormat::Xml, "<sparql/>", 1},
      {ResultFormat::Xml, "<sparql>\n<results>", 2},
      {ResultFormat::Xml, "<!DOCTYPE x [<!ENTITY a \"b\">]>\n<sparql/>", 1},
      {ResultFormat::Xml, "<sparql><uri>http://ex.test/</uri></sparql>", 1},
      {ResultFormat::Xml, "<sparql><boolean>yes</boolean></sparql>", 1},
      {ResultFormat::Tsv, "", 1},
      {ResultFormat::Tsv, "?a\t?a\n", 1},
      {ResultFormat::Tsv, "?a\n1\t2\n", 2},
      {ResultFormat::Tsv, "?a\nex:b\n", 2},
      {ResultFormat::Tsv, "?a\n\"open\n", 2},
      {ResultFormat::Csv, "a\n\"open", 2},
      {ResultFormat::Csv, "a,b\n1\n", 2},
  };
  for (const Case& each : cases) {
    INFO(each.text);
    try {
      (void)read(each.text, each.format);
      FAIL_CHECK("is not refused");
    } catch (const base::Error& error) {
      CHECK(error.code() == base::Code::BadData);
      CHECK(error.where().source == "t");
      CHECK(error.where().line == each.line);
    }
  }
}

TEST_CASE("Results of any size take the memory of a row") {
  const std::string row = R"({"s":{"type":"literal","value":")" + std::string(500, 'x') + "\"}}";
  std::string json = R"({"head":{"vars":["s"]},"results":{"bindings":[)" + row;
  std::string xml = "<sparql><results>";
  std::string csv = "s\n";
  for (int i = 0; i < 5000; ++i) {
    json += "," + row;
    xml += "<result><binding name='s'><literal>" + std::string(500, 'x') + "</literal></binding></result>";
    csv += std::string(500, 'x') + "\n";
  }
  json += "]}}";
  xml += "</results></sparql>";
  const auto count = [](std::string_view text, ResultFormat format, std::size_t memory) {
    const auto budget = std::make_shared<base::Budget>(std::chrono::milliseconds(0), memory);
    const auto reader = read_results(base::open_text(text), format, "t", budget);
    std::size_t rows = 0;
    for (SolutionRow each; reader->next(each);) ++rows;
    return rows;
  };
  constexpr std::size_t memory = std::size_t{64} << 10U;
  CHECK(count(json, ResultFormat::Json, memory) == 5001);
  CHECK(count(xml, ResultFormat::Xml, memory) == 5000);
  CHECK(count(csv, ResultFormat::Csv, memory) == 5000);
  const std::string huge(1000000, 'x');
  CHECK_THROWS_AS(count("s\n" + huge, ResultFormat::Csv, memory), base::Error);
  CHECK_THROWS_AS(count(R"({"a":")" + huge + "\"}", ResultFormat::Json, memory), base::Error);
  CHECK_THROWS_AS(count("<sparql><results><result><binding name='s'><literal>" + huge, ResultFormat::Xml, memory),
                  base::Error);
}

}  // namespace scenograph::sparql
