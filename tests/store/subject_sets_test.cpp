#include "store/internal/sets/subject_sets.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "rdf/vocab.hpp"
#include "store/bulk_load.hpp"
#include "store/store.hpp"
#include "store/verify.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::store {

namespace {

using internal::Row;
using internal::SubjectSet;
using internal::SubjectSetCounter;
using internal::SubjectSets;
using rdf::Term;
using scenograph::tests::TemporaryFolder;

constexpr std::uint64_t type = 100;

SubjectSets count(const std::vector<Row>& rows) {
  SubjectSetCounter counter(type);
  for (std::size_t i = 0; i < rows.size(); i += 3) {
    counter.add(std::span(rows).subspan(i, std::min<std::size_t>(3, rows.size() - i)));
  }
  return counter.finish();
}

Term iri(const std::string& name) { return Term::iri("http://ex.test/" + name); }

void insert(Transaction& transaction, const std::string& subject, const Term& predicate, const Term& object,
            const Term& graph = {}) {
  transaction.insert({transaction.intern(iri(subject)), transaction.intern(predicate), transaction.intern(object),
                      transaction.intern(graph)});
}

/// Shows `first` to `end` - 1: every one has a title and two actors, every third a date and the class Event.
void add_shows(Store& store, int first, int end) {
  const auto transaction = store.begin();
  for (int i = first; i < end; ++i) {
    const std::string name = "show" + std::to_string(i);
    insert(*transaction, name, iri("title"), Term::literal("The title of " + name));
    insert(*transaction, name, iri("actor"), iri("actor" + std::to_string(i % 10)));
    insert(*transaction, name, iri("actor"), iri("actor" + std::to_string(i % 10 + 1)));
    const bool is_event = i % 3 == 0;
    insert(*transaction, name, Term::iri(rdf::rdf::type), iri(is_event ? "Event" : "Work"));
    if (is_event) insert(*transaction, name, iri("date"), Term::literal("20260101", rdf::xsd::integer));
  }
  transaction->commit({});
}

StarStatistics::Estimate star(const View& view, const std::vector<std::pair<Term, std::optional<Term>>>& members) {
  std::vector<StarMember> wanted;
  for (const auto& [predicate, object] : members) {
    wanted.push_back({view.find(predicate).value(), object ? view.find(*object).value() : TermId{}});
  }
  const StarStatistics statistics = view.star(wanted);
  REQUIRE(statistics.size() == members.size());
  return statistics.of((StarStatistics::Members{1} << members.size()) - 1);
}

StarStatistics::Estimate star_of_class(const View& view, const std::string& name, const Term& predicate) {
  return star(view, {{Term::iri(rdf::rdf::type), iri(name)}, {predicate, std::nullopt}});
}

}  // namespace

TEST_CASE("subjects are counted by their predicates and classes, triples of several graphs once") {
  const SubjectSets sets = count({{1, 10, 5, 1},
                                  {1, 10, 5, 2},
                                  {1, 10, 6, 1},
                                  {1, type, 7, 1},  //
                                  {2, 10, 5, 1},
                                  {2, type, 7, 1},
                                  {2, type, 7, 2},  //
                                  {3, 10, 5, 1},
                                  {3, type, 8, 1},  //
                                  {4, 11, 5, 1}});
  CHECK(sets.subjects == 4);
  const std::vector<SubjectSet> wanted = {
      {2, {{10, 3}, {type, 2}}, {7}}, {1, {{10, 1}, {type, 1}}, {8}}, {1, {{11, 1}}, {}}};
  CHECK(sets.sets == wanted);
}

TEST_CASE("sets come back from their bytes, and damaged bytes are refused") {
  const SubjectSets sets = count({{1, 10, 5, 1}, {1, type, 7, 1}, {2, 10, 5, 1}, {2, 10, 6, 1}, {3, 12, 5, 1}});
  const std::string bytes = encode(sets);
  CHECK(internal::decode_subject_sets(bytes) == sets);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 4);
    CHECK_FALSE(internal::decode_subject_sets(damaged));
    CHECK_FALSE(internal::decode_subject_sets(bytes.substr(0, i)));
  }
}

