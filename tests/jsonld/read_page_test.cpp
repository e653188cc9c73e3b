#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "canon/compare.hpp"
#include "jsonld/any_syntax.hpp"
#include "support/nquads.hpp"

using namespace scenograph;
using syntax::Format;

namespace {

struct Outcome {
  std::vector<rdf::Quad> quads;
  std::vector<std::string> diagnostics;
};

Outcome read(std::string_view text, Format format, bool lenient) {
  Outcome outcome;
  syntax::ReadOptions options;
  options.base = "http://site.test/show";
  options.lenient = lenient;
  options.diagnostics = [&outcome](const base::Diagnostic& each) { outcome.diagnostics.push_back(each.message.en); };
  const auto source = base::open_text(text);
  jsonld::read_any(*source, format, options, [&outcome](const rdf::Quad& quad) { outcome.quads.push_back(quad); });
  return outcome;
}

Outcome read_page(const std::string& html, bool lenient = false) { return read(html, Format::Html, lenient); }

std::string script(const std::string& json) { return "<script type=application/ld+json>" + json + "</script>"; }

std::string only_diagnostic(const std::string& html) {
  const Outcome outcome = read_page(html);
  INFO(html);
  REQUIRE(outcome.diagnostics.size() == 1);
  return outcome.diagnostics[0];
}

std::string file_text(const std::string& name) {
  const std::string path = SCENOGRAPH_SOURCE "/tests/markup/pages/" + name;
  const auto source = base::open_file(path);
  return base::read_all(*source, 0, path);
}

}  // namespace

TEST_CASE("a page's kinds of data come in one stream", "[read_page]") {
  const std::string page =
      "<base href=/deep/>" + script("{\"http://p\":{\"@id\":\"j\"}}") +
      "<p itemscope><a itemprop=http://p href=m>x</a></p><p typeof=dc:T><a property=dc:p href=r>x</a>";
  const std::string turtle =
      "[] <http://p> </deep/j> . [] <http://p> </deep/m> . [] a <http://purl.org/dc/terms/T> ; "
      "<http://purl.org/dc/terms/p> </deep/r> .";
  const Outcome outcome = read_page(page);
  INFO(tests::to_nquads(outcome.quads));
  CHECK(canon::isomorphic(outcome.quads, read(turtle, Format::Turtle, false).quads));
  CHECK(outcome.diagnostics.empty());
}

TEST_CASE("a page that lacks data is told what to add", "[read_page]") {
  CHECK(only_diagnostic("<p>nothing</p>").starts_with("the page has no structured data"));
  CHECK(only_diagnostic("<p itemprop=x rel=a:b>nothing</p>").starts_with("the page has no structured data"));
  CHECK(only_diagnostic("<meta property=og:title content=x>").starts_with("the page has Open Graph only"));
  const std::string type = "{\"@context\":\"https://schema.org\",\"@type\":\"";
  CHECK(only_diagnostic(script(type + "WebPage\"}")).find("describes no event") != std::string::npos);
  CHECK(only_diagnostic("<p itemscope itemtype=https://schema.org/Place>").find("describes no event") !=
        std::string::npos);
  for (const std::string event : {"TheaterEvent", "Event", "EventSeries", "Festival", "http://other.test/Show"}) {
    INFO(event);
    CHECK(read_page(script(type + event + "\"}")).diagnostics.empty());
  }
}

TEST_CASE("a page past the bounds still gives its scripts", "[read_page]") {
  std::string page = script("{\"@id\":\"e\",\"http://p\":1}") + "<p property=dc:title>x</p>";
  for (int i = 0; i < 1000; ++i) page += "<div>";
  CHECK_THROWS_AS(read_page(page), base::Error);
  const Outcome outcome = read_page(page, true);
  CHECK(outcome.quads.size() == 1);
  REQUIRE(outcome.diagnostics.size() == 1);
  CHECK(outcome.diagnostics[0].find("640 deep") != std::string::npos);
}

TEST_CASE("pages as content management systems write them", "[read_page]") {
  for (const std::string name : {"wordpress", "drupal", "microdata"}) {
    INFO(name);
    const Outcome page = read_page(file_text(name + ".html"), true);
    const Outcome expected = read(file_text(name + ".ttl"), Format::Turtle, false);
    const canon::Difference difference = canon::compare(expected.quads, page.quads);
    for (const std::string& line : difference.removed) UNSCOPED_INFO("missing: " << line);
    for (const std::string& line : difference.added) UNSCOPED_INFO("too much: " << line);
    CHECK(difference.empty());
  }
  CHECK(read_page(file_text("wordpress.html"), true).diagnostics.size() == 1);
  CHECK(read_page(file_text("drupal.html"), true).diagnostics.empty());
}
