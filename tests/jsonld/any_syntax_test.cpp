#include "jsonld/any_syntax.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "canon/compare.hpp"
#include "support/nquads.hpp"

using namespace scenograph;
using syntax::Format;

namespace {

struct Outcome {
  std::string quads;
  std::string error;
  std::vector<std::string> diagnostics;
};

std::string place(const base::Where& where) { return std::to_string(where.line) + ":" + std::to_string(where.column); }

Outcome read_text(std::string_view text, Format format, bool lenient = false) {
  Outcome outcome;
  syntax::ReadOptions options;
  options.base = "http://site.test/show";
  options.lenient = lenient;
  options.diagnostics = [&outcome](const base::Diagnostic& each) {
    outcome.diagnostics.push_back(place(each.where) + " " + each.message.en);
  };
  const auto source = base::open_text(text);
  try {
    jsonld::read_any(*source, format, options, [&outcome](const rdf::Quad& quad) {
      for (const rdf::Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
        if (!term->is_default_graph()) outcome.quads += rdf::to_ntriples(*term) + " ";
      }
      outcome.quads.back() = '\n';
    });
  } catch (const base::Error& error) {
    outcome.error = place(error.where()) + " " + error.message();
  }
  return outcome;
}

const std::string event =
    "\n{\"@context\": \"https://schema.org\", \"@id\": \"#e\", \"name\": \"Phèdre\", \"url\": \"/e\"}";
const std::string event_quads =
    "<http://site.test/show#e> <http://schema.org/name> \"Phèdre\"\n"
    "<http://site.test/show#e> <http://schema.org/url> <http://site.test/e>\n";

}  // namespace

TEST_CASE("documents and pages are read with the bundled context", "[any_syntax]") {
  CHECK(read_text(event, Format::JsonLd).quads == event_quads);
  CHECK(read_text("\xEF\xBB\xBF" + event, Format::JsonLd).quads == event_quads);
  const std::string page =
      "<html><!-- <script type='application/ld+json'>{</script> --><script>if (a<b) x()</script>"
      "<SCRIPT data-x=\"a>b\" type=\"application/ld&#43;json; charset=utf-8\">" +
      event +
      "</SCRIPT>"
      "<script type=application/ld+json>[]</script>";
  CHECK(read_text(page, Format::Html).error == "");
  CHECK(read_text(page, Format::Html).quads == event_quads);
  CHECK(read_text("<base href='/deep/x'><script "
                  "type='application/ld+json'>{\"@id\":\"y\",\"http://p\":{\"@id\":\"z\"}}</script>",
                  Format::Html)
            .quads == "<http://site.test/deep/y> <http://p> <http://site.test/deep/z>\n");
  CHECK(read_text("<p>nothing</p>", Format::Html).diagnostics.size() == 1);
}

TEST_CASE("faults are named with their place", "[any_syntax]") {
  CHECK(read_text("{\n \"a\": }", Format::JsonLd).error.starts_with("2:7 this is not JSON"));
  CHECK(read_text("<p>\n<script type='application/ld+json'>{\n\"a\": 1,}</script>", Format::Html)
            .error.starts_with("3:8 this is not JSON"));
  CHECK(read_text("{\"@context\": \"https://other.test/c\"}", Format::JsonLd)
            .error.find("https://other.test/c is not fetched") != std::string::npos);
  const std::string deep = std::string(100000, '[');
  CHECK(read_text(deep, Format::JsonLd).error.find("256 deep") != std::string::npos);
  std::string nested;
  for (int i = 0; i < 100000; ++i) nested += "<div>";
  CHECK(read_text(nested + "<script type='application/ld+json'>[]</script>", Format::Html).error == "");
}

TEST_CASE("blank nodes are named as N-Quads can write it, or left out", "[any_syntax]") {
  CHECK(read_text(R"([{"@id":"_:a b","http://e/p":1},{"@id":"_:","http://e/p":1},{"@id":"_:a.b","http://e/p":"x"}])",
                  Format::JsonLd)
            .quads == "_:a.b <http://e/p> \"x\"\n");
}

