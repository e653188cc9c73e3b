#include <catch2/catch.hpp>

#include <fstream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "small_store.hpp"
#include "store/internal/memory.hpp"
#include "store/internal/wal/wal.hpp"
#include "store/verify.hpp"
#include "support/temporary_folder.hpp"

// A log that is damaged, before its end and at its end.

namespace scenograph::store {

namespace {

namespace fs = std::filesystem;
using scenograph::tests::TemporaryFolder;

constexpr std::uint64_t commits_made = 9;

/// Six quads in each commit.
fs::path make_store(const fs::path& folder, Durability durability) {
  base::set_log_level(base::LogLevel::Off);
  StoreOptions options;
  options.durability = durability;
  const auto store = Store::open(folder, options);
  for (std::uint64_t i = 0; i < commits_made; ++i) tests::add(*store, 10 * i + 1, 10 * i + 7);
  for (const auto& entry : fs::directory_iterator(folder / "wal")) return entry.path();
  FAIL("there is no log");
  return {};
}

std::vector<std::uint64_t> starts_of(const fs::path& log) {
  std::vector<std::uint64_t> starts;
  starts.push_back(internal::read_wal(log, 0, [&](const internal::WalRecord& record) { starts.push_back(record.at); }));
  return starts;
}

void damage(const fs::path& path, std::uint64_t at, const std::string& bytes) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(at));
  file << bytes;
  REQUIRE(file.good());
}

/// Makes the byte another one, whatever it is: checksums hold any.
void change_byte(const fs::path& path, std::uint64_t at) {
  const char was = base::read_file(path).at(at);
  damage(path, at, std::string(1, was == '!' ? '?' : '!'));
}

StoreOptions reading() {
  StoreOptions options;
  options.read_only = true;
  return options;
}

std::string refusal_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const base::Error& error) {
    CHECK(error.code() == base::Code::Corrupt);
    return error.message();
  }
  return "";
}

TEST_CASE("a log that is damaged before its end is refused, and nothing of it thrown away") {
  const TemporaryFolder folder;
  const fs::path log = make_store(folder.path(), Durability::Full);
  const auto starts = starts_of(log);
  const std::uint64_t place = GENERATE(0U, 3U, 20U, 40U);  // in the checksum, the head, the record
  damage(log, starts[4] + place, GENERATE(std::string("\x7f!"), std::string(40, '\0')));
  const std::string before = base::read_file(log);
  const std::string told = refusal_of([&] { (void)Store::open(folder.path()); });
  INFO(told);
  CHECK(told.find(log.string() + " is damaged at byte " + std::to_string(starts[4])) == 0);
  CHECK(told.find("commit 5 begins; 4 commits behind it are whole, from 6 to 9") != std::string::npos);
  CHECK(told.find("backup") != std::string::npos);
  CHECK(refusal_of([&] { (void)Store::open(folder.path(), reading())->snapshot(); }) == told);
  const VerifyReport report = Store::open(folder.path(), reading())->verify({});
  CHECK(std::any_of(report.findings.begin(), report.findings.end(),
                    [&](const Finding& finding) { return finding.problem.find("4 commits") != std::string::npos; }));
  CHECK(base::read_file(log) == before);
}

TEST_CASE("a damaged log can be cut, and a copy is kept") {
  const TemporaryFolder folder;
  const fs::path log = make_store(folder.path(), Durability::Full);
  const std::uint64_t victim = GENERATE(0U, 4U);
  change_byte(log, starts_of(log)[victim] + 5);
  const std::string before = base::read_file(log);
  StoreOptions cutting;
  cutting.cut_log = true;
  StoreOptions looking = reading();
  looking.cut_log = true;
  CHECK(Store::open(folder.path(), looking)->info().commits == victim);
  {
    const auto store = Store::open(folder.path(), cutting);
    CHECK(store->info().commits == victim);
    CHECK(store->info().quads == 6 * victim);
    tests::add(*store, 500, 501);
  }
  fs::path copy = log;
  CHECK(base::read_file(copy.replace_extension("cut")) == before);
  const auto store = Store::open(folder.path());
  CHECK(store->info().commits == victim + 1);
  CHECK(store->verify({}).found == 0);
}

TEST_CASE("the last group may be torn, and in relaxed durability any commits") {
  const TemporaryFolder folder;
  const bool is_full = GENERATE(true, false);
  const fs::path log = make_store(folder.path(), is_full ? Durability::Full : Durability::Relaxed);
  const auto starts = starts_of(log);
  const std::uint64_t victim = is_full ? commits_made - 1 : 4;
  change_byte(log, starts[victim] + 50);
  CHECK(Store::open(folder.path(), reading())->info().commits == victim);
  {
    const auto store = Store::open(folder.path());
    CHECK(store->info().commits == victim);
    tests::add(*store, 500, 501);
  }
  CHECK(fs::exists(fs::path(log).replace_extension("cut")));
  CHECK(Store::open(folder.path())->info().commits == victim + 1);
}

TEST_CASE("what a relaxed process left is on the disk once another goes on from it") {
  const TemporaryFolder folder;
  const fs::path log = make_store(folder.path(), Durability::Relaxed);
  {
    const auto store = Store::open(folder.path());
    tests::add(*store, 500, 501);
  }
  change_byte(log, starts_of(log)[4] + 50);
  CHECK_FALSE(refusal_of([&] { (void)Store::open(folder.path()); }).empty());
}

TEST_CASE("whole records behind a torn one of their own group are no proof of damage") {
  const TemporaryFolder folder;
  const fs::path log = folder.path() / "1.log";
  const auto writer = internal::make_wal(log);
  const std::vector<std::string> group = {"one", std::string(5000, 'x'), "three"};
  static_cast<void>(writer->append(group, Durability::Full));
  const auto starts = starts_of(log);
  damage(log, 4096, std::string(512, '\0'));
  CHECK(internal::read_wal(log, 0, [](const internal::WalRecord&) {}) == starts[1]);
  CHECK(internal::lost_records(log, starts[1]).empty());
}

TEST_CASE("a text that looks like a record is none where it does not say it lies") {
  const TemporaryFolder folder;
  const fs::path log = folder.path() / "1.log";
  {
    const auto writer = internal::make_wal(log);
    for (const char* text : {"one", "two", "three"}) {
      static_cast<void>(writer->append(std::vector<std::string>{text}, Durability::Full));
    }
  }
  const auto starts = starts_of(log);
  const std::string second = base::read_file(log).substr(starts[1], starts[2] - starts[1]);
  damage(log, starts[3], second);
  CHECK(starts_of(log) == starts);
  CHECK(internal::lost_records(log, starts[3]).empty());
}

}  // namespace

}  // namespace scenograph::store
