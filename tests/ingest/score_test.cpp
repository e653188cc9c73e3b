#include "ingest/score.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/error.hpp"
#include "ingest/quarantine.hpp"
#include "ingest/shapes.hpp"
#include "rdf/vocab.hpp"
#include "support/temporary_folder.hpp"
#include "syntax/reader.hpp"

namespace scenograph::ingest {

namespace {

using rdf::Term;

const std::string base_iri = "http://data.ex.test/";
const std::string dqv = "http://www.w3.org/ns/dqv#";
constexpr std::int64_t day = 20'454;  // 2026-01-01

/// Weights that are in order; each fault is a change of theirs.
const std::string weights_text = R"(@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix scg: <https://w3id.org/scenograph/ontology#> .
@prefix q: <https://w3id.org/scenograph/quality#> .
q:overall a q:Metric .
q:completeness scg:weight 4 .
q:links scg:weight 2 .
q:validity scg:weight 3 ;
  scg:penalty [ sh:severity sh:Violation ; scg:weight 0.25 ], [ sh:severity sh:Warning ; scg:weight 0 ], [ sh:severity sh:Info ; scg:weight 0 ] .
q:freshness scg:weight 1 ; scg:halfLife "P1Y" .
q:T sh:targetClass q:Thing ; sh:property q:name .
q:name sh:path q:n ; sh:minCount 1 ; scg:metric q:completeness ; scg:weight 1.5 .
)";

/// "LINE: MESSAGE" of what is wrong once `from` is `to`.
std::string fault_of(const std::string& from, const std::string& to) {
  std::string text = weights_text;
  REQUIRE(text.find(from) != std::string::npos);
  text.replace(text.find(from), from.size(), to);
  const tests::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "weights.ttl";
  std::ofstream(path) << text;
  try {
    static_cast<void>(read_weights(std::array{path}));
  } catch (const base::Error& error) {
    CHECK(error.code() == base::Code::BadData);
    return std::to_string(error.where().line) + ": " + error.message();
  }
  return "no fault";
}

/// A store with two sources of one contributor and a third of another.
struct Fixture {
  tests::TemporaryFolder folder;
  std::unique_ptr<store::Store> store = store::Store::open(folder.path() / "store");
  shacl::QualityWeights weights = default_weights();
  shacl::Shapes shapes = default_shapes();
  Scoring scoring{weights, shapes, base_iri, day, true};

  void load(const std::string& graph, const std::string& turtle, const std::string& who = {}) {
    const auto transaction = store->begin();
    const store::TermId id = transaction->intern(Term::iri(base_iri + graph));
    store::BlankScope scope(*transaction);
    const std::string text = "@prefix : <" + base_iri + "id/> . @prefix schema: <http://schema.org/> .\n" + turtle;
    const auto source = base::open_text(text);
    syntax::read(*source, syntax::Format::Turtle, {}, [&](const rdf::Quad& quad) {
      store::QuadId made = scope.intern(quad);
      made.graph = id;
      transaction->insert(made);
    });
    const store::TermId provenance = transaction->intern(Term::iri(base_iri + "graph/provenance"));
    const auto say = [&](const std::string& predicate, const Term& object) {
      transaction->insert({id, transaction->intern(Term::iri(predicate)), transaction->intern(object), provenance});
    };
    say("http://purl.org/dc/terms/modified", Term::literal("2025-12-31T08:00:00Z", rdf::xsd::dateTime));
    if (!who.empty()) say("http://www.w3.org/ns/prov#wasAttributedTo", Term::literal(who));
    (void)transaction->commit({});
  }

  void quarantine(const std::string& graph) {
    const auto transaction = store->begin();
    set_quarantine(*transaction, transaction->intern(Term::iri(base_iri + graph)),
                   transaction->intern(Term::iri(base_iri + "graph/provenance")));
    (void)transaction->commit({});
  }

  ScoreResult run() {
    base::Budget budget;
    return store_scores(*store, scoring, budget, "test");
  }

