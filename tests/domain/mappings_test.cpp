#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>
#include <set>

#include "base/file.hpp"
#include "domain/files.hpp"
#include "ingest/clean.hpp"
#include "ingest/name_blanks.hpp"
#include "mapping/mapping.hpp"
#include "mapping/run.hpp"
#include "rdf/vocab.hpp"

using namespace scenograph;

namespace {

const std::string schema = "http://schema.org/";
const std::string production = "http://www.wikidata.org/entity/Q43099500";

struct Ingested {
  std::vector<rdf::Quad> quads;
  std::size_t diagnostics = 0;

  [[nodiscard]] std::set<std::string> subjects(const std::string& predicate, const std::string& object) const {
    std::set<std::string> found;
    for (const rdf::Quad& quad : quads) {
      if (quad.predicate.value == predicate && quad.object.value == object) found.insert(quad.subject.value);
    }
    return found;
  }

  /// The productions of that title.
  [[nodiscard]] std::set<std::string> productions(const std::string& title) const {
    std::set<std::string> found;
    const auto named = subjects(schema + "name", title);
    const auto typed = subjects(schema + "additionalType", production);
    std::set_intersection(named.begin(), named.end(), typed.begin(), typed.end(), std::inserter(found, found.end()));
    return found;
  }
};

/// What the pipeline makes of one of the example exports, before validation.
Ingested ingest_example(const char* name) {
  Ingested result;
  ingest::QuadTable quads;
  const auto count = [&](const base::Diagnostic&) { ++result.diagnostics; };
  const auto root = std::filesystem::path(SCENOGRAPH_SOURCE) / "examples";
  const auto mapping = mapping::load_mapping(root / "mappings" / (std::string(name) + ".rml.ttl"));
  mapping::RunOptions options;
  options.base = "https://data.example/";
  options.diagnostics = count;
  mapping::run_mapping(mapping, options, [&](const rdf::Quad& quad) { quads.add(quad); });
  ingest::clean(quads, name, count);
  ingest::name_blank_nodes(quads, options.base);
  result.quads = quads.quads();
  return result;
}

}  // namespace

TEST_CASE("every example mapping loads, so every function it names is known", "[domain]") {
  const auto files = tests::files_below("examples/mappings", ".rml.ttl");
  CHECK(files.size() >= 8);
  for (const auto& path : files) {
    INFO(path.string());
    CHECK_NOTHROW(static_cast<void>(mapping::load_mapping(path)));
  }
}

TEST_CASE("two venues that export one touring show describe one production", "[domain]") {
  const Ingested csv = ingest_example("theatre-des-embruns");
  const Ingested json = ingest_example("scene-du-vallon");
  CHECK(csv.productions("Phèdre").size() == 1);
  CHECK(csv.productions("Phèdre") == json.productions("Phèdre"));
  CHECK(csv.productions("Petit Ours a disparu") == json.productions("Petit Ours a disparu"));
}

TEST_CASE("a ticketing export becomes dates, prices and statuses", "[domain]") {
  const Ingested csv = ingest_example("theatre-des-embruns");
  CHECK(csv.subjects(rdf::rdf::type.data(), schema + "Event").size() == 26);
  CHECK(csv.subjects(schema + "startDate", "2026-11-05T20:30:00+01:00").size() == 1);
  CHECK(csv.subjects(schema + "startDate", "2027-05-14T20:00:00+02:00").size() == 1);
  CHECK(csv.subjects(schema + "eventStatus", schema + "EventCancelled").size() == 1);
  CHECK(csv.subjects(schema + "addressLocality", "Plouvern").size() == 1);
  CHECK(csv.diagnostics > 0);
}

TEST_CASE("an agenda export becomes dates with the prices of their sentence", "[domain]") {
  const Ingested json = ingest_example("scene-du-vallon");
  CHECK(json.subjects(rdf::rdf::type.data(), schema + "Event").size() == 10);
  CHECK(json.subjects(schema + "startDate", "2027-01-21T20:00:00+01:00").size() == 1);
  CHECK(json.subjects(schema + "lowPrice", "9").size() >= 1);
  CHECK(json.subjects(schema + "highPrice", "26").size() == 1);
}

TEST_CASE("the calendar of Laval becomes all that its publisher made of it", "[domain]") {
  const std::filesystem::path dumps = std::filesystem::path(SCENOGRAPH_SAMPLES) / "ville-de-laval" / "dumps";
  if (!std::filesystem::exists(dumps)) {
    std::cout << "skipped: no samples of ville-de-laval in " << SCENOGRAPH_SAMPLES << '\n';
    return;
  }
  mapping::RunOptions options;
  options.source = dumps / "entities.json";
  std::set<rdf::Quad> made;
  const auto laval = std::filesystem::path(SCENOGRAPH_SOURCE) / "examples" / "mappings" / "ville-de-laval.rml.ttl";
  mapping::run_mapping(mapping::load_mapping(laval), options, [&](const rdf::Quad& quad) { made.insert(quad); });
  std::size_t missing = 0;
  for (const rdf::Quad& quad : tests::read_turtle(dumps / "entities.ttl")) missing += made.contains(quad) ? 0U : 1U;
  CHECK(missing == 0);
}
