#include "ingest/clean.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "base/file.hpp"
#include "ingest/ingest.hpp"
#include "rdf/vocab.hpp"
#include "support/temporary_folder.hpp"

using namespace scenograph;
using rdf::Quad;
using rdf::Term;

namespace {

Term schema(const char* name) { return Term::iri("http://schema.org/" + std::string(name)); }

struct Cleaned {
  std::vector<Quad> quads;
  std::vector<base::Diagnostic> diagnostics;
};

Cleaned cleaned(const std::vector<Quad>& quads, std::string_view base = {}) {
  Cleaned out;
  const auto keep = [&](const base::Diagnostic& diagnostic) { out.diagnostics.push_back(diagnostic); };
  ingest::QuadTable table(quads);
  ingest::clean(table, "page.html", keep, base);
  out.quads = table.quads();
  return out;
}

/// The one object left when `property` has `object`.
Term object_of(const char* property, const Term& object) {
  const Cleaned out = cleaned({{Term::blank("e"), schema(property), object, {}}});
  REQUIRE(out.quads.size() == 1);
  return out.quads.front().object;
}

}  // namespace

TEST_CASE("dates are written the standard way", "[clean]") {
  const auto date_time = [](const char* lexical) { return Term::literal(lexical, rdf::xsd::dateTime); };
  CHECK(object_of("startDate", Term::literal("2025-12-12")) == Term::literal("2025-12-12", rdf::xsd::date));
  CHECK(object_of("startDate", Term::literal("2025-12-12", "http://schema.org/Date")) ==
        Term::literal("2025-12-12", rdf::xsd::date));
  CHECK(object_of("startDate", Term::literal("2025-12-12 20:30")) == date_time("2025-12-12T20:30:00"));
  CHECK(object_of("startDate", Term::literal("2025-12-12T20:30-0500")) == date_time("2025-12-12T20:30:00-05:00"));
  CHECK(object_of("endDate", Term::literal("2025-12-12T20:30:00Z")) == date_time("2025-12-12T20:30:00Z"));
  CHECK(object_of("startDate", Term::literal("vendredi")) == Term::literal("vendredi"));
  CHECK(object_of("startDate", Term::literal("2025-02-30", "https://schema.org/Date")) == Term::literal("2025-02-30"));
}

TEST_CASE("words of schema.org become its IRIs", "[clean]") {
  CHECK(object_of("eventStatus", Term::literal("cancelled")) == schema("EventCancelled"));
  CHECK(object_of("eventStatus", Term::iri("https://schema.org/EventPostponed")) == schema("EventPostponed"));
  CHECK(object_of("eventAttendanceMode", Term::literal("offline")) == schema("OfflineEventAttendanceMode"));
  CHECK(object_of("availability", Term::literal("In Stock")) == schema("InStock"));
  CHECK(object_of("availability", Term::literal("maybe")) == Term::literal("maybe"));
}

TEST_CASE("words that were resolved against the page are shown as they were written", "[clean]") {
  const auto found = [](const char* property, const char* iri) {
    const Cleaned out = cleaned({{Term::blank("e"), schema(property), Term::iri(iri), {}}}, "file:///pages/page.html");
    REQUIRE(out.diagnostics.size() == 1);
    return out.diagnostics.front().found;
  };
  CHECK(found("eventAttendanceMode", "file:///pages/offline") == "offline");
  CHECK(found("availability", "file:///pages/peut-etre") == "peut-etre");
  CHECK(found("availability", "https://ex.test/InStock") == "https://ex.test/InStock");
}

TEST_CASE("words that were resolved against the base of a page are shown as they were written", "[clean]") {
  const tests::TemporaryFolder folder;
  ingest::Source source;
  source.path = folder.path() / "page.html";
  source.address = "https://venue.example/shows/phedre";
  const auto found = [&](const std::string& head) {
    base::write_file(source.path, "<head>" + head +
                                      "</head><script type=\"application/ld+json\">{\"@context\": "
                                      "\"http://schema.org/\", \"@type\": \"TheaterEvent\", \"name\": \"Phèdre\", "
                                      "\"eventAttendanceMode\": {\"@id\": \"peut-etre\"}}</script>");
    std::vector<std::string> words;
    const auto data = ingest::read_source(source, [&](const base::Diagnostic& diagnostic) {
      if (diagnostic.field == "eventAttendanceMode") words.push_back(diagnostic.found);
    });
    CHECK(data.quads.size() == 3);
    return words;
  };
  CHECK(found("") == std::vector<std::string>{"peut-etre"});
  CHECK(found("<base href=\"/app/\">") == std::vector<std::string>{"peut-etre"});
  CHECK(found("<base href=\"https://other.example/a/b\">") == std::vector<std::string>{"peut-etre"});
}