  /// What the graph of scores says.
  std::set<rdf::Triple> stored() {
    std::set<rdf::Triple> out;
    const auto view = store->snapshot();
    const auto graph = view->find(Term::iri(quality_graph(base_iri)));
    if (!graph) return out;
    const auto scan = view->scan({{{}, {}, {}, *graph}, store::Order::Gspo});
    for (store::QuadBatch batch; scan->next(batch);) {
      for (std::size_t i = 0; i < batch.size; ++i) {
        out.insert({view->term(batch.columns[0][i]), view->term(batch.columns[1][i]), view->term(batch.columns[2][i])});
      }
    }
    return out;
  }

  /// The value of one measurement; "" if there is none.
  std::string value(const std::string& measurement) {
    for (const rdf::Triple& triple : stored()) {
      if (triple.subject == Term::iri(base_iri + "quality/" + measurement) && triple.predicate.value == dqv + "value") {
        return triple.object.value;
      }
    }
    return "";
  }

  void load_all() {
    load("graph/a", ":p a schema:Person ; schema:name \"Ada\" . :o a schema:Organization .", "Ada's");
    load("graph/b", ":p schema:jobTitle \"author\" . <http://else.test/x#y> a schema:Person .", "Ada's");
    load("graph/c", ":p schema:sameAs <http://www.wikidata.org/entity/Q7259> .", "Bo <&>");
  }
};

}  // namespace

TEST_CASE("ill-formed weights are told with the line of the file", "[quality]") {
  CHECK(fault_of("scg:weight 1.5", "scg:weight 1.5") == "no fault");
  const std::vector<std::array<std::string, 3>> faults = {
      {" ; scg:weight 1.5", "", "11: quality:name: it has no scg:weight; give it a number, 0 to leave it out"},
      {"scg:weight 1.5", "scg:weight -1", "11: quality:name: scg:weight -1 is negative"},
      {"scg:weight 1.5", "scg:weight 1, 2", "11: quality:name: it has several values of scg:weight"},
      {"scg:weight 1.5", "scg:weight \"much\"",
       "11: quality:name: scg:weight is a number such as 2 or 0.5, not \"much\""},
      {"scg:metric q:completeness", "scg:metric q:beauty",
       "11: quality:name: scg:metric is quality:completeness or quality:links, there is no quality:beauty"},
      {"scg:metric q:completeness", "scg:metric q:validity",
       "11: quality:name: scg:metric is quality:completeness or quality:links, there is no quality:validity"},
      {"scg:metric q:completeness ;", "",
       "11: quality:name: scg:metric is quality:completeness or quality:links, and it has none"},
      {"q:links scg:weight 2 .", "",
       "0: the weights do not speak of the metric quality:links; scg:weight 0 leaves it out"},
      {"q:links scg:weight 2", "q:links a q:Metric",
       "6: quality:links: it has no scg:weight; give it a number, 0 to leave it out"},
      {"sh:severity sh:Info", "sh:severity sh:Hint",
       "7: quality:validity: a scg:penalty has sh:severity sh:Violation, sh:Warning or sh:Info, and scg:weight"},
      {", [ sh:severity sh:Info ; scg:weight 0 ]", "",
       "7: quality:validity: it has no scg:penalty for sh:Info; 0 leaves it out"},
      {"\"P1Y\"", "\"a year\"", "9: quality:freshness: scg:halfLife is a duration such as \"P30D\", not \"a year\""},
      {"\"P1Y\"", "\"P0D\"",
       "9: quality:freshness: scg:halfLife is a duration above nothing, such as \"P365D\"^^xsd:duration"},
      {"sh:property q:name", "sh:nodeKind sh:IRI",
       "10: quality:T: what counts stands in property shapes (sh:property); other constraints do not"},
      {"sh:minCount 1", "sh:property [ sh:path q:m ; sh:minCount 1 ]",
       "11: quality:name: sh:property within it would report on others; use sh:node or a path"},
      {"sh:targetClass q:Thing ; ", "", "0: no node shape has a target: nothing would be scored"},
  };
  for (const auto& [from, to, wanted] : faults) CHECK(fault_of(from, to) == wanted);
}

