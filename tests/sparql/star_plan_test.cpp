#include <catch2/catch.hpp>

#include "rdf/vocab.hpp"
#include "sparql/query.hpp"
#include "store/bulk_load.hpp"
#include "support/temporary_folder.hpp"

// Plans over data in which predicates go together, so that assuming them independent leads astray.

namespace scenograph::sparql {

namespace {

using rdf::Term;

Term iri(const std::string& name) { return Term::iri("http://ex.test/" + name); }

void add(store::BulkLoad& load, const Term& subject, const Term& predicate, const Term& object) {
  const Term graph;
  load.lane(0).add({rdf::TermView(subject), rdf::TermView(predicate), rdf::TermView(object), rdf::TermView(graph)}, 0);
}

/// Events have a start and ten performers; works an author; 20 works have a start too. All have a name.
void fill(store::Store& store) {
  const auto load = store.begin_load({});
  for (int i = 0; i < 4000; ++i) {
    const bool is_event = i % 2 == 0;
    const Term subject = iri("s" + std::to_string(i));
    add(*load, subject, Term::iri(rdf::rdf::type), iri(is_event ? "Event" : "Work"));
    add(*load, subject, iri("name"), Term::literal("The name of " + std::to_string(i)));
    if (is_event || i % 200 == 1) add(*load, subject, iri("start"), iri("day" + std::to_string(i % 300)));
    if (!is_event) add(*load, subject, iri("author"), iri("author" + std::to_string(i % 90)));
    for (int actor = 0; is_event && actor < 10; ++actor) {
      add(*load, subject, iri("performer"), iri("actor" + std::to_string((i + actor) % 700)));
    }
  }
  load->commit({});
}

/// What was estimated for the root of the plan, and what came.
std::pair<double, double> rows_of(const std::string& explained) {
  const std::size_t at = explained.find("  estimated ");
  REQUIRE(at != std::string::npos);
  double estimated = -1;
  double got = -1;
  REQUIRE(std::sscanf(explained.c_str() + at, "  estimated %lf rows, got %lf", &estimated, &got) == 2);
  return {estimated, got};
}

std::string explain_where(const store::Store& store, const std::string& where) {
  return explain(store.snapshot(), "PREFIX : <http://ex.test/> SELECT * WHERE { " + where + " }", {},
                 std::make_shared<base::Budget>(), ExplainFormat::Text);
}

}  // namespace

TEST_CASE("the rows of a star are estimated well") {
  const tests::TemporaryFolder folder;
  const auto store = store::Store::open(folder.path());
  fill(*store);
  const char* stars[] = {"?s :name ?n ; :start ?d",
                         "?s :start ?d ; :author ?a",
                         "?s a :Event ; :start ?d ; :performer ?p",
                         "?s a :Work ; :start ?d ; :name ?n",
                         "?s a :Work ; :performer ?p",
                         "?s :performer ?p ; :performer ?q ; :start ?d",
                         "?s a :Event ; :start :day10 ; :performer ?p",
                         "?s a ?c ; :author :author1 ; :name ?n"};
  for (const char* where : stars) {
    const std::string explained = explain_where(*store, where);
    INFO(explained);
    const auto [estimated, got] = rows_of(explained);
    CHECK(std::max(estimated, 1.0) <= 2 * std::max(got, 1.0));
    CHECK(std::max(got, 1.0) <= 2 * std::max(estimated, 1.0));
  }
}

TEST_CASE("what few subjects have together is joined first") {
  const tests::TemporaryFolder folder;
  const auto store = store::Store::open(folder.path());
  fill(*store);
  // start and author: 20 subjects, though each alone has some 2,000; name alone is no larger than their containment.
  const std::string explained = explain_where(*store, "?s :name ?n . ?s :start ?d . ?s :author ?a");
  INFO(explained);
  const std::size_t name = explained.find("IndexJoin ?s <http://ex.test/name>");
  REQUIRE(name != std::string::npos);
  CHECK(explained.find("?s <http://ex.test/start>", name) != std::string::npos);
  CHECK(explained.find("?s <http://ex.test/author>", name) != std::string::npos);
}

}  // namespace scenograph::sparql
