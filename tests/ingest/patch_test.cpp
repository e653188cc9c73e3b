#include "ingest/patch.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "canon/compare.hpp"
#include "store/small_store.hpp"
#include "support/nquads.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::ingest {

namespace {

using base::Code;
using scenograph::tests::TemporaryFolder;
using scenograph::tests::to_nquads;
using store::Store;

/// The log of a store from a commit on; what came before the log's start as the state there.
std::string log_of(const Store& store, std::uint64_t from) {
  std::string text;
  syntax::PatchWriter writer([&](std::string_view bytes) { text += bytes; });
  const std::uint64_t start = store.info().log_start;
  if (from <= start) {
    writer.begin();
    store.state_at(start, [&](const rdf::Quad& quad) { writer.change(true, quad); });
    writer.commit();
    from = start + 1;
  }
  for (std::uint64_t commit = from; commit <= store.info().commits; ++commit) {
    writer.begin();
    store.changes(commit, [&](const store::Change& change) { writer.change(change.added, change.quad); });
    writer.commit();
  }
  writer.finish();
  return text;
}

PatchResult apply_text(Store& store, const std::string& text) {
  const auto source = base::open_text(text);
  return apply_patch(store, *source, {"changes.rdfp"}, {"", "patch"});
}

std::string export_of(const Store& store) { return to_nquads(store::tests::quads_of(*store.snapshot())); }

base::Where where_of(const std::string& text) {
  const TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  try {
    static_cast<void>(apply_text(*store, text));
  } catch (const base::Error& error) {
    CHECK(error.code() == Code::BadSyntax);
    CHECK(store->info().quads == 0);
    return error.where();
  }
  FAIL("nothing was thrown");
  return {};
}

TEST_CASE("the log of one store makes a copy of it, and keeps it up to date") {
  const TemporaryFolder folder;
  const auto original = store::tests::make_mixed_store(folder.path() / "original");
  const auto copy = Store::open(folder.path() / "copy");
  CHECK(apply_text(*copy, log_of(*original, 1)).commits == original->info().commits);
  CHECK(export_of(*copy) == export_of(*original));
  const std::uint64_t known = original->info().commits;
  store::tests::remove_some(*original, 3);
  store::tests::add(*original, 70'000, 70'300);
  static_cast<void>(apply_text(*copy, log_of(*original, known + 1)));
  CHECK(export_of(*copy) == export_of(*original));
  CHECK(apply_text(*copy, log_of(*original, known + 2)).commits == 0);
}

TEST_CASE("what compaction dropped from the log is answered by the state there") {
  const TemporaryFolder folder;
  const auto original = store::tests::make_mixed_store(folder.path() / "original");
  original->compact({});
  const std::string compacted = export_of(*original);
  const std::uint64_t start = original->info().log_start;
  CHECK(start == 6);
  store::tests::remove_some(*original, 3);
  store::tests::load_bulk(*original, 80'000, 90'000);
  store::tests::add(*original, 70'000, 70'800);
  store::tests::remove_some(*original, 5);
  std::vector<rdf::Quad> then;
  original->state_at(start, [&](const rdf::Quad& quad) { then.push_back(quad); });
  CHECK(to_nquads(then) == compacted);
  const auto copy = Store::open(folder.path() / "copy");
  CHECK(apply_text(*copy, log_of(*original, 1)).commits == original->info().commits - start + 1);
  CHECK(export_of(*copy) == export_of(*original));
  try {
    original->state_at(start - 1, [](const rdf::Quad&) {});
    FAIL("nothing was thrown");
  } catch (const base::Error& error) {
    CHECK(error.code() == Code::NotFound);
  }
}

TEST_CASE("a patch as other programs write it") {
  const TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  const PatchResult result =
      apply_text(*store,
                 "# a remark\r\n"
                 "H id <uuid:0686c69d-8f89-4496-acb5-744f0157a8db> .\n"
                 "H prev <uuid:3ee0eca0-6d5f-4b4d-85db-f69ab1167eb1> .\n"
                 "TX .\r\n"
                 "PA \"rdf\" \"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" .\n"
                 "A <http://ex.test/s> <http://ex.test/p> <_:x1> .\r\n"
                 "A <_:x1> <http://ex.test/p> \"a <_:text> \\\" of <_:x1>\"@fr <http://ex.test/g> .\n"
                 "A _:x1 <http://ex.test/q> \"é\" .\n"
                 "D <http://ex.test/none> <http://ex.test/p> <_:x1> .\n"
                 "TC");
  CHECK(result.commits == 1);
  const rdf::Term node = rdf::Term::blank("n");
  const rdf::Term p = rdf::Term::iri("http://ex.test/p");
  const std::vector<rdf::Quad> wanted = {
      {rdf::Term::iri("http://ex.test/s"), p, node, {}},
      {node, p, rdf::Term::lang_literal("a <_:text> \" of <_:x1>", "fr"), rdf::Term::iri("http://ex.test/g")},
      {node, rdf::Term::iri("http://ex.test/q"), rdf::Term::literal("é"), {}}};
  CHECK(canon::isomorphic(store::tests::quads_of(*store->snapshot()), wanted));
}

TEST_CASE("faults of patches are told by line and column, and nothing of their transaction stays") {
  const std::string triple = "<http://ex.test/s> <http://ex.test/p> \"o\"";
  CHECK(where_of("A " + triple + " .\n") == base::Where{"changes.rdfp", 1, 1});
  CHECK(where_of("TX .\nA " + triple + " .\n") == base::Where{"changes.rdfp", 3, 1});
  CHECK(where_of("TX .\nA " + triple + "\nTC .\n") == base::Where{"changes.rdfp", 2, 44});
  CHECK(where_of("TX .\nA " + triple + " .\nTX .\n") == base::Where{"changes.rdfp", 3, 1});
  CHECK(where_of("TX .\nD <_:b> \"p\" <http://ex.test/o> .\nTC .\n") == base::Where{"changes.rdfp", 2, 9});
  CHECK(where_of("TC .\n") == base::Where{"changes.rdfp", 1, 1});
  CHECK(where_of("TX . TC .\n") == base::Where{"changes.rdfp", 1, 6});
  CHECK(where_of("TX .\n\n  Z " + triple + " .\nTC .\n") == base::Where{"changes.rdfp", 3, 3});
  CHECK(where_of("TX .\nA .\nTC .\n") == base::Where{"changes.rdfp", 2, 3});
  CHECK(where_of("TX .\nA\nTC .\n").line == 2);
  CHECK(where_of("TX .\nA <_:b\n").line == 2);
}

TEST_CASE("aborted and empty transactions leave no trace, and labels of others are one node") {
  const TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  const PatchResult result = apply_text(*store,
                                        "TX .\nA <_:x> <http://ex.test/p> \"1\" .\nTA .\n"
                                        "TX .\nD <_:x> <http://ex.test/p> \"1\" .\nTC .\n"
                                        "TX .\nA <_:y> <http://ex.test/p> <_:x> .\nTC .\n"
                                        "TX .\nA <_:x> <http://ex.test/p> <_:b999999999999999999> .\nTC .");
  CHECK(result.commits == 2);
  CHECK(result.inserted == 2);
  const auto quads = store::tests::quads_of(*store->snapshot());
  const auto node = [](const char* label) { return rdf::Term::blank(label); };
  const rdf::Term p = rdf::Term::iri("http://ex.test/p");
  CHECK(canon::isomorphic(quads, {{node("y"), p, node("x"), {}}, {node("x"), p, node("z"), {}}}));
}

}  // namespace

}  // namespace scenograph::ingest