TEST_CASE("the weights that come with the program have texts in French and English", "[quality]") {
  const shacl::QualityWeights weights = default_weights();
  const auto is_bilingual = [](const std::vector<shacl::Message>& texts) {
    std::set<std::string> languages;
    for (const auto& text : texts) languages.insert(text.language);
    return languages == std::set<std::string>{"en", "fr"};
  };
  for (const auto& texts : weights.names) CHECK(is_bilingual(texts));
  CHECK(is_bilingual(weights.mending));
  for (const shacl::QualityRule& rule : weights.rules) {
    INFO(rule.id.value);
    CHECK(is_bilingual(rule.names));
    CHECK(rule.weight > 0);
  }
  CHECK(weights.classes.size() == 6);
  for (const shacl::QualityClass& each : weights.classes) {
    CHECK(is_bilingual(each.names));
    CHECK(is_bilingual(each.plurals));
  }
}

TEST_CASE("scores are stored as measurements of entities, sources, contributors and the dataset", "[quality]") {
  Fixture fixture;
  fixture.load_all();
  const ScoreResult result = fixture.run();
  CHECK(result.all.entities == 3);
  CHECK(result.commit.inserted > 0);
  REQUIRE(result.contributors.size() == 2);
  CHECK(result.contributors[0].name == "Ada's");
  CHECK(result.contributors[0].graphs.size() == 2);
  CHECK(result.contributors[0].quality.entities == 3);
  CHECK(result.contributors[1].quality.entities == 1);
  REQUIRE(result.sources.size() == 3);

  // Ada has all that is asked of a person, a link as well; the organisation has no name, which is a violation.
  CHECK(fixture.value("overall/id/p") == "1");
  CHECK(fixture.value("completeness/id/o") == "0");
  CHECK(fixture.value("validity/id/o") == "0.75");
  CHECK(fixture.value("freshness/id/o") == "1");
  CHECK(fixture.value("completeness?of=http%3A%2F%2Felse.test%2Fx%23y") == "0");
  CHECK(fixture.value("mean-completeness/graph/a") == "0.5");
  CHECK(fixture.value("mean-overall/graph/c") == "1");
  CHECK(fixture.value("mean-overall/contributor/Bo%20%3C%26%3E") == "1");
  CHECK(fixture.value("mean-completeness/contributor/Ada%27s") == "0.33");
  CHECK(fixture.value("mean-completeness/.well-known/void#dataset") == "0.33");
  const auto stored = fixture.stored();
  const auto holds = [&](const std::string& subject, const std::string& predicate, const Term& object) {
    return stored.contains({Term::iri(subject), Term::iri(predicate), object});
  };
  const std::string measurement = base_iri + "quality/validity/id/o";
  CHECK(holds(measurement, std::string(rdf::rdf::type), Term::iri(dqv + "QualityMeasurement")));
  CHECK(holds(measurement, dqv + "computedOn", Term::iri(base_iri + "id/o")));
  CHECK(holds(measurement, dqv + "isMeasurementOf", Term::iri("https://w3id.org/scenograph/quality#validity")));
  CHECK(holds(measurement, dqv + "value", Term::literal("0.75", rdf::xsd::decimal)));
  CHECK(holds("https://w3id.org/scenograph/quality#validity", std::string(rdf::rdf::type), Term::iri(dqv + "Metric")));
  CHECK(holds(base_iri + "graph/c", "http://www.w3.org/ns/prov#wasAttributedTo",
              Term::iri(contributor_iri(base_iri, "Bo <&>"))));
  for (const rdf::Triple& triple : stored) {
    CHECK_FALSE(triple.subject.is_blank());
    CHECK_FALSE(triple.object.is_blank());
  }
}

