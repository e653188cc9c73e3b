#include <catch2/catch.hpp>

#include <cerrno>
#include <future>
#include <thread>

#include "../store/small_store.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "fault_shim.hpp"
#include "store/verify.hpp"
#include "support/temporary_folder.hpp"

// Failures of the disk at known places.

namespace scenograph::store {

namespace {

using scenograph::tests::all_times;
using scenograph::tests::arm_fault;
using scenograph::tests::disarm_fault;
using scenograph::tests::Fault;
using scenograph::tests::fault_syncs;
using scenograph::tests::fault_truncates;
using scenograph::tests::fault_writes;
using scenograph::tests::TemporaryFolder;

StoreOptions small_memtable() {
  base::set_log_level(base::LogLevel::Off);
  StoreOptions options;
  options.memtable_quads = 20;
  options.background_merges = false;
  return options;
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const base::Error& error) {
    return error.what();
  }
  return "";
}

void add_ten(Store& store, std::uint64_t first) { tests::add(store, first, first + 10); }

TEST_CASE("the shim stands before the system's calls, LMDB's too") {
  const TemporaryFolder folder;
  const auto store = Store::open(folder.path(), small_memtable());
  add_ten(*store, 0);
  for (const char* path : {"/wal/", "data.mdb"}) {
    arm_fault({fault_writes, path, EIO, 0, all_times});
    CHECK_FALSE(message_of([&] {
                  tests::load_bulk(*store, 100, 200);
                  add_ten(*store, 300);
                }).empty());
    CHECK(disarm_fault() > 0);
  }
}

TEST_CASE("commits go to the new log although the full one cannot be shortened") {
  const TemporaryFolder folder;
  {
    const auto store = Store::open(folder.path(), small_memtable());
    add_ten(*store, 0);
    add_ten(*store, 10);
    arm_fault({fault_truncates, "/wal/", EIO, 0, all_times});
    add_ten(*store, 20);
    CHECK(store->begin()->commit_number() == 3);
    store->merge();  // behind the flush
    add_ten(*store, 30);
    CHECK(disarm_fault() == 1);
    add_ten(*store, 40);
  }
  const auto store = Store::open(folder.path(), small_memtable());
  CHECK(store->info().commits == 5);
  CHECK(store->info().quads == 50);
  CHECK(store->verify({}).found == 0);
}

TEST_CASE("a load does not fail because a full log cannot be shortened") {
  const TemporaryFolder folder;
  const auto store = Store::open(folder.path(), small_memtable());
  add_ten(*store, 0);
  arm_fault({fault_truncates, "/wal/", EIO, 0, all_times});
  tests::load_bulk(*store, 100, 200);
  CHECK(disarm_fault() == 1);
  CHECK(store->info().quads == 110);
}

TEST_CASE("a merge that fails takes no commit with it") {
  const TemporaryFolder folder;
  const auto store = Store::open(folder.path(), small_memtable());
  add_ten(*store, 0);
  tests::load_bulk(*store, 100, 200);
  tests::load_bulk(*store, 200, 300);
  Fault fault{fault_syncs, "data.mdb", EIO, 0, 1};
  fault.stall = true;
  arm_fault(fault);
  std::string merge_failed;
  std::thread merge([&] { merge_failed = message_of([&] { store->merge(); }); });
  scenograph::tests::wait_for_stall();
  std::string commit_failed;
  std::promise<void> begun;
  std::thread commit([&] {
    const auto transaction = store->begin();
    begun.set_value();
    transaction->insert({transaction->intern(rdf::Term::iri("http://ex.test/new")), default_graph, default_graph, {}});
    commit_failed = message_of([&] { transaction->commit({"writer", "while merging"}); });
  });
  begun.get_future().wait();
  store->begin().reset();  // comes in once the commit waits behind the merge
  scenograph::tests::release_faults();
  merge.join();
  commit.join();
  CHECK(disarm_fault() == 1);
  CHECK_FALSE(merge_failed.empty());
  CHECK(commit_failed.empty());
  CHECK(store->info().quads == 211);
  store->merge();
  CHECK(store->info().quads == 211);
}

TEST_CASE("a commit that failed to be synchronised is not there after opening again") {
  const TemporaryFolder folder;
  {
    const auto store = Store::open(folder.path(), small_memtable());
    add_ten(*store, 0);
    arm_fault({fault_syncs, "/wal/", EIO, 0, 1});
    CHECK_FALSE(message_of([&] { tests::add(*store, 10, 12); }).empty());
    CHECK(disarm_fault() == 1);
    CHECK(store->info().quads == 10);
    CHECK(store->info().commits == 1);
  }
  {
    StoreOptions reading;
    reading.read_only = true;
    CHECK(Store::open(folder.path(), reading)->info().quads == 10);
  }
  const auto store = Store::open(folder.path(), small_memtable());
  CHECK(store->info().quads == 10);
  add_ten(*store, 20);
  CHECK(store->info().commits == 2);
}

TEST_CASE("a commit that can neither be written nor undone says so, and none follows before it is gone") {
  const TemporaryFolder folder;
  const auto store = Store::open(folder.path(), small_memtable());
  add_ten(*store, 0);
  arm_fault({fault_syncs, "/wal/", EIO, 0, all_times});
  CHECK(message_of([&] { tests::add(*store, 10, 12); }).find("nor could it be undone") != std::string::npos);
  CHECK_FALSE(message_of([&] { tests::add(*store, 12, 14); }).empty());
  CHECK(store->info().quads == 10);
  disarm_fault();
  tests::add(*store, 14, 16);
  CHECK(store->info().quads == 12);
  CHECK(store->info().commits == 2);
  CHECK(store->verify({}).found == 0);
}

TEST_CASE("one who reads beside the writer forgets a commit that was taken back") {
  const TemporaryFolder folder;
  StoreOptions reading;
  reading.read_only = true;
  const auto store = Store::open(folder.path(), small_memtable());
  add_ten(*store, 0);
  const auto reader = Store::open(folder.path(), reading);
  CHECK(reader->info().quads == 10);
  Fault fault{fault_syncs, "/wal/", EIO, 0, 1};
  fault.stall = true;
  arm_fault(fault);
  std::thread commit([&] { CHECK_FALSE(message_of([&] { tests::add(*store, 10, 12); }).empty()); });
  scenograph::tests::wait_for_stall();
  CHECK(reader->info().quads == 12);  // the system has it, the disk not yet
  scenograph::tests::release_faults();
  commit.join();
  disarm_fault();
  CHECK(reader->info().quads == 10);
  tests::add(*store, 20, 21);
  tests::add(*store, 30, 35);
  CHECK(reader->info().quads == 16);
  CHECK(reader->info().commits == 3);
}

TEST_CASE("a full disk leaves no files behind") {
  const TemporaryFolder folder;
  const auto store = Store::open(folder.path(), small_memtable());
  add_ten(*store, 0);
  const std::uint64_t before = store->info().disk_bytes;
  for (int i = 0; i < 5; ++i) {
    arm_fault({fault_writes, "data.mdb", ENOSPC, 0, all_times});
    CHECK_FALSE(message_of([&] { tests::load_bulk(*store, 100, 200); }).empty());
    CHECK(disarm_fault() > 0);
    CHECK(store->info().quads == 10);
  }
  CHECK(store->info().disk_bytes == before);
}

TEST_CASE("the change log of a commit knows nothing of one that failed under its number") {
  const TemporaryFolder folder;
  const auto store = Store::open(folder.path(), small_memtable());
  tests::load_bulk(*store, 100, 300);
  arm_fault({fault_writes, "data.mdb", EIO, 0, 1});
  CHECK_FALSE(message_of([&] { tests::remove_some(*store, 2); }).empty());
  CHECK(disarm_fault() == 1);
  tests::load_bulk(*store, 500, 600);
  std::uint64_t removed = 0;
  store->changes(2, [&](const Change& change) { removed += change.added ? 0 : 1; });
  CHECK(removed == 0);
  CHECK(store->verify({}).found == 0);
}

}  // namespace

}  // namespace scenograph::store
