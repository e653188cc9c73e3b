#include <catch2/catch.hpp>

#include <string>

#include "shacl/report.hpp"

namespace scenograph::shacl {

namespace {

/// One problem of a thing that stands in these fields.
Report report_of(std::vector<Field> fields) {
  Check check;
  check.names = {{"Date", "fr"}, {"Date", "en"}};
  check.messages = {{"Mend it.", ""}};
  check.count = 1;
  Report report;
  report.conforms = false;
  report.checks = {check};
  report.fields = std::move(fields);
  Result result{rdf::Term::iri("http://ex.test/a"), {}, 0};
  for (std::uint32_t i = 0; i < report.fields.size(); ++i) result.fields.push_back(i);
  report.results = {result};
  report.entities[result.focus_node].records = {{"agenda.csv", {{"Code", "12 <b>"}, {"Salle", "Nef"}}}};
  report.focus_nodes = report.total = report.entities_failed = 1;
  return report;
}

std::string text_of(const Report& report, const char* language) {
  ReportOptions options;
  options.language = language;
  options.width = 200;
  std::string out;
  write_text(report, options, [&](std::string_view bytes) { out += bytes; });
  return out;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

using Kind = Field::Kind;

}  // namespace

TEST_CASE("fields are told in words, in both languages", "[origin]") {
  struct {
    std::vector<Field> fields;
    const char* english;
    const char* french;
  } const cases[] = {
      {{{Kind::Columns, "agenda.csv", {"Début"}}}, "column “Début” of agenda.csv", "colonne « Début » d’agenda.csv"},
      {{{Kind::Columns, "theatre.csv", {"Date", "Heure"}}},
       "columns “Date” and “Heure” of theatre.csv",
       "colonnes « Date » et « Heure » de theatre.csv"},
      {{{Kind::Columns, "été.csv", {"a"}}, {Kind::Columns, "été.csv", {"b"}}, {Kind::Columns, "été.csv", {"c"}}},
       "column “a”, “b” or “c” of été.csv",
       "colonne « a », « b » ou « c » d’été.csv"},
      {{{Kind::Columns, "ça.csv", {"a", "b"}}, {Kind::Columns, "ça.csv", {"c"}}},
       "columns “a” and “b” or column “c” of ça.csv",
       "colonnes « a » et « b » ou colonne « c » de ça.csv"},
      {{{Kind::Members, "x.json", {"events[*].title"}}},
       "field “events[*].title” of x.json",
       "champ « events[*].title » de x.json"},
      {{{Kind::Constant, "x.rml.ttl", {}}},
       "set by the mapping x.rml.ttl, not by the export",
       "fixé par la correspondance x.rml.ttl, non par l’export"},
      {{{Kind::NoColumn, "x.csv", {}}, {Kind::NoMember, "y.json", {}}},
       "no column of x.csv gives it; no field of y.json gives it",
       "aucune colonne de x.csv ne le donne\u202f; aucun champ d’y.json ne le donne"},
  };
  for (const auto& each : cases) {
    const Report report = report_of(each.fields);
    std::string french = each.french;
    for (std::size_t at = french.find("« "); at != std::string::npos; at = french.find("« "))
      french.replace(at, 3, "«\u00a0");
    for (std::size_t at = french.find(" »"); at != std::string::npos; at = french.find(" »"))
      french.replace(at, 3, "\u00a0»");
    CHECK(has(text_of(report, "en"), std::string("\n    where: ") + each.english + "\n"));
    CHECK(has(text_of(report, "fr"), "\n    où\u00a0: " + french + "\n"));
  }
}

TEST_CASE("many fields are cut", "[origin]") {
  std::vector<Field> fields;
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g"}) fields.push_back({Kind::Columns, "x.csv", {name}});
  CHECK(has(text_of(report_of(std::move(fields)), "en"), "column “a”, “b”, “c”, “d”, “e”, “f” or … of x.csv\n"));
}

TEST_CASE("records are told under the name, and for programs", "[origin]") {
  const Report report = report_of({{Kind::Columns, "my été.csv", {"Début"}}});
  CHECK(has(text_of(report, "en"), "<http://ex.test/a>\nagenda.csv: Code = 12 <b>, Salle = Nef\n"));
  CHECK(has(text_of(report, "fr"), "\nagenda.csv\u00a0: Code = 12 <b>, Salle = Nef\n"));
  std::string json;
  write_json(report, [&](std::string_view bytes) { json += bytes; });
  CHECK(has(json, R"("records":[{"file":"agenda.csv","values":{"Code":"12 <b>","Salle":"Nef"}}])"));
  CHECK(has(json, R"("fields":[{"kind":"columns","file":"my été.csv","names":["Début"]}])"));
  std::string sarif;
  write_sarif(report, {}, [&](std::string_view bytes) { sarif += bytes; });
  CHECK(has(sarif, R"("artifactLocation":{"uri":"my%20%C3%A9t%C3%A9.csv"})"));
  CHECK(has(sarif, R"("properties":{"fields":[{"kind":"columns")"));
  std::string html;
  write_html(report, {}, [&](std::string_view bytes) { html += bytes; });
  CHECK(has(html, "agenda.csv: Code = 12 &lt;b&gt;, Salle = Nef</div>"));
  CHECK(has(html, "colonne «\u00a0Début\u00a0» de my été.csv"));
  CHECK(has(html, "column “Début” of my été.csv"));
}

TEST_CASE("a part in another record than its entry says which", "[origin]") {
  Report report = report_of({{Kind::Columns, "x.csv", {"Prix"}}});
  const rdf::Term part = rdf::Term::iri("http://ex.test/offer");
  report.entities[rdf::Term::iri("http://ex.test/a")].names = {{"Phèdre", "fr"}};
  report.entities[part].part_of = rdf::Term::iri("http://ex.test/a");
  report.results.front().focus_node = part;
  CHECK(has(text_of(report, "en"), "where: column “Prix” of x.csv\n"));
  report.entities[part].records = report.entities[rdf::Term::iri("http://ex.test/a")].records;
  CHECK(has(text_of(report, "en"), "where: column “Prix” of x.csv\n"));
  report.entities[part].records = {{"x.csv", {{"No", "7"}}}};
  CHECK(has(text_of(report, "en"), "where: column “Prix” of x.csv (No = 7)\n"));
}

}  // namespace scenograph::shacl
