#include "jsonld/entity.hpp"

#include <catch2/catch.hpp>

#include "syntax/reader.hpp"

using namespace scenograph;

namespace {

std::string entity(const std::string& turtle) {
  std::vector<rdf::Triple> triples;
  const auto source = base::open_text(turtle);
  syntax::read(*source, syntax::Format::Turtle, {}, [&triples](const rdf::Quad& quad) {
    triples.push_back({quad.subject, quad.predicate, quad.object});
  });
  jsonld::EntityOptions options;
  options.indent = 0;
  return jsonld::entity_json(triples, "http://x/e", options);
}

}  // namespace

TEST_CASE("an entity is written with its neighbours nested", "[entity]") {
  struct Case {
    const char* turtle;
    const char* json;
  };
  const std::vector<Case> cases = {
      {"", R"({"@context":"https://schema.org","@id":"http://x/e"})"},
      {"x:e a s:Event, s:TheaterEvent, x:T ; s:name \"Phèdre\"@fr, \"Phaedra\"@en ; x:p 1 .",
       R"({"@context":"https://schema.org","@id":"http://x/e","@type":["Event","TheaterEvent","http://x/T"],)"
       R"("http://x/p":1,"name":[{"@language":"fr","@value":"Phèdre"},{"@language":"en","@value":"Phaedra"}]})"},
      {"x:e s:url <http://y/> ; s:performer x:nobody ; s:eventStatus s:EventScheduled ; s:isAccessibleForFree true .",
       R"({"@context":"https://schema.org","@id":"http://x/e","eventStatus":"http://schema.org/EventScheduled",)"
       R"("isAccessibleForFree":true,"performer":{"@id":"http://x/nobody"},"url":"http://y/"})"},
      {"x:e s:startDate \"2025-12-12T20:30:00\"^^<http://www.w3.org/2001/XMLSchema#dateTime> ; s:offers [ s:price "
       "12.50 ] .",
       R"({"@context":"https://schema.org","@id":"http://x/e","offers":{"price":"12.50"},)"
       R"("startDate":"2025-12-12T20:30:00"})"},
      {"x:e s:subEvent x:f . x:f s:superEvent x:e ; s:location x:l . x:l s:name 'Salle' .",
       R"({"@context":"https://schema.org","@id":"http://x/e","subEvent":{"@id":"http://x/f","location":)"
       R"({"@id":"http://x/l","name":"Salle"},"superEvent":{"@id":"http://x/e"}}})"},
  };
  for (const Case& each : cases) {
    INFO(each.turtle);
    CHECK(entity("@prefix x: <http://x/> . @prefix s: <http://schema.org/> . " + std::string(each.turtle)) ==
          each.json);
  }
}
