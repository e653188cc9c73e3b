#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "domain/files.hpp"
#include "rdf/vocab.hpp"

using namespace scenograph;

namespace {

const std::string ontology = "https://w3id.org/scenograph/ontology#";
const std::string skos = "http://www.w3.org/2004/02/skos/core#";
const std::string rdfs = "http://www.w3.org/2000/01/rdf-schema#";

/// The languages in which each subject has the property.
std::map<std::string, std::set<std::string>> languages(const std::vector<rdf::Quad>& quads,
                                                       const std::string& property) {
  std::map<std::string, std::set<std::string>> found;
  for (const rdf::Quad& quad : quads) {
    if (quad.predicate.value == property) found[quad.subject.value].insert(quad.object.language);
  }
  return found;
}

std::set<std::string> subjects(const std::vector<rdf::Quad>& quads, const std::string& property,
                               const std::string& object = {}) {
  std::set<std::string> found;
  for (const rdf::Quad& quad : quads) {
    if (quad.predicate.value == property && (object.empty() || quad.object.value == object))
      found.insert(quad.subject.value);
  }
  return found;
}

const std::set<std::string> french_and_english = {"en", "fr"};

std::vector<rdf::Quad> all_concepts() {
  std::vector<rdf::Quad> quads;
  for (const auto& path : tests::files_below("vocab", ".ttl")) {
    for (rdf::Quad& quad : tests::read_turtle(path)) quads.push_back(std::move(quad));
  }
  return quads;
}

}  // namespace

TEST_CASE("every Turtle file of the project parses", "[domain]") {
  for (const char* folder : {"ontology", "vocab", "shapes", "examples"}) {
    const auto files = tests::files_below(folder, ".ttl");
    CHECK_FALSE(files.empty());
    for (const auto& path : files) {
      INFO(path.string());
      CHECK_FALSE(tests::read_turtle(path).empty());
    }
  }
}

TEST_CASE("every term of the ontology is named and explained in French and English", "[domain]") {
  const auto quads = tests::read_turtle(tests::files_below("ontology", "scenograph.ttl").front());
  const auto labels = languages(quads, rdfs + "label");
  const auto comments = languages(quads, rdfs + "comment");
  for (const std::string& term : subjects(quads, rdf::rdf::type.data())) {
    if (!term.starts_with(ontology)) continue;
    INFO(term);
    CHECK((labels.contains(term) && labels.at(term) == french_and_english));
    CHECK((comments.contains(term) && comments.at(term) == french_and_english));
  }
}

TEST_CASE("what the weights of quality are said with is defined in French and English", "[domain]") {
  const auto terms = tests::read_turtle(tests::files_below("ontology", "quality.ttl").front());
  const auto labels = languages(terms, rdfs + "label");
  const auto comments = languages(terms, rdfs + "comment");
  const auto defined = subjects(terms, rdf::rdf::type.data());
  for (const std::string& term : defined) {
    INFO(term);
    CHECK((labels.contains(term) && labels.at(term) == french_and_english));
    CHECK((comments.contains(term) && comments.at(term) == french_and_english));
  }
  for (const rdf::Quad& quad : tests::read_turtle(tests::files_below("shapes", "weights.ttl").front())) {
    if (!quad.predicate.value.starts_with(ontology)) continue;
    INFO(quad.predicate.value);
    CHECK(defined.contains(quad.predicate.value));
  }
}

TEST_CASE("alignments name their source and only terms that the ontology has", "[domain]") {
  const auto known =
      subjects(tests::read_turtle(tests::files_below("ontology", "scenograph.ttl").front()), rdf::rdf::type.data());
  for (const auto& path : tests::files_below("ontology/alignments", ".ttl")) {
    INFO(path.string());
    const auto quads = tests::read_turtle(path);
    CHECK(subjects(quads, "http://purl.org/dc/terms/source").size() == 1);
    for (const rdf::Quad& quad : quads) {
      for (const rdf::Term& term : {quad.subject, quad.object}) {
        INFO(term.value);
        CHECK((!term.value.starts_with(ontology) || known.contains(term.value)));
      }
    }
  }
}

TEST_CASE("every concept is named in French and English and has its place in a list", "[domain]") {
  const auto quads = all_concepts();
  const auto labels = languages(quads, skos + "prefLabel");
  const auto concepts = subjects(quads, rdf::rdf::type.data(), skos + "Concept");
  CHECK_FALSE(concepts.empty());
  const auto listed = subjects(quads, skos + "inScheme");
  std::set<std::string> placed = subjects(quads, skos + "broader");
  placed.merge(subjects(quads, skos + "topConceptOf"));
  for (const std::string& each : concepts) {
    INFO(each);
    CHECK((labels.contains(each) && labels.at(each) == french_and_english));
    CHECK(listed.contains(each));
    CHECK(placed.contains(each));
  }
  for (const rdf::Quad& quad : quads) {
    if (quad.predicate.value != skos + "broader") continue;
    INFO(quad.subject.value);
    CHECK(concepts.contains(quad.object.value));
  }
}
