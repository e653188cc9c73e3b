#include "shacl/trend.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "shacl/report.hpp"

namespace scenograph::shacl {

namespace {

rdf::Term node(const std::string& name) { return rdf::Term::iri("http://ex.test/" + name); }

Check check_of(const std::string& shape, std::uint64_t count) {
  Check check;
  check.source_shape = shape.starts_with("_:") ? rdf::Term::blank(shape.substr(2)) : node(shape);
  check.component_iri = "http://www.w3.org/ns/shacl#MinCountConstraintComponent";
  check.path = Path{Path::Kind::Predicate, node("image"), {}};
  check.names = {{"Image", "en"}, {"Photo", "fr"}};
  check.messages = {{"Add an image.", "en"}, {"Ajoutez une photo.", "fr"}};
  check.count = count;
  return check;
}

Report report_of(std::vector<Check> checks, std::vector<Result> results) {
  Report report;
  report.checks = std::move(checks);
  report.results = std::move(results);
  for (const Check& check : report.checks) report.total += check.count;
  report.conforms = report.total == 0;
  return report;
}

/// What comparing needs of a report.
Baseline baseline_of(const Report& report) {
  Baseline baseline;
  for (const Check& check : report.checks) {
    baseline.checks.push_back({check.source_shape, check.component_iri, "", to_string(*check.path), check.severity,
                               check.names, check.messages, check.count});
  }
  for (const Result& result : report.results) baseline.results.push_back({result.check, result.focus_node});
  return baseline;
}

const Report before =
    report_of({check_of("a", 3), check_of("b", 1), check_of("gone", 1)},
              {{node("1"), {}, 0}, {node("2"), {}, 0}, {node("2"), {}, 0}, {node("1"), {}, 1}, {node("1"), {}, 2}});
const Report now = report_of({check_of("b", 1), check_of("a", 2), check_of("fresh", 1)},
                             {{node("1"), {}, 0}, {node("2"), {}, 1}, {node("3"), {}, 1}, {node("1"), {}, 2}});

std::string text_of(const Report& report, const Trend& trend, const char* language) {
  ReportOptions options;
  options.language = language;
  options.trend = &trend;
  std::string out;
  write_text(report, options, [&](std::string_view bytes) { out += bytes; });
  return out;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("results are held against those of an earlier report", "[trend]") {
  const Trend trend = compare(now, baseline_of(before));
  CHECK(trend.exact);
  CHECK(trend.total.before == 5);
  CHECK(trend.total.mended == 3);  // a: 1, one of 2; gone: 1
  CHECK(trend.total.added == 2);   // a: 3; fresh: 1
  CHECK(trend.total.before - trend.total.mended + trend.total.added == now.total);
  CHECK(trend.is_new == std::vector<bool>{false, false, true, true});
  REQUIRE(trend.checks.size() == 3);
  CHECK(trend.checks[1].before == 3);
  CHECK(trend.checks[1].mended == 2);
  CHECK(trend.checks[1].added == 1);
  CHECK(trend.gone == std::vector<std::uint32_t>{2});
  REQUIRE(trend.absent.size() == 3);
  CHECK(trend.absent[0].now == 1U);
  CHECK(trend.absent[0].focus_node == node("1"));
  CHECK(trend.absent[1].focus_node == node("2"));
  CHECK(trend.absent[2].earlier == 2);
  CHECK_FALSE(trend.absent[2].now);
}

TEST_CASE("without all results the counts are held against each other", "[trend]") {
  Baseline cut = baseline_of(before);
  cut.results.pop_back();
  const Trend trend = compare(now, cut);
  CHECK_FALSE(trend.exact);
  CHECK(trend.total.mended == 2);
  CHECK(trend.total.added == 1);
  CHECK(trend.is_new.empty());
  CHECK(trend.absent.empty());
  Report kept = now;
  kept.results.pop_back();
  CHECK_FALSE(compare(kept, baseline_of(before)).exact);
}

TEST_CASE("checks of shapes without an IRI are known by their messages, equal ones by their order", "[trend]") {
  const Report first = report_of({check_of("_:x", 1), check_of("_:y", 1)}, {{node("1"), {}, 0}, {node("2"), {}, 1}});
  const Report renamed = report_of({check_of("_:p", 1), check_of("_:q", 1)}, {{node("1"), {}, 0}, {node("2"), {}, 1}});
  CHECK(compare(renamed, baseline_of(first)).total.added == 0);
  Report other = renamed;
  other.checks[1].messages = {{"Something else.", "en"}};
  const Trend trend = compare(other, baseline_of(first));
  CHECK(trend.total.added == 1);
  CHECK(trend.total.mended == 1);
}

TEST_CASE("reports say what changed, in both languages", "[trend]") {
  ::setenv("TZ", "UTC0", 1);
  ::tzset();
  Baseline earlier = baseline_of(before);
  earlier.time_ms = 1772546520000;  // 2026-03-03T14:02:00Z
  const Trend trend = compare(now, earlier);
  const std::string english = text_of(now, trend, "en");
  CHECK(has(english, "\nSince 3 March 2026, 14:02: 3 mended, 2 new\n"));
  CHECK(has(english,
            "\nWhat changed\n  Image (to fix): 2 mended, 1 new\n  Image (to fix): 1 new\n"
            "  Image (to fix): 1 mended\n"));
  CHECK(has(english, "<http://ex.test/3>\n  ✗ Image (to fix, new)\n"));
  CHECK(has(english, "<http://ex.test/2>\n  ✗ Image (to fix)\n"));
  const std::string french = text_of(now, trend, "fr");
  CHECK(has(french,
            "\nDepuis le 3 mars 2026 à 14\u00a0h\u00a0"
            "02\u00a0: 3 corrigés, 2 nouveaux\n"));
  CHECK(has(french, "\n  Photo (à corriger)\u00a0: 1 corrigé\n"));
  CHECK(has(french, "(à corriger, nouveau)"));

  earlier.time_ms = 1772323200000;  // 2026-03-01
  CHECK(has(text_of(now, compare(now, earlier), "fr"),
            "Depuis le 1er mars 2026 à 0\u00a0h\u00a0"
            "00"));
  earlier.time_ms = 0;
  earlier.results.clear();
  CHECK(has(text_of(before, compare(before, earlier), "fr"),
            "Depuis le contrôle précédent\u00a0: rien n’a changé (d’après les seuls nombres)\n"));

  const Report clean = report_of({}, {});
  CHECK(has(text_of(clean, compare(clean, baseline_of(before)), "en"),
            "Since the earlier report: 5 mended\n\nWhat changed\n  Image (to fix): 3 mended\n"));
}

TEST_CASE("JSON, SARIF and HTML tell new results from others", "[trend]") {
  const Trend trend = compare(now, baseline_of(before));
  ReportOptions options;
  options.trend = &trend;
  options.time_ms = 1772546520000;
  std::string json;
  write_json(
      now, [&](std::string_view bytes) { json += bytes; }, options);
  CHECK(has(json, R"("time":"2026-03-03T14:02:00.000Z")"));
  CHECK(has(json, R"("trend":{"exact":true,"before":5,"mended":3,"new":2,"gone":[)"));
  CHECK(has(json, R"("trend":{"before":3,"mended":2,"new":1})"));
  CHECK(has(json, R"("focusNode":{"type":"uri","value":"http://ex.test/3"},"new":true)"));
  std::string sarif;
  write_sarif(now, options, [&](std::string_view bytes) { sarif += bytes; });
  const auto count = [&sarif](std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = sarif.find(part); at != std::string::npos; at = sarif.find(part, at + 1)) ++found;
    return found;
  };
  CHECK(count(R"("baselineState":"new")") == 2);
  CHECK(count(R"("baselineState":"unchanged")") == 2);
  CHECK(count(R"("baselineState":"absent")") == 3);
  CHECK(has(sarif, R"({"ruleId":"gone/MinCount","level":"error","message":{"text":"Add an image."})"));
  std::string html;
  write_html(now, options, [&](std::string_view bytes) { html += bytes; });
  CHECK(has(html, "<p>Since the earlier report: 3 mended, 2 new</p>"));
  CHECK(has(html, "<p>Depuis le contrôle précédent\u00a0: 3 corrigés, 2 nouveaux</p>"));
  CHECK(has(html, "<span class=\"soft\">nouveau</span>"));
}

}  // namespace scenograph::shacl
