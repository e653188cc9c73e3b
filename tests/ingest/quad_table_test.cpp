#include "ingest/quad_table.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "rdf/vocab.hpp"

using namespace scenograph;
using ingest::QuadTable;
using rdf::Quad;
using rdf::Term;

namespace {

/// Terms that have their texts, or parts of them, in common.
Term random_term(std::mt19937& random) {
  const std::string text = "http://ex.test/" + std::to_string(random() % 3000);
  switch (random() % 5) {
    case 0:
      return Term::blank(text);
    case 1:
      return Term::literal(text);
    case 2:
      return Term::literal(text, rdf::xsd::anyURI);
    case 3:
      return Term::lang_literal(text, random() % 2 == 0 ? "fr" : "en");
    default:
      return Term::iri(text);
  }
}

}  // namespace

TEST_CASE("A table gives back the quads it took, and sorts them as terms are sorted", "[quads]") {
  std::mt19937 random(1);
  std::vector<Quad> quads;
  for (int i = 0; i < 20'000; ++i) {
    const bool same_subject = !quads.empty() && random() % 2 == 0;
    quads.push_back({same_subject ? quads.back().subject : random_term(random), random_term(random),
                     random_term(random), random() % 2 == 0 ? Term() : Term::iri("http://ex.test/1")});
    if (random() % 10 == 0) quads.push_back(quads.back());
  }
  QuadTable table(quads);
  CHECK(table.size() == quads.size());
  CHECK(table.quads() == quads);
  CHECK(table.term_count() <= 18'001);
  for (const Quad& quad : quads) {
    const auto number = table.find(quad.object);
    REQUIRE(number);
    REQUIRE(table.term(*number) == quad.object);
    REQUIRE(table.number(quad.object) == *number);
  }
  CHECK_FALSE(table.find(Term::iri("http://ex.test/none")));

  table.sort();
  std::sort(quads.begin(), quads.end());
  quads.erase(std::unique(quads.begin(), quads.end()), quads.end());
  CHECK(table.quads() == quads);
  CHECK_FALSE(QuadTable().find(Term()));
}
