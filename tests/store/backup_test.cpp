#include "store/backup.hpp"

#include <catch2/catch.hpp>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <thread>

#include "base/error.hpp"
#include "base/file.hpp"
#include "small_store.hpp"
#include "store/verify.hpp"
#include "support/nquads.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::store {

namespace {

namespace fs = std::filesystem;
using base::Code;
using scenograph::tests::code_of;
using scenograph::tests::TemporaryFolder;

StoreOptions reading() {
  StoreOptions options;
  options.read_only = true;
  return options;
}

std::string export_of(const Store& store) { return scenograph::tests::to_nquads(tests::quads_of(*store.snapshot())); }

std::vector<Change> log_of(const Store& store) {
  std::vector<Change> changes;
  for (std::uint64_t commit = 1; commit <= store.info().commits; ++commit) {
    store.changes(commit, [&](const Change& change) { changes.push_back(change); });
  }
  return changes;
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST_CASE("a backup restores to the same store, log and all") {
  const TemporaryFolder folder;
  const auto store = tests::make_mixed_store(folder.path() / "store");
  const BackupResult backup = store->backup(folder.path() / "backup", {});
  CHECK(backup.commit == 6);
  CHECK(backup.copied_files < backup.files);  // changes are links to runs
  CHECK(files_in(folder.path() / "backup" / "files") == backup.copied_files);
  const BackupResult result = restore(folder.path() / "backup", folder.path() / "restored");
  CHECK(result.commit == 6);
  CHECK(result.files == backup.files);
  const auto restored = Store::open(folder.path() / "restored");
  CHECK(restored->verify({}).found == 0);
  CHECK(export_of(*restored) == export_of(*store));
  CHECK(log_of(*restored).size() == log_of(*store).size());
  tests::add(*restored, 50'000, 50'010);
  CHECK(restored->verify({}).found == 0);
}

TEST_CASE("a second backup copies only what is new, and drops what is old") {
  const TemporaryFolder folder;
  const fs::path backup = folder.path() / "backup";
  const auto store = tests::make_mixed_store(folder.path() / "store");
  const BackupResult first = store->backup(backup, {});
  const BackupResult same = store->backup(backup, {});
  CHECK(same.copied_files <= 1);  // data.mdb, if its copy differs
  CHECK(same.files == first.files);
  tests::load_bulk(*store, 60'000, 61'000);
  const BackupResult second = store->backup(backup, {});
  CHECK(second.commit == 7);
  // The load's vocabulary and seven runs, the memtable's that it made a segment of (7 with additions and 7 without),
  // its log, which lost what was filled ahead, and data.mdb.
  CHECK(second.copied_files == 1 + 8 + 15 + 1 + 1);
  CHECK(second.removed_files == 2);
  store->compact({});
  const BackupResult compacted = store->backup(backup, {});
  CHECK(compacted.copied_files == 1 + 8 + 1);
  CHECK(files_in(backup / "files") == compacted.files);
  static_cast<void>(restore(backup, folder.path() / "restored"));
  CHECK(export_of(*Store::open(folder.path() / "restored", reading())) == export_of(*store));
}

TEST_CASE("a backup of another store into the same folder mixes nothing up") {
  const TemporaryFolder folder;
  const auto one = tests::make_mixed_store(folder.path() / "one");
  const auto other = Store::open(folder.path() / "other");
  tests::load_bulk(*other, 5, 4000);
  one->backup(folder.path() / "backup", {});
  other->backup(folder.path() / "backup", {});
  static_cast<void>(restore(folder.path() / "backup", folder.path() / "restored"));
  CHECK(export_of(*Store::open(folder.path() / "restored", reading())) == export_of(*other));
}

TEST_CASE("backups and restores that make no sense are refused") {
  const TemporaryFolder folder;
  const fs::path backup = folder.path() / "backup";
  const auto store = tests::make_mixed_store(folder.path() / "store");
  CHECK(code_of([&] { store->backup(folder.path() / "store", {}); }) == Code::BadArgument);
  CHECK(code_of([&] { (void)restore(folder.path() / "none", folder.path() / "new"); }) == Code::NotFound);
  store->backup(backup, {});
  CHECK(code_of([&] { (void)restore(backup, folder.path() / "store"); }) == Code::BadArgument);
  fs::create_directory(folder.path() / "empty");
  CHECK(restore(backup, folder.path() / "empty").commit == 6);

  const std::string index = base::read_file(backup / "index.txt");
  SECTION("a file is damaged or missing") {
    const fs::path file = fs::directory_iterator(backup / "files")->path();
    std::string content = base::read_file(file);
    content[content.size() / 2] ^= 1;
    base::write_file(file, content);
    CHECK(code_of([&] { (void)restore(backup, folder.path() / "new"); }) == Code::Corrupt);
    fs::remove(file);
    CHECK(code_of([&] { (void)restore(backup, folder.path() / "new"); }) == Code::Corrupt);
    CHECK(store->backup(backup, {}).copied_files >= 1);
    CHECK(restore(backup, folder.path() / "new").commit == 6);
  }
  SECTION("the index is damaged") {
    for (std::size_t at = 0; at < index.size(); at += 97) {
      std::string damaged = index;
      damaged[at] ^= 1;
      base::write_file(backup / "index.txt", damaged);
      INFO(at);
      CHECK(code_of([&] { (void)restore(backup, folder.path() / "new"); }) == Code::Corrupt);
      base::write_file(backup / "index.txt", index.substr(0, at));
      CHECK(code_of([&] { (void)restore(backup, folder.path() / "new"); }) == Code::Corrupt);
    }
  }
  CHECK(!fs::exists(folder.path() / "new.restoring"));
}

TEST_CASE("a backup is whole while another process commits, loads, merges and compacts") {
  const TemporaryFolder folder;
  const fs::path data = folder.path() / "store";
  tests::make_mixed_store(data).reset();
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    StoreOptions options;
    options.memtable_quads = 100;
    const auto store = Store::open(data, options);
    for (std::uint64_t round = 0;; ++round) {
      tests::add(*store, 100'000 + round * 90, 100'100 + round * 90);
      if (round % 7 == 0) tests::load_bulk(*store, 500'000 + round * 500, 501'000 + round * 500);
      if (round % 20 == 19) store->compact({});
    }
  }
  std::uint64_t last = 0;
  for (int round = 0; round < 15; ++round) {
    const BackupResult result = Store::open(data, reading())->backup(folder.path() / "backup", {});
    CHECK(result.commit >= last);
    last = result.commit;
    const fs::path restored = folder.path() / ("restored" + std::to_string(round));
    CHECK(restore(folder.path() / "backup", restored).commit >= last);
    const VerifyReport report = Store::open(restored, reading())->verify({});
    for (const auto& finding : report.findings) UNSCOPED_INFO(finding.file << ": " << finding.problem);
    CHECK(report.found == 0);
    const VerifyReport live = Store::open(data, reading())->verify({});
    for (const auto& finding : live.findings) UNSCOPED_INFO("live " << finding.file << ": " << finding.problem);
    CHECK(live.found == 0);
    fs::remove_all(restored);
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  CHECK(last > 6);
}

TEST_CASE("a backup that is killed leaves the former one usable") {
  const TemporaryFolder folder;
  const fs::path data = folder.path() / "store";
  const fs::path backup = folder.path() / "backup";
  tests::make_mixed_store(data).reset();
  for (int round = 0; round < 12; ++round) {
    {
      const auto store = Store::open(data);
      if (round % 4 == 0) store->backup(backup, {});
      tests::load_bulk(*store, 100'000 + static_cast<std::uint64_t>(round) * 3000,
                       103'000 + static_cast<std::uint64_t>(round) * 3000);
      if (round % 4 == 2) store->compact({});
    }
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      BackupOptions slow;
      slow.progress = [](std::uint64_t, std::uint64_t) { ::usleep(500); };
      Store::open(data, reading())->backup(backup, slow);
      ::_exit(0);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(1500 + 2100 * round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const fs::path restored = folder.path() / ("restored" + std::to_string(round));
    CHECK(restore(backup, restored).commit >= 6);
    const VerifyReport report = Store::open(restored, reading())->verify({});
    for (const auto& finding : report.findings) UNSCOPED_INFO(finding.file << ": " << finding.problem);
    CHECK(report.found == 0);
  }
  const BackupResult result = Store::open(data, reading())->backup(backup, {});
  CHECK(files_in(backup / "files") <= result.files);
  static_cast<void>(restore(backup, folder.path() / "last"));
  CHECK(export_of(*Store::open(folder.path() / "last", reading())) == export_of(*Store::open(data, reading())));
}

}  // namespace

}  // namespace scenograph::store
