#include "publish/reconcile.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "jsonld/json.hpp"
#include "rdf/vocab.hpp"
#include "sparql/memory_view.hpp"

namespace scenograph::publish {

namespace {

using rdf::Term;
using sparql::tests::MemoryView;

void add(MemoryView& view, const std::string& id, const std::string& type, const char* name) {
  const Term subject = Term::iri("http://ex.test/" + id);
  view.add(subject, Term::iri(rdf::rdf::type), Term::iri(type));
  view.add(subject, Term::iri("http://schema.org/name"), Term::literal(name));
}

/// A show on many dates, all of its name, and a genre of that name too.
MemoryView long_run() {
  MemoryView view;
  for (int date = 0; date < 300; ++date)
    add(view, fmt::format("date-{:03}", date), "http://schema.org/TheaterEvent", "Opéra");
  add(view, "genre", "http://www.w3.org/2004/02/skos/core#Concept", "Opéra");
  add(view, "run", "http://schema.org/EventSeries", "Opéra");
  add(view, "show", "http://schema.org/Play", "Opéra");
  add(view, "theatre", "http://schema.org/PerformingArtsTheater", "Opéra");
  return view;
}

/// The ends of the IRIs found, best first.
std::vector<std::string> ids(const std::string& query) {
  const MemoryView view = long_run();
  const store::GraphSet all = store::GraphSet::all();
  const auto names = search::NameIndex::build(view, all);
  const Site site{"http://data.ex.test/", "Test"};
  const auto answer = reconcile(site, {view, all}, *names, "{\"q\":" + query + "}", Language::French);
  const jsonld::Value parsed = jsonld::parse_json(answer, "answer");
  std::vector<std::string> out;
  for (const auto& candidate : parsed.find("q")->find("result")->array()) {
    out.push_back(candidate.find("id")->string().substr(std::string("http://ex.test/").size()));
  }
  return out;
}

}  // namespace

TEST_CASE("Without a type, shows and places come before their dates, and concepts not at all") {
  CHECK(ids(R"({"query":"opera","limit":4})") == std::vector<std::string>{"show", "theatre", "date-000", "date-001"});
}

TEST_CASE("With a type, what is of that type comes") {
  CHECK(ids(R"({"query":"opera","type":"skos:Concept"})") == std::vector<std::string>{"genre"});
  CHECK(ids(R"({"query":"opera","type":"schema:EventSeries"})") == std::vector<std::string>{"run"});
}

}  // namespace scenograph::publish
