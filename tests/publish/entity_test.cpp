#include <catch2/catch.hpp>

#include <initializer_list>

#include "publish/pages.hpp"
#include "rdf/vocab.hpp"
#include "sparql/memory_view.hpp"

namespace scenograph::publish {

namespace {

using rdf::Term;
using sparql::tests::MemoryView;

Term node(std::string_view id) { return Term::iri("http://ex.test/" + std::string(id)); }
Term schema(std::string_view name) { return Term::iri("http://schema.org/" + std::string(name)); }

struct Event {
  const char* id;
  const char* type;
  const char* start;
};

void add(MemoryView& view, const Event& event) {
  view.add(node(event.id), Term::iri(rdf::rdf::type), schema(event.type));
  view.add(node(event.id), schema("name"), Term::literal(event.id));
  view.add(node(event.id), schema("startDate"), Term::literal(event.start, rdf::xsd::date));
}

/// A show with a date of its own, a run without dates, and two runs whose dates name the run, or are named by it.
MemoryView tour() {
  MemoryView view;
  view.add(node("show"), Term::iri(rdf::rdf::type), schema("CreativeWork"));
  view.add(node("show"), schema("name"), Term::literal("Phèdre"));
  for (const Event& event : std::initializer_list<Event>{{"own-date", "Event", "2099-01-01"},
                                                         {"whole-run", "EventSeries", "2099-02-01"},
                                                         {"run-up", "EventSeries", "2099-03-01"},
                                                         {"date-up", "TheaterEvent", "2099-03-02"},
                                                         {"run-down", "EventSeries", "2099-04-01"},
                                                         {"date-down", "TheaterEvent", "2099-04-02"}}) {
    add(view, event);
  }
  for (const char* event : {"own-date", "whole-run", "run-up", "run-down"}) {
    view.add(node(event), schema("workPerformed"), node("show"));
  }
  view.add(node("date-up"), schema("superEvent"), node("run-up"));
  view.add(node("run-down"), schema("subEvent"), node("date-down"));
  return view;
}

}  // namespace

TEST_CASE("The page of a show lists the dates of its runs instead of the runs") {
  const MemoryView view = tour();
  const store::GraphSet all = store::GraphSet::all();
  const Site site{"http://data.ex.test/", "Test"};
  const std::string page = entity_page(site, {view, all}, "http://ex.test/show", Language::French).value();
  const auto listed = [&](const char* name) { return page.find(std::string(">") + name + "<") != std::string::npos; };
  for (const char* name : {"own-date", "whole-run", "date-up", "date-down"}) {
    INFO(name);
    CHECK(listed(name));
  }
  CHECK(!listed("run-up"));
  CHECK(!listed("run-down"));
}

TEST_CASE("What an entity is most exactly is said first") {
  MemoryView view;
  for (const char* type : {"Event", "TheaterEvent", "Thing"}) {
    view.add(node("date"), Term::iri(rdf::rdf::type), schema(type));
  }
  view.add(node("date"), schema("name"), Term::literal("Phèdre"));
  const store::GraphSet all = store::GraphSet::all();
  const std::string page =
      entity_page({"http://data.ex.test/", "Test"}, {view, all}, "http://ex.test/date", Language::French).value();
  CHECK(page.find("<p class=\"kind\">Théâtre · Événement · ") != std::string::npos);
  CHECK(page.rfind(">http://schema.org/Thing<") > page.rfind(">Événement<"));
  CHECK(page.rfind(">Événement<") > page.rfind(">Théâtre<"));
}

TEST_CASE("The page of a person lists shows and their dates, through roles too") {
  MemoryView view = tour();
  view.add(node("ana"), Term::iri(rdf::rdf::type), schema("Person"));
  view.add(node("ana"), schema("name"), Term::literal("Ana Ruiz"));
  view.add(node("show"), schema("contributor"), Term::blank("role"));
  view.add(Term::blank("role"), schema("contributor"), node("ana"));
  const store::GraphSet all = store::GraphSet::all();
  const std::string page =
      entity_page({"http://data.ex.test/", "Test"}, {view, all}, "http://ex.test/ana", Language::French).value();
  CHECK(page.find("<dt>Spectacles</dt>") != std::string::npos);
  for (const char* name : {">Phèdre<", ">own-date<", ">date-up<", ">date-down<"}) {
    INFO(name);
    CHECK(page.find(name) != std::string::npos);
  }
}

TEST_CASE("A description in another language than the page's says so") {
  MemoryView view;
  view.add(node("play"), schema("description"), Term::lang_literal("Trois voix.", "fr"));
  const store::GraphSet all = store::GraphSet::all();
  const auto page = [&](Language language) {
    return entity_page({"http://data.ex.test/", "Test"}, {view, all}, "http://ex.test/play", language).value();
  };
  CHECK(page(Language::English).find("<p class=\"about\" lang=\"fr\">Trois voix.</p>") != std::string::npos);
  CHECK(page(Language::French).find("<p class=\"about\">Trois voix.</p>") != std::string::npos);
}

}  // namespace scenograph::publish
