#include "store/internal/edits.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "small_store.hpp"
#include "store/internal/rows/stable_order.hpp"
#include "store/verify.hpp"
#include "support/temporary_folder.hpp"

// The edits of a transaction against a plain map of signs; what commits of many edits count against a recount.

namespace scenograph::store {

namespace {

using internal::EditSet;
using internal::Row;
using internal::Sign;
using scenograph::tests::TemporaryFolder;
using Random = std::mt19937_64;

TermId random_id(IdKind kind, std::uint64_t below, Random& random) { return TermId::make(kind, random() % below); }

QuadId random_quad(Random& random) {
  const IdKind kind = random() % 3 == 0 ? IdKind::Integer : IdKind::Literal;
  return {random_id(IdKind::Iri, 60, random), random_id(IdKind::Iri, 5, random), random_id(kind, 40, random),
          random() % 2 == 0 ? default_graph : TermId::make(IdKind::Iri, 3)};
}

using Model = std::map<Row, int>;  ///< signs of rows of Spog

std::vector<Row> rows_of(const Model& model, Order order, Sign sign) {
  std::vector<Row> rows;
  for (const auto& [row, its_sign] : model) {
    if (its_sign == static_cast<int>(sign)) rows.push_back(internal::reorder(row, Order::Spog, order));
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

void check_rows(const EditSet& edits, const Model& model, Order order) {
  for (const Sign sign : {Sign::Added, Sign::Removed}) {
    const auto rows = edits.rows(order, sign);
    REQUIRE(std::vector<Row>(rows.begin(), rows.end()) == rows_of(model, order, sign));
  }
}

/// Changes the quad as it can be changed: half of all quads are there below.
bool can_add(const QuadId& quad, const Model& model) {
  const Row row = internal::row_of(quad, Order::Spog);
  const auto at = model.find(row);
  const int sign = at == model.end() ? 0 : at->second;
  const bool is_below = (row[0] + row[1] + row[2] + row[3]) % 2 == 0;
  return is_below ? sign < 0 : sign <= 0;
}

void change(Model& model, const Row& row, int by) {
  const int sign = model[row] += by;
  if (sign == 0) model.erase(row);
}

void apply_one(EditSet& edits, Model& model, Random& random) {
  const QuadId quad = random_quad(random);
  const bool added = can_add(quad, model);
  edits.apply(quad, added);
  change(model, internal::row_of(quad, Order::Spog), added ? 1 : -1);
}

void apply_many(EditSet& edits, Model& model, Random& random) {
  const bool added = random() % 2 == 0;
  std::set<Row> rows;
  for (std::uint64_t i = random() % 400; i > 0; --i) {
    const QuadId quad = random_quad(random);
    if (can_add(quad, model) == added) rows.insert(internal::row_of(quad, Order::Spog));
  }
  edits.apply_all({rows.begin(), rows.end()}, added);
  for (const Row& row : rows) change(model, row, added ? 1 : -1);
}

void check_numbers(const EditSet& edits, const Model& model, Random& random) {
  const auto added = static_cast<std::size_t>(
      std::count_if(model.begin(), model.end(), [](const auto& entry) { return entry.second > 0; }));
  REQUIRE(edits.size() == model.size());
  REQUIRE(edits.added() == added);
  REQUIRE(edits.edits().size() == model.size());
  const QuadId quad = random_quad(random);
  const auto at = model.find(internal::row_of(quad, Order::Spog));
  REQUIRE(edits.sign(quad) == (at == model.end() ? 0 : at->second));
  std::int64_t of_predicate = 0;
  for (const auto& [row, sign] : model) of_predicate += row[1] == quad.predicate.bits() ? sign : 0;
  REQUIRE(edits.count_change(internal::Counter::Predicate, quad.predicate) == of_predicate);
}

std::uint64_t verified_quads(const std::filesystem::path& folder) {
  StoreOptions reading;
  reading.read_only = true;
  const auto store = Store::open(folder, reading);
  const VerifyReport report = store->verify({});
  for (const Finding& finding : report.findings) UNSCOPED_INFO(finding.file + ": " + finding.problem);
  CHECK(report.findings.empty());
  return store->snapshot()->count({});
}

}  // namespace

TEST_CASE("Edits are what a map of signs holds, one by one and many at once, in every order", "[store]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Random random(seed);
    EditSet edits;
    Model model;
    for (int step = 0; step < 200; ++step) {
      const std::uint64_t what = random() % 12;
      if (what == 0) {
        apply_many(edits, model, random);
      } else if (what == 1) {
        edits.hold_only(static_cast<Order>(random() % order_count));
      } else if (what < 4) {
        check_rows(edits, model, static_cast<Order>(random() % order_count));
      } else {
        for (int i = 0; i < 5; ++i) apply_one(edits, model, random);
      }
      check_numbers(edits, model, random);
    }
  }
}

TEST_CASE("An order that is one pass from another follows by a stable sort", "[store]") {
  Random random(3);
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < order_count * order_count; ++i) {
    const auto from = static_cast<Order>(i / order_count);
    const auto to = static_cast<Order>(i % order_count);
    if (from == to || !internal::is_one_pass_from(from, to)) continue;
    ++pairs;
    for (const std::size_t size : {0, 1, 500, 20'000}) {
      std::vector<Row> rows;
      for (std::size_t j = 0; j < size; ++j) {
        const bool is_inline = random() % 2 == 0;
        const TermId object = is_inline ? TermId::make(IdKind::ShortString, random() & TermId::payload_mask)
                                        : random_id(IdKind::Literal, 1000, random);
        rows.push_back({random_id(IdKind::Iri, 5000, random).bits(), random_id(IdKind::Iri, 20, random).bits(),
                        object.bits(), default_graph.bits()});
      }
      for (Row& row : rows) row = internal::reorder(row, Order::Spog, from);
      std::sort(rows.begin(), rows.end());
      std::vector<Row> wanted;
      for (const Row& row : rows) wanted.push_back(internal::reorder(row, from, to));
      std::sort(wanted.begin(), wanted.end());
      REQUIRE(internal::sort_in_one_pass(rows, from, to) == wanted);
    }
  }
  CHECK(pairs >= order_count);
}

TEST_CASE("Counters are right after commits that change much of a store, and little", "[store]") {
  const TemporaryFolder folder;
  StoreOptions options;
  options.background_merges = false;
  options.memtable_quads = 100;
  std::uint64_t before = 0;
  {
    const auto store = Store::open(folder.path(), options);
    tests::load_bulk(*store, 0, 30'000);
    tests::add(*store, 20'000, 45'000);
    tests::remove_some(*store, 3);
    before = store->snapshot()->count({});
  }
  CHECK(verified_quads(folder.path()) == before);
  std::uint64_t in_graph = 0;
  {
    const auto store = Store::open(folder.path(), options);
    const auto transaction = store->begin();
    const auto graph = transaction->find(rdf::Term::iri("http://ex.test/graph/0"));
    REQUIRE(graph);
    in_graph = transaction->count({{}, {}, {}, *graph});
    CHECK(in_graph > 1000);
    CHECK(transaction->clear(*graph) == in_graph);
    CHECK(transaction->count({{}, {}, {}, *graph}) == 0);
    transaction->commit({"writer", "clear"});
  }
  CHECK(verified_quads(folder.path()) == before - in_graph);
  {
    const auto store = Store::open(folder.path(), options);
    const auto transaction = store->begin();
    const auto predicate = transaction->find(rdf::Term::iri("http://ex.test/p1"));
    REQUIRE(predicate);
    std::vector<QuadId> gone;
    const auto scan = transaction->scan({{{}, *predicate, {}, {}}, Order::Psog});
    for (QuadBatch batch; scan->next(batch);) {
      for (std::size_t i = 0; i < batch.size; ++i) {
        gone.push_back({batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], batch.columns[3][i]});
      }
    }
    CHECK(gone.size() > 1000);
    transaction->remove_all(gone);
    CHECK_FALSE(transaction->remove(gone.front()));
    CHECK(transaction->insert(gone.front()));
    CHECK(transaction->commit({"writer", "remove"}).removed == gone.size() - 1);
    before = store->snapshot()->count({});
    CHECK(store->snapshot()->count({{}, *predicate, {}, {}}) == 1);
  }
  CHECK(verified_quads(folder.path()) == before);
}

}  // namespace scenograph::store