TEST_CASE("hostile documents take no more time than their size", "[any_syntax]") {
  const auto listed = [](unsigned count, const auto& item) {
    std::string out;
    for (unsigned i = 0; i < count; ++i) out.append(i == 0 ? "" : ",").append(item(std::to_string(i)));
    return out;
  };
  constexpr unsigned many = 20000;
  const auto plain = [](const std::string& i) { return "\"t" + i + "\":\"http://e/" + i + "\""; };
  const std::string many_contexts = listed(many, [&](const std::string& i) { return "{" + plain(i) + "}"; });
  CHECK(read_text("{\"@context\":[" + many_contexts + "],\"t7\":1}", Format::JsonLd).quads ==
        "_:g1 <http://e/7> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>\n");
  const std::string nodes = listed(many, [](const std::string&) { return "{\"@context\":{\"u\":\"http://e/u\"}}"; });
  CHECK(read_text("{\"@context\":{" + listed(many, plain) + "},\"@graph\":[" + nodes + "]}", Format::JsonLd).error ==
        "");
  const std::string scoped = listed(many, [&](const std::string& i) {
    return "\"t" + i + "\":{\"@id\":\"http://e/" + i + "\",\"@context\":{\"u\":\"http://e/u\"}}";
  });
  CHECK(read_text("{\"@context\":{" + scoped + "}}", Format::JsonLd).error == "");
  std::string open_tags;
  for (unsigned i = 0; i < 100000; ++i) open_tags += "<base href=\"";
  CHECK(read_text(open_tags, Format::Html).error == "");
  CHECK(read_text("<base " + listed(100000, [](const std::string& i) { return "a" + i + "=1 "; }) + ">", Format::Html)
            .error == "");
}

TEST_CASE("the usual faults of hand-made scripts are repaired", "[any_syntax]") {
  const std::vector<std::string> cases = {
      R"({"@id": "#e", "http://p": "x",})",
      "//<![CDATA[\n{\"@id\": \"#e\", \"http://p\": \"x\"}\n//]]>",
      "<!-- {\"@id\": \"#e\", \"http://p\": \"x\"} -->",
      "{\"@id\": \"#e\", // the event\n /* here */ \"http://p\": \"x\"}",
      "{&quot;@id&quot;: &quot;#e&quot;, &quot;http://p&quot;: &quot;x&quot;}",
      R"({"@id": "#e", "http://p": "\x"})",
  };
  for (const std::string& json : cases) {
    INFO(json);
    const Outcome outcome = read_text("<script type='application/ld+json'>" + json + "</script>", Format::Html, true);
    CHECK(outcome.error == "");
    CHECK(outcome.quads == "<http://site.test/show#e> <http://p> \"x\"\n");
    CHECK_FALSE(outcome.diagnostics.empty());
    CHECK(read_text("<script type='application/ld+json'>" + json + "</script>", Format::Html).error != "");
  }
  const Outcome lines = read_text("{\"@id\": \"#e\",\n\"http://p\": \"a\nb\"}", Format::JsonLd, true);
  CHECK(lines.quads == "<http://site.test/show#e> <http://p> \"a\\nb\"\n");
  CHECK(lines.diagnostics.at(0).starts_with("2:15 "));
  const Outcome hopeless = read_text("<script type='application/ld+json'>no JSON</script>", Format::Html, true);
  CHECK(hopeless.error == "");
  CHECK(hopeless.diagnostics.size() == 1);
}

TEST_CASE("a long feed is repaired event by event, and what is alike is told a few times", "[any_syntax]") {
  constexpr std::size_t count = 10000;
  std::string feed = "{\"@context\": \"Schema.org\", \"@graph\": [";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string id = "\"@id\": \"#" + std::to_string(i) + "\"";
    const std::string separator = i == 5000 ? " " : ", ";  // a comma is missing
    const std::string event =
        "{" + id + separator + "\"durée\": \"PT2H\", \"name\": \"" + std::string(100, 'x') + "\"}";
    feed += (i == 0 ? "\n" : ",\n") + (i == 6000 ? "{%}" : event);
  }
  feed += "]}";
  const Outcome outcome = read_text(feed, Format::JsonLd, true);
  CHECK(outcome.error == "");
  CHECK(std::count(outcome.quads.begin(), outcome.quads.end(), '\n') == 2 * (count - 1));
  const auto told = [&](const std::string& part) {
    return std::count_if(outcome.diagnostics.begin(), outcome.diagnostics.end(),
                         [&](const std::string& each) { return each.find(part) != std::string::npos; });
  };
  CHECK(outcome.diagnostics.size() == 7);
  CHECK(told("5002:17 a comma is missing") == 1);
  CHECK(told("6002:1 what JSON-LD cannot read was left out") == 1);
  CHECK(told("did you mean «duration»") == 4);
  CHECK(outcome.diagnostics.back().ends_with("(9996 more like this)"));
  CHECK(read_text(feed, Format::JsonLd).error.find("Schema.org") != std::string::npos);
  feed.replace(feed.find("\"Schema.org\""), 12, "[\"Schema.org\",]");
  CHECK(read_text(feed, Format::JsonLd, true).quads == outcome.quads);
}