TEST_CASE("the hour at which doors open is a time of day, or a date and time", "[clean]") {
  const auto time = [](const char* lexical) { return Term::literal(lexical, rdf::xsd::time); };
  const auto opens = [](const Term& object) {
    const Cleaned out = cleaned({{Term::blank("e"), schema("doorTime"), object, {}}});
    REQUIRE(out.quads.size() == 1);
    CHECK(out.diagnostics.empty());
    return out.quads.front().object;
  };
  CHECK(opens(Term::literal("19:30")) == time("19:30:00"));
  CHECK(opens(Term::literal("19:30:00", "http://schema.org/Date")) == time("19:30:00"));
  CHECK(opens(Term::literal("19:30", "http://schema.org/Time")) == time("19:30:00"));
  CHECK(opens(Term::literal("19:30", rdf::xsd::time)) == time("19:30:00"));
  CHECK(opens(Term::literal("18:45:00", rdf::xsd::time)) == time("18:45:00"));
  CHECK(opens(Term::literal("19:30-0500")) == time("19:30:00-05:00"));
  CHECK(opens(Term::literal("19:30Z")) == time("19:30:00Z"));
  CHECK(opens(Term::literal("19h30")) == time("19:30:00"));
  CHECK(opens(Term::literal("19 H 30")) == time("19:30:00"));
  CHECK(opens(Term::literal("19\u00A0h\u00A030")) == time("19:30:00"));
  CHECK(opens(Term::literal("9h")) == time("09:00:00"));
  CHECK(opens(Term::literal("7:30 pm")) == time("19:30:00"));
  CHECK(opens(Term::literal("2025-12-12T19:30:00Z")) == Term::literal("2025-12-12T19:30:00Z", rdf::xsd::dateTime));
  CHECK(opens(Term::literal("2025-12-12T19:30:00", rdf::xsd::dateTime)) ==
        Term::literal("2025-12-12T19:30:00", rdf::xsd::dateTime));
  CHECK(object_of("doorTime", Term::literal("2025-12-12 19:30")) ==
        Term::literal("2025-12-12T19:30:00", rdf::xsd::dateTime));
  for (const char* text : {"25:00", "19h75", "une heure avant", "19h30 et 20h", "19h30 20h", "7pm 9pm", "19"}) {
    CHECK(object_of("doorTime", Term::literal(text)) == Term::literal(text));
  }
  CHECK(object_of("startDate", Term::literal("19h30")) == Term::literal("19h30"));
}

TEST_CASE("texts that are web addresses become links", "[clean]") {
  CHECK(object_of("additionalType", Term::literal(" https://www.wikidata.org/wiki/Q43099500")) ==
        Term::iri("http://www.wikidata.org/entity/Q43099500"));
  CHECK(object_of("image", Term::literal("https://ex.test/a.jpg")) == Term::iri("https://ex.test/a.jpg"));
  CHECK(object_of("image", Term::literal("https://ex.test/a b.jpg")) == Term::literal("https://ex.test/a b.jpg"));
  CHECK(object_of("additionalType", Term::literal("spectacle")) == Term::literal("spectacle"));
}

TEST_CASE("prices become numbers", "[clean]") {
  const auto decimal = [](const char* lexical) { return Term::literal(lexical, rdf::xsd::decimal); };
  CHECK(object_of("price", Term::literal("12.50")) == Term::literal("12.50"));
  CHECK(object_of("price", Term::literal("12,50 €")) == decimal("12.5"));
  CHECK(object_of("price", Term::literal("Gratuit")) == decimal("0"));
  CHECK(object_of("price", Term::literal("sur demande")) == Term::literal("sur demande"));

  const Cleaned several = cleaned({{Term::blank("o"), schema("price"), Term::literal("20€, 16€, 12€"), {}}});
  REQUIRE(several.quads.size() == 2);
  CHECK(several.quads[0] == Quad{Term::blank("o"), schema("lowPrice"), decimal("12"), {}});
  CHECK(several.quads[1] == Quad{Term::blank("o"), schema("highPrice"), decimal("20"), {}});
  REQUIRE(several.diagnostics.size() == 1);
  CHECK(base::to_string(several.diagnostics.front()) ==
        "page.html, «price»: several prices in one text became the lowest and the highest (found «20€, 16€, 12€», "
        "made «12 – 20»)");
}

TEST_CASE("addresses are put right and schema.org has one namespace", "[clean]") {
  CHECK(object_of("sameAs", Term::iri("https://www.wikidata.org/wiki/Q42")) ==
        Term::iri("http://www.wikidata.org/entity/Q42"));
  CHECK(object_of("url", Term::iri("https://a.example/?b=1&amp;c=2")) == Term::iri("https://a.example/?b=1&c=2"));
  const Cleaned out = cleaned({{Term::blank("e"), Term::iri("https://schema.org/name"), Term::literal("Phèdre"), {}}});
  CHECK(out.quads.front().predicate == schema("name"));
  CHECK(out.diagnostics.empty());
}

TEST_CASE("contact data of persons is left out, that of places is not", "[clean]") {
  const Term type = Term::iri(rdf::rdf::type);
  const Cleaned person = cleaned({{Term::blank("p"), type, schema("Person"), {}},
                                  {Term::blank("p"), schema("email"), Term::literal("a@b.example"), {}}});
  CHECK(person.quads.size() == 1);
  CHECK(person.diagnostics.size() == 1);
  const Cleaned place = cleaned({{Term::blank("p"), type, schema("Place"), {}},
                                 {Term::blank("p"), schema("telephone"), Term::literal("+33 1"), {}}});
  CHECK(place.quads.size() == 2);
}
