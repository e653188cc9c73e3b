#include "ingest/report_history.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "shacl/report.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::ingest {

namespace {

using shacl::Baseline;

shacl::Report report_of(std::size_t results) {
  shacl::Check check;
  check.source_shape = rdf::Term::iri("http://ex.test/shape");
  check.component_iri = "http://ex.test/component";
  check.path = shacl::Path{shacl::Path::Kind::Predicate, rdf::Term::iri("http://ex.test/p"), {}};
  check.source_constraint = rdf::Term::iri("http://ex.test/query");
  check.severity = shacl::Severity::Warning;
  check.names = {{"Image", "fr"}};
  check.messages = {{"text", ""}, {"texte", "fr"}};
  check.count = results;
  shacl::Report report;
  report.checks = {check};
  const rdf::Term nodes[] = {rdf::Term::iri("http://ex.test/a"), rdf::Term::blank("b1"), rdf::Term::literal("x"),
                             rdf::Term::lang_literal("y", "fr"), rdf::Term::literal("1", "http://ex.test/type")};
  for (std::size_t i = 0; i < results; ++i) report.results.push_back({nodes[i % std::size(nodes)], {}, 0});
  report.total = results;
  report.conforms = results == 0;
  return report;
}

std::string json_of(const shacl::Report& report) {
  shacl::ReportOptions options;
  options.time_ms = 1772546520123;
  std::string json;
  shacl::write_json(
      report, [&](std::string_view bytes) { json += bytes; }, options);
  return json;
}

Baseline read(const std::string& json) { return read_baseline(base::open_text(json), "old.json"); }

/// The message, or "" if it can be read.
std::string fault(const std::string& json) {
  try {
    static_cast<void>(read(json));
    return "";
  } catch (const base::Error& error) {
    CHECK(error.where().source == "old.json");
    return error.message();
  }
}

std::size_t files_in(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a report of JSON is read back as what a later one is held against", "[history]") {
  const shacl::Report report = report_of(5);
  const Baseline baseline = read(json_of(report));
  CHECK(baseline.time_ms == 1772546520123);
  CHECK(baseline.is_complete());
  REQUIRE(baseline.checks.size() == 1);
  CHECK(baseline.checks[0].severity == shacl::Severity::Warning);
  CHECK(baseline.checks[0].constraint == "http://ex.test/query");
  CHECK(baseline.checks[0].path == "<http://ex.test/p>");
  CHECK(baseline.checks[0].messages == std::vector<shacl::Message>{{"texte", "fr"}, {"text", ""}});
  const shacl::Trend trend = shacl::compare(report, baseline);
  CHECK(trend.exact);
  CHECK(trend.total.added == 0);
  CHECK(trend.total.mended == 0);
}

TEST_CASE("what is no report is refused with the reason", "[history]") {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"[]", "it is not a JSON object"},
      {"{}", "no \"checks\""},
      {R"({"checks":{},"results":[]})", "\"checks\" is not an array"},
      {R"({"checks":[1],"results":[]})", "no \"severity\""},
      {R"({"checks":[{"severity":"bad"}],"results":[]})", "none of violation, warning, info"},
      {R"({"checks":[{"severity":"info","shape":{"type":"x","value":""}}],"results":[]})",
       "none of uri, bnode, literal"},
      {R"({"checks":[],"results":[{"check":0,"focusNode":{"type":"uri","value":"x"}}]})", "of no check"},
      {R"({"checks":[],"results":[{"check":-1}]})", "whole number"},
      {R"({"checks":[],"results":[{"check":1e400}]})", ""},
      {R"({"checks":[],"results":[{"check":1.5}]})", "whole number"},
      {R"({"checks":[],"results":[],"time":"yesterday"})", "not a date and time"},
      {R"({"checks":[],"results":[],"time":7})", "\"time\" is not a text"},
      {R"({"stopped":true,"checks":[],"results":[]})", "--fail-fast"},
  };
  for (const auto& [json, reason] : cases) {
    INFO(json);
    const std::string message = fault(json);
    CHECK_FALSE(message.empty());
    CHECK(message.find(reason) != std::string::npos);
  }
  CHECK(fault(R"({"checks":[],"results":[]})").empty());
}

TEST_CASE("a damaged report is refused, and never a crash", "[history]") {
  const std::string whole = json_of(report_of(3));
  CHECK(fault(whole).empty());
  const std::size_t end = whole.find_last_not_of('\n');
  for (std::size_t size = 0; size < end; ++size) {
    INFO(size);
    CHECK_FALSE(fault(whole.substr(0, size)).empty());
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char c : {'{', '"', '9', '\0', '\xff'}) {
      std::string damaged = whole;
      damaged[at] = c;
      static_cast<void>(fault(damaged));  // refused or read
    }
  }
}

TEST_CASE("the last report at another commit is found again", "[history]") {
  const tests::TemporaryFolder folder;
  const ReportHistory history(folder.path(), "shapes", "");
  CHECK_FALSE(history.before(1));
  history.keep(report_of(5), 1000, 1);
  CHECK_FALSE(history.before(1));
  CHECK(history.before(2)->time_ms == 1000);
  history.keep(report_of(2), 2000, 2);
  CHECK(history.before(2)->results.size() == 5);
  CHECK(history.before(3)->results.size() == 2);
  history.keep(report_of(1), 3000, 3);
  CHECK(history.before(3)->time_ms == 2000);
  CHECK(files_in(folder.path() / "reports") == 2);
  CHECK_FALSE(ReportHistory(folder.path(), "other", "").before(9));
  CHECK_FALSE(ReportHistory(folder.path(), "shapes", "graph").before(9));
}

TEST_CASE("a report without all results replaces none, and may be the only one", "[history]") {
  const tests::TemporaryFolder folder;
  const ReportHistory history(folder.path(), "shapes", "");
  shacl::Report cut = report_of(5);
  cut.results.resize(1);
  history.keep(cut, 1000, 1);
  CHECK_FALSE(history.before(2)->is_complete());
  history.keep(report_of(5), 2000, 1);
  CHECK(history.before(2)->is_complete());
  history.keep(cut, 3000, 1);
  CHECK(history.before(2)->is_complete());
}

TEST_CASE("files are few, whatever is validated", "[history]") {
  const tests::TemporaryFolder folder;
  for (int i = 0; i < 40; ++i) ReportHistory(folder.path(), std::to_string(i), "").keep(report_of(1), 1, 1);
  CHECK(files_in(folder.path() / "reports") == 32);
  std::ofstream(folder.path() / "reports" / "note.txt") << "mine";
  std::ofstream(folder.path() / "reports" / "odd-1x.json.zst") << "mine";
  ReportHistory(folder.path(), "more", "").keep(report_of(1), 1, 1);
  CHECK(files_in(folder.path() / "reports") == 34);
}

TEST_CASE("a damaged file of the history is told, and replaced", "[history]") {
  const tests::TemporaryFolder folder;
  const ReportHistory history(folder.path(), "shapes", "");
  history.keep(report_of(1), 1000, 1);
  const auto file = std::filesystem::directory_iterator(folder.path() / "reports")->path();
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 3);
  CHECK_THROWS_AS(history.before(2), base::Error);
  history.keep(report_of(1), 1000, 1);
  CHECK(history.before(2)->is_complete());
}

}  // namespace scenograph::ingest