TEST_CASE("repairing hostile text takes no more time than its size", "[any_syntax]") {
  constexpr unsigned many = 100000;
  const auto times = [](std::string_view part) {
    std::string out;
    for (unsigned i = 0; i < many; ++i) out += part;
    return out;
  };
  const std::string begin = "{\"@context\": \"https://schema.org\", \"name\": \"";
  for (const std::string_view part : {"\"", "\",", "\n", "\n\"", "&amp;", "\\", "\xE9", "\" ", "\":"}) {
    CHECK(read_text(begin + times(part) + "\"}", Format::JsonLd, true).error == "");
  }
  for (const std::string_view part : {",", "{}", "/**/", "/*", "<!--", "//", "]", "x ", "\"", "..."}) {
    CHECK(read_text("{}" + times(part), Format::JsonLd, true).error == "");
    CHECK(read_text("{\"a\":[1" + times(part) + "2]}", Format::JsonLd, true).diagnostics.size() < 100);
  }
}

TEST_CASE("JSON-LD is written nested, in the terms of schema.org", "[any_syntax]") {
  const std::string turtle =
      "@prefix s: <http://schema.org/> . @prefix x: <http://x/> .\n"
      "x:e a s:Event ; s:name \"Phèdre\"@fr ; s:url <http://x/page> ; s:location x:l ; s:offers [ s:price 12 ] ;\n"
      "  x:order ( x:a \"b\" ) ; s:isAccessibleForFree true . x:l s:name \"Salle\" ; s:containedInPlace x:l2 .\n"
      "x:l2 s:containsPlace x:l3 . x:l3 s:containedInPlace x:l2 .";
  std::vector<rdf::Quad> quads;
  const auto source = base::open_text(turtle);
  jsonld::read_any(*source, Format::Turtle, {}, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  std::string json;
  const auto writer = jsonld::make_any_writer(Format::JsonLd, [&json](std::string_view piece) { json += piece; });
  for (const rdf::Quad& quad : quads) writer->write(quad);
  writer->finish();
  INFO(json);
  CHECK(json.find("\"@context\": \"https://schema.org\"") != std::string::npos);
  CHECK(json.find("\"url\": \"http://x/page\"") != std::string::npos);
  CHECK(json.find("\"_:") == std::string::npos);
  CHECK(json.find("\"location\": {") != std::string::npos);
  std::vector<rdf::Quad> back;
  const auto again = base::open_text(json);
  jsonld::read_any(*again, Format::JsonLd, {}, [&back](const rdf::Quad& quad) { back.push_back(quad); });
  INFO(tests::to_nquads(back));
  CHECK(canon::isomorphic(quads, back));
  CHECK_THROWS_AS(jsonld::make_any_writer(Format::Html, [](std::string_view) {}), base::Error);
}

TEST_CASE("JSON-LD that is too long to be nested is written as it comes", "[any_syntax]") {
  using rdf::Term;
  std::vector<rdf::Quad> quads;
  for (int i = 0; i < 15'000; ++i) {
    const std::string number = std::to_string(i);
    const Term subject = i % 7 == 0 ? Term::blank("b" + number) : Term::iri("http://x/" + number);
    const Term graph = i % 5 == 0 ? Term::iri("http://x/g" + std::to_string(i % 3)) : Term();
    quads.push_back({subject, Term::iri("http://schema.org/name"), Term::lang_literal("n" + number, "fr"), graph});
    quads.push_back(
        {subject, Term::iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#first"), Term::literal("x"), graph});
    // A list and a blank node whose users lie far from them.
    quads.push_back({subject, Term::iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"),
                     Term::iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"), graph});
    if (i % 7 == 0) quads.push_back({Term::iri("http://x/end"), Term::iri("http://x/p" + number), subject, graph});
  }
  std::string json;
  bool told = false;
  syntax::WriteOptions options;
  options.on_too_many = [&told] { told = true; };
  const auto writer = jsonld::make_any_writer(
      Format::JsonLd, [&json](std::string_view piece) { json += piece; }, options);
  for (const rdf::Quad& quad : quads) writer->write(quad);
  writer->finish();
  CHECK(told);
  CHECK(json.find("@list") == std::string::npos);
  std::vector<rdf::Quad> back;
  const auto again = base::open_text(json);
  jsonld::read_any(*again, Format::JsonLd, {}, [&back](const rdf::Quad& quad) { back.push_back(quad); });
  CHECK(canon::isomorphic(quads, back));
}