TEST_CASE("rare sets are left out, and all subjects counted") {
  std::vector<Row> rows;
  std::uint64_t subject = 0;
  for (int i = 0; i < 500; ++i) rows.push_back({++subject, 10, 1, 1});
  for (std::uint64_t set = 0; set < 400; ++set) {
    rows.push_back({++subject, 11, 1, 1});
    rows.push_back({subject, 1000 + set, 1, 1});
  }
  const SubjectSets sets = count(rows);
  CHECK(sets.subjects == subject);
  REQUIRE(!sets.sets.empty());
  CHECK(sets.sets.size() < 400);
  CHECK(sets.sets.front() == SubjectSet{500, {{10, 500}}, {}});
  CHECK(count(rows) == sets);
}

TEST_CASE("a star's numbers are exact in one layer, whichever way it was written") {
  const TemporaryFolder folder;
  StoreOptions options;
  options.memtable_quads = GENERATE(0U, 1000U, 100'000U);
  const auto store = Store::open(folder.path(), options);
  add_shows(*store, 0, 300);
  if (GENERATE(false, true)) store->compact({});
  const Snapshot view = store->snapshot();
  CHECK(star(*view, {{iri("title"), {}}, {iri("actor"), {}}}).rows == Approx(600));
  CHECK(star(*view, {{iri("title"), {}}, {iri("actor"), {}}, {iri("date"), {}}}).rows == Approx(200));
  CHECK(star_of_class(*view, "Event", iri("date")).rows == Approx(100));
  CHECK(star_of_class(*view, "Event", iri("actor")).rows == Approx(200));
  CHECK(star_of_class(*view, "Work", iri("date")).rows == Approx(0));
  CHECK(star(*view, {{iri("actor"), iri("actor5")}, {iri("title"), {}}}).subjects == Approx(60));
  const auto all = view->statistics({});
  CHECK(all.quads == view->count({}));
  CHECK(all.distinct_subjects == 300);
}

TEST_CASE("a star's numbers follow what is removed, and what several layers tell of the same subjects") {
  const TemporaryFolder folder;
  StoreOptions options;
  options.memtable_quads = 200;
  options.background_merges = false;
  const auto store = Store::open(folder.path(), options);
  SECTION("half of the subjects are gone") {
    add_shows(*store, 0, 300);
    const auto transaction = store->begin();
    for (int i = 0; i < 150; ++i) {
      const TermId subject = transaction->find(iri("show" + std::to_string(i))).value();
      std::vector<QuadId> gone;
      const auto scan = transaction->scan({{subject, {}, {}, {}}, Order::Spog, GraphSet::all(), false});
      for (QuadBatch batch; scan->next(batch);) {
        for (std::size_t at = 0; at < batch.size; ++at) {
          gone.push_back({batch.columns[0][at], batch.columns[1][at], batch.columns[2][at], batch.columns[3][at]});
        }
      }
      for (const QuadId& quad : gone) transaction->remove(quad);
    }
    transaction->commit({});
    REQUIRE(store->info().segments > 1);
    CHECK(star(*store->snapshot(), {{iri("title"), {}}, {iri("actor"), {}}}).rows == Approx(300));
    CHECK(star_of_class(*store->snapshot(), "Event", iri("date")).rows == Approx(50));
  }
  SECTION("each layer tells of other predicates") {
    for (const char* predicate : {"title", "actor"}) {
      const auto transaction = store->begin();
      for (int i = 0; i < 300; ++i) insert(*transaction, "show" + std::to_string(i), iri(predicate), iri("x"));
      transaction->commit({});
    }
    REQUIRE(store->info().segments == 2);
    CHECK(star(*store->snapshot(), {{iri("title"), {}}, {iri("actor"), {}}}).rows == Approx(300));
  }
  SECTION("layers tell of different subjects") {
    for (int i = 0; i < 300; i += 100) add_shows(*store, i, i + 100);
    REQUIRE(store->info().segments > 1);
    CHECK(star_of_class(*store->snapshot(), "Event", iri("date")).rows == Approx(100));
    CHECK(star_of_class(*store->snapshot(), "Work", iri("date")).rows == Approx(0));
  }
}

TEST_CASE("a store whose sets cannot be read goes on, and compact writes them anew") {
  const TemporaryFolder folder;
  StoreOptions options;
  options.memtable_quads = 0;
  auto store = Store::open(folder.path(), options);
  add_shows(*store, 0, 30);
  store.reset();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (entry.path().filename() == "subjects.sets") std::filesystem::resize_file(entry.path(), 20);
  }
  store = Store::open(folder.path(), options);
  CHECK(star(*store->snapshot(), {{iri("title"), {}}, {iri("actor"), {}}}).rows == Approx(60));
  CHECK(store->verify({}).found == 1);
  store->compact({});
  CHECK(store->verify({}).found == 0);
}

}  // namespace scenograph::store
