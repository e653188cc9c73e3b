#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "canon/canonicalize.hpp"
#include "canon/compare.hpp"
#include "syntax/reader.hpp"

using namespace scenograph;
using canon::Difference;

namespace {

std::vector<rdf::Quad> turtle(const std::string& text) {
  std::vector<rdf::Quad> quads;
  const std::string document = "@prefix : <http://ex.test/> .\n" + text;
  const auto source = base::open_text(document);
  syntax::read(*source, syntax::Format::TriG, {}, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

std::string text_of(const std::vector<std::string>& lines) {
  std::string out;
  for (std::string line : lines) {
    for (std::size_t at = 0; (at = line.find("http://ex.test/", at)) != std::string::npos;) line.erase(at, 15);
    out += line;
  }
  return out;
}

}  // namespace

TEST_CASE("labels do not depend on those given", "[canon]") {
  const auto a = canon::canonicalize(turtle(":s :p _:x . _:x :q _:y ."));
  const auto b = canon::canonicalize(turtle("_:y :q _:z . :s :p _:y . :s :p _:y ."));
  CHECK(a.lines == b.lines);
  CHECK(a.labels.at("x") == b.labels.at("y"));
  CHECK(canon::hash_of(a, canon::HashAlgorithm::Sha256).size() == 64);
  CHECK(canon::hash_of(a, canon::HashAlgorithm::Sha384).size() == 96);
}

TEST_CASE("the hash is that of the canonical text", "[canon]") {
  const auto nothing = canon::canonicalize({});
  CHECK(canon::hash_of(nothing, canon::HashAlgorithm::Sha256) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("datasets that differ in their structure alone are told apart", "[canon]") {
  // Two triangles and a hexagon look alike from each of their nodes.
  const auto triangles = turtle("_:a :p _:b . _:b :p _:c . _:c :p _:a . _:d :p _:e . _:e :p _:f . _:f :p _:d .");
  const auto hexagon = turtle("_:a :p _:b . _:b :p _:c . _:c :p _:d . _:d :p _:e . _:e :p _:f . _:f :p _:a .");
  CHECK(canon::isomorphic(triangles, triangles));
  CHECK_FALSE(canon::isomorphic(triangles, hexagon));
  CHECK_FALSE(canon::isomorphic(turtle("GRAPH _:g { :s :p _:g }"), turtle("GRAPH _:g { :s :p _:h }")));
  CHECK_FALSE(canon::compare(triangles, hexagon).empty());
}

TEST_CASE("a small change gives a small difference", "[canon]") {
  struct Trial {
    const char* a;
    const char* b;
    const char* removed;
    const char* added;
  };
  const std::vector<Trial> trials = {
      {":s :p _:x .", ":s :p _:other .", "", ""},
      {":s :p 'a' .", ":s :p 'b' .", "<s> <p> \"a\" .\n", "<s> <p> \"b\" .\n"},
      // One of two addresses moves; the other, and who lives where, stays.
      {":ada :at [ :street 'A' ; :town 'T' ] . :bo :at [ :street 'B' ; :town 'T' ] .",
       ":bo :at [ :street 'B' ; :town 'T' ] . :ada :at [ :street 'C' ; :town 'T' ] .", "_:c14n0 <street> \"A\" .\n",
       "_:c14n0 <street> \"C\" .\n"},
      // Nodes that look alike stay with their own.
      {"_:a :is [ :n 1 ] . _:b :is [ :n 1 ] . :s :p 'old' .", "_:u :is [ :n 1 ] . _:v :is [ :n 1 ] . :s :p 'new' .",
       "<s> <p> \"old\" .\n", "<s> <p> \"new\" .\n"},
      // A node that was not there is numbered on.
      {":s :p [ :n 'x' ] .", ":s :p [ :n 'x' ] . :t :q [ :m 'y' ] .", "", "<t> <q> _:c14n1 .\n_:c14n1 <m> \"y\" .\n"},
  };
  for (const Trial& trial : trials) {
    CAPTURE(trial.a, trial.b);
    const Difference difference = canon::compare(turtle(trial.a), turtle(trial.b));
    CHECK(text_of(difference.removed) == trial.removed);
    CHECK(text_of(difference.added) == trial.added);
  }
}

TEST_CASE("data made to be hard is refused", "[canon]") {
  std::string clique;
  for (int i = 0; i < 10; ++i) {
    for (int j = 0; j < 10; ++j) {
      if (i != j) clique += "_:n" + std::to_string(i) + " :p _:n" + std::to_string(j) + " .\n";
    }
  }
  std::string chain;
  for (int i = 0; i < 5000; ++i) chain += "_:n" + std::to_string(i) + " :p _:n" + std::to_string(i + 1) + " .\n";
  for (const std::string& text : {clique, chain}) {
    try {
      static_cast<void>(canon::canonicalize(turtle(text)));
      FAIL("was not refused");
    } catch (const base::Error& error) {
      CHECK(error.code() == base::Code::TooLarge);
      CHECK(error.message().find("by IRIs") != std::string::npos);
    }
  }
}

TEST_CASE("a hash algorithm is named in a few ways", "[canon]") {
  CHECK(canon::parse_hash_algorithm("SHA-384") == canon::HashAlgorithm::Sha384);
  CHECK_THROWS_AS(canon::parse_hash_algorithm("md5"), base::Error);
}
