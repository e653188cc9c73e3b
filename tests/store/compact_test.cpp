#include <catch2/catch.hpp>

#include <mutex>
#include <set>

#include "store/bulk_load.hpp"
#include "store/store.hpp"
#include "store/verify.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::store {

namespace {

using rdf::Quad;
using rdf::Term;
using Quads = std::set<Quad>;

Quad numbered_quad(unsigned number) {
  const std::string text = std::to_string(number);
  return {number % 3 == 0 ? Term::blank("b" + std::to_string(1 + number % 7)) : Term::iri("http://ex.test/s" + text),
          Term::iri("http://ex.test/p" + std::to_string(number % 5)),
          Term::literal("a text that is too long for an id: " + text),
          number % 2 == 0 ? Term() : Term::iri("http://ex.test/g" + std::to_string(number % 4))};
}

QuadId intern(Transaction& transaction, const Quad& quad) {
  const auto id = [&](const Term& term) {
    return term.is_blank() ? transaction.blank(term.value).value() : transaction.intern(term);
  };
  return {id(quad.subject), id(quad.predicate), id(quad.object), id(quad.graph)};
}

void insert(Store& store, Quads& quads, unsigned first, unsigned end) {
  const auto transaction = store.begin();
  for (unsigned number = first; number < end; ++number) {
    const Quad quad = numbered_quad(number);
    CHECK(transaction->insert(intern(*transaction, quad)) == quads.insert(quad).second);
  }
  transaction->commit({"test", "insert"});
}

void remove(Store& store, Quads& quads, unsigned first, unsigned end) {
  const auto transaction = store.begin();
  for (unsigned number = first; number < end; ++number) {
    const Quad quad = numbered_quad(number);
    CHECK(transaction->remove(intern(*transaction, quad)) == (quads.erase(quad) == 1));
  }
  transaction->commit({"test", "remove"});
}

Quads read(const View& view) {
  Quads quads;
  QuadBatch batch;
  const auto scan = view.scan({});
  while (scan->next(batch)) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      quads.insert({view.term(batch.columns[0][i]), view.term(batch.columns[1][i]), view.term(batch.columns[2][i]),
                    view.term(batch.columns[3][i])});
    }
  }
  return quads;
}

void check_sound(const Store& store) {
  const VerifyReport report = store.verify({});
  for (const Finding& finding : report.findings) UNSCOPED_INFO(finding.file << ": " << finding.problem);
  CHECK(report.found == 0);
}

/// Compacts, and does `meanwhile` while it goes on.
void compact_while(Store& store, const std::function<void()>& meanwhile) {
  std::once_flag once;
  BulkLoadOptions options;
  options.check = [&] { std::call_once(once, meanwhile); };
  store.compact(options);
}

TEST_CASE("compact does not hold writers back, and takes in what they change") {
  StoreOptions options;
  options.memtable_quads = GENERATE(0U, 40U, 100'000U);
  options.background_merges = false;  // so that the number of segments is known
  const tests::TemporaryFolder folder;
  auto store = Store::open(folder.path(), options);
  Quads quads;
  insert(*store, quads, 0, 100);
  compact_while(*store, [&] {
    remove(*store, quads, 20, 40);
    insert(*store, quads, 90, 150);
    insert(*store, quads, 30, 35);
    store->merge();
    remove(*store, quads, 120, 130);
  });
  CHECK(store->info().segments == 2);
  CHECK(read(*store->snapshot()) == quads);
  CHECK(store->info().quads == quads.size());
  check_sound(*store);
  insert(*store, quads, 120, 160);
  store.reset();
  store = Store::open(folder.path(), options);
  CHECK(read(*store->snapshot()) == quads);
  check_sound(*store);
  store->compact({});
  CHECK(store->info().segments == 1);
  CHECK(read(*store->snapshot()) == quads);
}

TEST_CASE("compact of an empty store takes in the first commit") {
  const tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  Quads quads;
  insert(*store, quads, 0, 9);
  remove(*store, quads, 0, 9);
  compact_while(*store, [&] { insert(*store, quads, 3, 6); });
  CHECK(read(*store->snapshot()) == quads);
  check_sound(*store);
}

TEST_CASE("a snapshot from before a compact reads what it read") {
  const tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  Quads quads;
  insert(*store, quads, 0, 50);
  const Snapshot before = store->snapshot();
  const Quads old = quads;
  remove(*store, quads, 0, 50);
  store->compact({});
  insert(*store, quads, 100, 140);
  store->compact({});
  CHECK(read(*before) == old);
  CHECK(read(*store->snapshot()) == quads);
}

TEST_CASE("compact returns the room of terms that went to a vocabulary") {
  StoreOptions options;
  options.memtable_quads = 1000;
  const tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path(), options);
  Quads quads;
  for (unsigned first = 0; first < 40'000; first += 4000) insert(*store, quads, first, first + 4000);
  CHECK(store->info().data_bytes > std::uint64_t{5} << 20U);
  store->compact({});
  CHECK(store->info().data_bytes < std::uint64_t{2} << 20U);
  insert(*store, quads, 40'000, 44'000);
  check_sound(*store);
  CHECK(read(*store->snapshot()) == quads);
}

}  // namespace

}  // namespace scenograph::store
