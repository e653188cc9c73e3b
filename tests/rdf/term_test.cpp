#include "rdf/term.hpp"

#include <catch2/catch.hpp>

#include "rdf/vocab.hpp"

using namespace scenograph::rdf;

TEST_CASE("terms print as N-Triples", "[term]") {
  CHECK(to_ntriples(Term::iri("http://a/é")) == "<http://a/é>");
  CHECK(to_ntriples(Term::iri("http://a/ b")) == "<http://a/\\u0020b>");
  CHECK(to_ntriples(Term::blank("x")) == "_:x");
  CHECK(to_ntriples(Term::literal("a\"b\\c\nd\x01")) == "\"a\\\"b\\\\c\\nd\\u0001\"");
  CHECK(to_ntriples(Term::literal("01", xsd::integer)) == "\"01\"^^<http://www.w3.org/2001/XMLSchema#integer>");
  CHECK(to_ntriples(Term::lang_literal("bonjour", "fr-CA")) == "\"bonjour\"@fr-ca");
}

TEST_CASE("xsd:string is the datatype of plain literals", "[term]") {
  CHECK(Term::literal("a", xsd::string) == Term::literal("a"));
  CHECK(Term::literal("a").datatype_iri() == xsd::string);
  CHECK(Term::lang_literal("a", "fr").datatype_iri() == scenograph::rdf::rdf::langString);
  CHECK_FALSE(Term::lang_literal("a", "fr") == Term::literal("a"));
}
