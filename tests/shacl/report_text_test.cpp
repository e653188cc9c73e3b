#include <catch2/catch.hpp>

#include <string>

#include "shacl/report.hpp"

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

}  // namespace

TEST_CASE("a French report has no-break spaces where French typography wants them", "[report]") {
  CHECK(text_report("en").find("Address (to fix): Give the postal code.") != std::string::npos);
  const std::string french = text_report("fr");
  CHECK(french.find("Adresse (à corriger)\u00a0: Donnez le code postal.") != std::string::npos);
  CHECK(french.find("trouvé\u00a0: «\u00a0quai\u00a0»") != std::string::npos);
}

}  // namespace scenograph::shacl
