#include "search/name_index.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <chrono>
#include <string>

#include "base/error.hpp"
#include "sparql/memory_view.hpp"

namespace scenograph::search {

namespace {

using rdf::Term;
using sparql::tests::MemoryView;

const std::string schema = "http://schema.org/";

void add(MemoryView& view, const std::string& id, const std::string& type, const std::string& name,
         const std::string& graph = "http://ex.test/g") {
  const Term subject = Term::iri("http://ex.test/" + id);
  view.add(subject, Term::iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), Term::iri(schema + type),
           Term::iri(graph));
  view.add(subject, Term::iri(schema + "name"), Term::lang_literal(name, "fr"), Term::iri(graph));
}

MemoryView repertoire() {
  MemoryView view;
  add(view, "phedre", "Play", "Phèdre");
  add(view, "phedre-run", "EventSeries", "Phèdre, mise en scène d’Ana Ruiz");
  add(view, "oedipe", "Play", "Œdipe roi");
  add(view, "racine", "Person", "Jean Racine");
  add(view, "avare", "Play", "L'Avare");
  add(view, "hall", "PerformingArtsTheater", "Théâtre du Halage");
  add(view, "secret", "Play", "Phèdre secrète", "http://ex.test/private");
  return view;
}

std::vector<std::string> iris(const std::vector<Candidate>& found) {
  std::vector<std::string> out;
  for (const auto& candidate : found) out.push_back(candidate.iri.substr(std::string("http://ex.test/").size()));
  return out;
}

}  // namespace

TEST_CASE("An exact folded name scores 100 and comes first") {
  const auto index = NameIndex::build(repertoire(), store::GraphSet::all());
  for (const char* text : {"Phèdre", "phedre", "PHEDRE", "  Phèdre! "}) {
    const auto found = index->lookup(text, {});
    REQUIRE(!found.empty());
    CHECK(found[0].iri == "http://ex.test/phedre");
    CHECK(found[0].score == 100);
    CHECK(found[0].types == std::vector{schema + "Play"});
    CHECK((found.size() == 1 || found[1].score < 90));
  }
}

TEST_CASE("Misspelt, reordered and ligated names are found") {
  const auto index = NameIndex::build(repertoire(), store::GraphSet::all());
  CHECK(index->lookup("Phedra", {}).at(0).iri == "http://ex.test/phedre");
  CHECK(index->lookup("OEDIPE ROI", {}).at(0).score == 100);
  CHECK(index->lookup("Racine, Jean", {}).at(0).score == 98);
  CHECK(index->lookup("Thaetre du halage", {}).at(0).iri == "http://ex.test/hall");
  CHECK(index->lookup("Avare", {}).at(0).iri == "http://ex.test/avare");
  CHECK(index->lookup("zzzz qqqq", {}).empty());
  CHECK(index->lookup("", {}).empty());
}

TEST_CASE("Types narrow a lookup, subclasses included") {
  const auto index = NameIndex::build(repertoire(), store::GraphSet::all());
  LookupOptions options;
  options.types = {schema + "Event"};
  CHECK(iris(index->lookup("Phèdre", options)) == std::vector<std::string>{"phedre-run"});
  options.types = {schema + "Place"};
  CHECK(iris(index->lookup("theatre halage", options)) == std::vector<std::string>{"hall"});
  options.types = {schema + "Nothing"};
  CHECK(index->lookup("Phèdre", options).empty());
}

TEST_CASE("A prefix is completed at any word") {
  const auto index = NameIndex::build(repertoire(), store::GraphSet::all());
  CHECK(iris(index->suggest("phe", {})) == std::vector<std::string>{"phedre", "secret", "phedre-run"});
  CHECK(iris(index->suggest("raci", {})) == std::vector<std::string>{"racine"});
  LookupOptions one;
  one.limit = 1;
  CHECK(index->suggest("p", one).size() == 1);
}

TEST_CASE("Only readable graphs are searched") {
  const MemoryView view = repertoire();
  const auto visible = store::GraphSet::of({*view.find(Term::iri("http://ex.test/g"))});
  CHECK(NameIndex::build(view, visible)->lookup("Phèdre secrète", {}).at(0).score < 100);
  CHECK(NameIndex::build(view, store::GraphSet::all())->lookup("Phèdre secrète", {}).at(0).score == 100);
}

TEST_CASE("Building ends when it is no longer wanted") {
  std::stop_source stop;
  stop.request_stop();
  IndexOptions options;
  options.stop = stop.get_token();
  CHECK_THROWS_AS(NameIndex::build(repertoire(), store::GraphSet::all(), options), base::Error);
}

TEST_CASE("What describes data is not indexed") {
  MemoryView view;
  view.add(Term::iri("http://ex.test/c"), Term::iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
           Term::iri("http://www.w3.org/2002/07/owl#Class"));
  view.add(Term::iri("http://ex.test/c"), Term::iri("http://www.w3.org/2000/01/rdf-schema#label"),
           Term::literal("Event"));
  add(view, "id/part/1", "Offer", "Plein tarif");
  add(view, "kept", "Play", "?!");
  IndexOptions options;
  options.left_out = "http://ex.test/id/part/";
  const auto index = NameIndex::build(view, store::GraphSet::all(), options);
  CHECK(index->entities() == 1);
  CHECK(index->lookup("?!", {}).at(0).score == 100);
}

TEST_CASE("A hundred thousand names are searched at once", "[.benchmark]") {
  MemoryView view;
  const char* first[] = {"Le songe", "La nuit", "Une histoire", "Les oiseaux", "Concert", "Festival", "Requiem"};
  const char* second[] = {"de la forêt", "d'hiver", "des ombres", "du fleuve", "sans fin", "en mineur"};
  for (int i = 0; i < 100'000; ++i) {
    add(view, std::to_string(i), "Event", fmt::format("{} {} {}", first[i % 7], second[i % 6], i * 7919 % 100'003));
  }
  const auto now = [] { return std::chrono::steady_clock::now(); };
  const auto ms = [](auto span) { return std::chrono::duration<double, std::milli>(span).count(); };
  const auto start = now();
  const auto index = NameIndex::build(view, store::GraphSet::all());
  const auto built = now();
  std::size_t found = 0;
  for (int i = 0; i < 100; ++i) found += index->lookup(fmt::format("Le songe d'hivre {}", i * 31), {}).size();
  const auto looked_up = now();
  for (int i = 0; i < 100; ++i) found += index->suggest("l", {}).size();
  fmt::print("100,000 names: built in {:.0f} ms (naive view included), lookup {:.2f} ms, suggest {:.2f} ms\n",
             ms(built - start), ms(looked_up - built) / 100, ms(now() - looked_up) / 100);
  CHECK(found >= 1000);
}

}  // namespace scenograph::search