TEST_CASE("scoring again writes nothing, and after a change its difference", "[quality]") {
  Fixture fixture;
  fixture.load_all();
  const auto first = fixture.run();
  const auto again = fixture.run();
  CHECK(again.commit.number == first.commit.number);

  // The next day rounds to the same; another step of the half-life does not.
  ++fixture.scoring.today;
  CHECK(fixture.run().commit.number == first.commit.number);

  fixture.load("graph/a", ":o schema:name \"Troupe\" .");
  const auto changed = fixture.run();
  CHECK(fixture.value("validity/id/o") == "1");
  CHECK(changed.commit.inserted < 60);
  const auto stored = fixture.stored();

  // A store scored from the start holds the same.
  Fixture other;
  other.load_all();
  other.load("graph/a", ":o schema:name \"Troupe\" .");
  (void)other.run();
  CHECK(other.stored() == stored);

  fixture.scoring.entities = false;
  (void)fixture.run();
  CHECK(fixture.value("validity/id/o").empty());
  CHECK_FALSE(fixture.value("mean-validity/graph/a").empty());
  fixture.scoring.entities = true;
  (void)fixture.run();
  CHECK(fixture.stored() == stored);
}

TEST_CASE("what does not belong into the graph of scores goes, what was changed is put right", "[quality]") {
  Fixture fixture;
  fixture.load_all();
  (void)fixture.run();
  const auto stored = fixture.stored();
  {
    const auto transaction = fixture.store->begin();
    const auto id = [&](const std::string& iri) { return transaction->intern(Term::iri(iri)); };
    const auto graph = id(quality_graph(base_iri));
    const auto old = id(base_iri + "quality/validity/id/o");
    const auto value = id(dqv + "value");
    transaction->remove({old, value, transaction->intern(Term::literal("0.75", rdf::xsd::decimal)), graph});
    transaction->insert({old, value, transaction->intern(Term::literal("0.9", rdf::xsd::decimal)), graph});
    transaction->insert({id("http://ex.test/s"), value, id("http://ex.test/o"), graph});
    transaction->insert({id(base_iri + "quality/links/id/o"), value, id("http://ex.test/o"), graph});
    (void)transaction->commit({});
  }
  (void)fixture.run();
  CHECK(fixture.stored() == stored);
}

TEST_CASE("scores do not change those that are worked out next, and what is in quarantine has none", "[quality]") {
  Fixture fixture;
  fixture.load_all();
  fixture.load("graph/held", ":held a schema:Person ; schema:name \"Eve\" .", "Eve");
  fixture.quarantine("graph/held");
  const ScoreResult result = fixture.run();
  CHECK(result.all.entities == 3);
  CHECK(result.sources.size() == 3);
  CHECK(result.contributors.size() == 2);
  for (const rdf::Triple& triple : fixture.stored()) {
    CHECK(triple.subject.value.find("held") == std::string::npos);
    CHECK(triple.object.value.find("held") == std::string::npos);
    CHECK(triple.object.value != "Eve");
  }
  CHECK(fixture.run().all.entities == 3);
}

TEST_CASE("many first scores are loaded, and are those that would have been inserted", "[quality]") {
  constexpr int many = 20'100;
  std::string people;
  for (int i = 0; i < many; ++i) people += ":n" + std::to_string(i) + " a schema:Person .\n";
  Fixture loaded;
  loaded.load("graph/a", people);
  CHECK(loaded.run().commit.inserted > 4 * 4 * many);
  const auto number = loaded.store->snapshot()->commit_number();
  CHECK(loaded.run().commit.number == number);

  Fixture inserted;
  inserted.load("graph/a", people);
  inserted.load("graph/quality", ":x a :y .");
  (void)inserted.run();
  // What told that graph from a source was the provenance of the fixture; scores are those of one source.
  CHECK(inserted.stored() == loaded.stored());
}

}  // namespace scenograph::ingest
