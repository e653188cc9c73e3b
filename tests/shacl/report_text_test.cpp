#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "shacl/report.hpp"
#include "sparql/memory_view.hpp"
#include "support/turtle.hpp"

namespace scenograph::shacl {

namespace {

/// One place whose address has to be put right.
Report one_problem() {
  Check check;
  check.messages = {{"Donnez le code postal.", "fr"}, {"Give the postal code.", "en"}};
  check.names = {{"Adresse", "fr"}, {"Address", "en"}};
  check.count = 1;
  Report report;
  report.conforms = false;
  report.checks = {check};
  report.results = {{rdf::Term::iri("http://ex.test/hall"), rdf::Term::literal("quai"), 0}};
  report.focus_nodes = report.total = report.entities_failed = 1;
  return report;
}

std::string text_report(const char* language) {
  ReportOptions options;
  options.language = language;
  std::string out;
  write_text(one_problem(), options, [&](std::string_view bytes) { out += bytes; });
  return out;
}

/// Literals as focus nodes, two results of one query with messages of their own, and one constraint without any.
Report sparql_report() {
  Check own;
  own.component = Component::Sparql;
  own.messages = {{"… is too long", "en"}, {"… est trop long", "fr"}};
  own.count = 2;
  Check plain = own;
  plain.component = Component::Custom;
  plain.messages = {{"The condition “size” is not met.", "en"}, {"La condition « size » n'est pas remplie.", "fr"}};
  plain.count = 1;
  Report report;
  report.conforms = false;
  report.checks = {own, plain};
  const rdf::Term node = rdf::Term::literal("a text");
  report.results = {{node, rdf::Term::literal("one"), 0, {{"one is too long", "en"}, {"one est trop long", "fr"}}},
                    {node, rdf::Term::literal("two"), 0, {{"two is too long", "en"}, {"two est trop long", "fr"}}},
                    {node, std::nullopt, 1}};
  report.focus_nodes = report.entities_failed = 1;
  report.total = 3;
  return report;
}

std::string html_report() {
  std::string out;
  write_html(sparql_report(), {}, [&](std::string_view bytes) { out += bytes; });
  return out;
}

}  // namespace

TEST_CASE("results with messages of their own show them", "[report]") {
  ReportOptions options;
  options.language = "fr";
  std::string text;
  write_text(sparql_report(), options, [&](std::string_view bytes) { text += bytes; });
  for (const char* line : {"… est trop long", "one est trop long", "two est trop long", "n'est pas remplie"}) {
    CHECK(text.find(line) != std::string::npos);
  }
  CHECK(text.find("«\u00a0a text\u00a0»") != std::string::npos);
  CHECK(text.find("too long") == std::string::npos);
  std::string json;
  write_json(sparql_report(), [&](std::string_view bytes) { json += bytes; });
  CHECK(json.find(R"("value":"two"},"messages":{"en":"two is too long","fr":"two est trop long"})") !=
        std::string::npos);
  const std::string html = html_report();
  CHECK(html.find("one is too long<br>two is too long") != std::string::npos);
  CHECK(html.find("one est trop long<br>two est trop long") != std::string::npos);
  std::string graph;
  write_graph(sparql_report(), [&](const rdf::Quad& quad) { graph += rdf::to_ntriples(quad.object) + "\n"; });
  CHECK(graph.find("\"two est trop long\"@fr") != std::string::npos);
}

TEST_CASE("what queries say of a result besides is in every format for programs", "[report]") {
  Report report = sparql_report();
  report.results[0].annotations = {{"http://ex.test/size", rdf::Term::literal("3")}};
  std::string json;
  write_json(report, [&](std::string_view bytes) { json += bytes; });
  const std::string member =
      R"("annotations":[{"property":"http://ex.test/size","value":{"type":"literal","value":"3"}}])";
  CHECK(json.find(member) != std::string::npos);
  std::string sarif;
  write_sarif(report, {}, [&](std::string_view bytes) { sarif += bytes; });
  CHECK(sarif.find(R"("properties":{)" + member) != std::string::npos);
  std::string graph;
  write_graph(report, [&](const rdf::Quad& quad) {
    graph += rdf::to_ntriples(quad.predicate) + " " + rdf::to_ntriples(quad.object) + "\n";
  });
  CHECK(graph.find("<http://ex.test/size> \"3\"") != std::string::npos);
}

TEST_CASE("a report shows expressions that are not true", "[report]") {
  const Shapes shapes = load_shapes(tests::from_turtle(R"(
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://x/> .
    :S sh:targetNode :a ; sh:expression :never , [ sh:path :p ; sh:message "Not so."@en , "Non."@fr ] .)"));
  base::Budget budget;
  const Report report = validate(sparql::tests::MemoryView(), shapes, {}, budget);
  ReportOptions options;
  options.language = "fr";
  std::string text;
  write_text(report, options, [&](std::string_view bytes) { text += bytes; });
  CHECK(text.find("Une condition demandée ici n'est pas remplie.") != std::string::npos);
  CHECK(text.find("Non.") != std::string::npos);
  std::string html;
  write_html(report, options, [&](std::string_view bytes) { html += bytes; });
  CHECK(html.find("Not so.") != std::string::npos);
  CHECK(html.find("A condition that is asked for here is not met.") != std::string::npos);
  std::string json;
  write_json(report, [&](std::string_view bytes) { json += bytes; });
  CHECK(json.find(R"("constraint":{"type":"uri","value":"http://x/never"})") != std::string::npos);
  std::string sarif;
  write_sarif(report, options, [&](std::string_view bytes) { sarif += bytes; });
  CHECK(sarif.find(R"("id":"S/Expression")") != std::string::npos);
  std::vector<std::string> graph;
  write_graph(report, [&](const rdf::Quad& quad) {
    graph.push_back(rdf::to_ntriples(quad.predicate) + " " + rdf::to_ntriples(quad.object));
  });
  const auto count = [&graph](const std::string& line) { return std::count(graph.begin(), graph.end(), line); };
  CHECK(count("<http://www.w3.org/ns/shacl#sourceConstraint> <http://x/never>") == 1);
  CHECK(count("<http://www.w3.org/ns/shacl#resultMessage> \"Non.\"@fr") == 1);
  CHECK(count("<http://www.w3.org/ns/shacl#sourceConstraintComponent> "
              "<http://www.w3.org/ns/shacl#ExpressionConstraintComponent>") == 2);
}

TEST_CASE("a French report has no-break spaces where French typography wants them", "[report]") {
  CHECK(text_report("en").find("Address (to fix): Give the postal code.") != std::string::npos);
  const std::string french = text_report("fr");
  CHECK(french.find("Adresse (à corriger)\u00a0: Donnez le code postal.") != std::string::npos);
  CHECK(french.find("trouvé\u00a0: «\u00a0quai\u00a0»") != std::string::npos);
}

TEST_CASE("a report tells when a thing begins as people say it, and that nothing was checked", "[shacl]") {
  const auto text_of = [](const Report& report, const char* language) {
    ReportOptions options;
    options.language = language;
    std::string out;
    write_text(report, options, [&](std::string_view bytes) { out += bytes; });
    return out;
  };
  Report report = one_problem();
  Entity& entity = report.entities[rdf::Term::iri("http://ex.test/hall")];
  entity.types = {rdf::Term::iri("http://schema.org/TheaterEvent")};
  const auto starts = [&](const char* start, const char* language, const char* shown) {
    entity.start = rdf::Term::literal(start);
    CHECK(text_of(report, language).find(shown) != std::string::npos);
  };
  starts("2027-02-01T17:05:00+01:00", "fr", "(représentation, 1er février 2027 à 17 h 05)");
  starts("2027-02-12T17:05:00", "en", "(performance, 12 February 2027, 17:05)");
  starts("2027-02-12", "en", "(performance, 12 February 2027)");
  starts("one evening", "en", "(performance, one evening)");
  CHECK(text_of({}, "en") == "Nothing to check: the data describes nothing that the shapes are about.\n");
  Report fine;
  fine.focus_nodes = 1;
  CHECK(text_of(fine, "en") == "Nothing to fix: everything checked is in order.\n");
}

}  // namespace scenograph::shacl
