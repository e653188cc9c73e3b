#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "base/error.hpp"
#include "base/file.hpp"
#include "rdf/vocab.hpp"
#include "store/store.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::store {

namespace {

using base::Code;
using rdf::Term;
using scenograph::tests::code_of;

constexpr std::uint64_t quads_per_commit = 5;

QuadId numbered(Transaction& transaction, std::uint64_t commit, std::uint64_t i) {
  const TermId subject = transaction.intern(Term::iri("http://ex.test/commit/" + std::to_string(commit)));
  const TermId object = transaction.intern(Term::literal(std::to_string(i), rdf::xsd::integer));
  return {subject, transaction.intern(Term::iri("http://ex.test/holds")), object, default_graph};
}

/// Commits for ever, and writes each number to the pipe once it is acknowledged.
[[noreturn]] void commit_for_ever(const std::filesystem::path& folder, Durability durability, int acknowledged) {
  StoreOptions options;
  options.durability = durability;
  const auto store = Store::open(folder, options);
  while (true) {
    auto transaction = store->begin();
    const std::uint64_t number = transaction->commit_number() + 1;
    for (std::uint64_t i = 0; i < quads_per_commit; ++i) transaction->insert(numbered(*transaction, number, i));
    const std::uint64_t committed = transaction->commit({"child", "commit"}).number;
    if (::write(acknowledged, &committed, sizeof committed) != sizeof committed) ::_exit(1);
  }
}

std::uint64_t last_number(int pipe) {
  std::uint64_t number = 0;
  std::uint64_t last = 0;
  while (::read(pipe, &number, sizeof number) == sizeof number) last = number;
  return last;
}

/// @return the last commit that the killed process acknowledged.
std::uint64_t commit_and_kill(const std::filesystem::path& folder, Durability durability,
                              std::chrono::microseconds life) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    commit_for_ever(folder, durability, ends[1]);
  }
  ::close(ends[1]);
  std::this_thread::sleep_for(life);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  const std::uint64_t last = last_number(ends[0]);
  ::close(ends[0]);
  return last;
}

TEST_CASE("what was acknowledged survives kill -9, whole") {
  const Durability durability = GENERATE(Durability::Full, Durability::Relaxed);
  const tests::TemporaryFolder folder;
  std::uint64_t acknowledged = 0;
  for (int round = 0; round < 30; ++round) {
    acknowledged = std::max(acknowledged,
                            commit_and_kill(folder.path(), durability, std::chrono::microseconds(5000 + 1777 * round)));
    const auto store = Store::open(folder.path());
    const std::uint64_t commits = store->info().commits;
    CHECK(commits >= acknowledged);
    CHECK(commits <= acknowledged + 1);
    CHECK(store->info().quads == commits * quads_per_commit);
    CHECK(store->commits(1, 100'000).size() == commits);
    acknowledged = commits;
  }
  CHECK(acknowledged > 30);
}

TEST_CASE("a second process may read but not write") {
  const tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    int result = 0;
    try {
      (void)Store::open(folder.path());
      result = 1;
    } catch (const base::Error& error) {
      result = error.code() == Code::Locked ? 0 : 2;
    }
    ::_exit(result);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(code_of([&] { (void)Store::open(folder.path()); }) == Code::Locked);
}

TEST_CASE("a store that is not there, cut short or read-only is refused by name") {
  const tests::TemporaryFolder folder;
  StoreOptions reading;
  reading.read_only = true;
  CHECK(code_of([&] { (void)Store::open(folder.path() / "none", reading); }) == Code::NotFound);
  {
    const auto store = Store::open(folder.path());
    auto transaction = store->begin();
    for (std::uint64_t i = 0; i < 1000; ++i) transaction->insert(numbered(*transaction, i, i));
    transaction->commit({});
  }
  {
    const auto store = Store::open(folder.path(), reading);
    CHECK(store->info().quads == 1000);
    CHECK(code_of([&] { (void)store->begin(); }) == Code::ReadOnly);
  }
  std::filesystem::resize_file(folder.path() / "data.mdb", 8192);
  CHECK(code_of([&] { (void)Store::open(folder.path()); }) == Code::Corrupt);
  base::write_file(folder.path() / "data.mdb", "no database");
  CHECK(code_of([&] { (void)Store::open(folder.path()); }) == Code::Corrupt);
}

TEST_CASE("a store at its size limit says so and keeps what it had") {
  const tests::TemporaryFolder folder;
  StoreOptions small;
  small.max_bytes = std::uint64_t{1} << 20U;
  const auto store = Store::open(folder.path(), small);
  auto first = store->begin();
  first->insert(numbered(*first, 1, 1));
  first->commit({});
  first.reset();
  CHECK(code_of([&] {
          auto transaction = store->begin();
          for (std::uint64_t i = 0; i < 100'000; ++i) transaction->insert(numbered(*transaction, i, i));
          transaction->commit({});
        }) == Code::TooLarge);
  CHECK(store->info().quads == 1);
  auto again = store->begin();
  again->insert(numbered(*again, 2, 2));
  CHECK(again->commit({}).inserted == 1);
}

/// Commits more than the system lets this process write. @return the exit code: 0 if the commit failed as it should.
int commit_past_file_limit(const std::filesystem::path& folder) {
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{std::uint64_t{1} << 20U, std::uint64_t{1} << 20U};
  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
  try {
    const auto store = Store::open(folder);
    auto transaction = store->begin();
    for (std::uint64_t i = 0; i < 50'000; ++i) transaction->insert(numbered(*transaction, i, i));
    transaction->commit({});
  } catch (const base::Error&) {
    return 0;
  }
  return 1;
}

TEST_CASE("a commit that cannot be written leaves the last state") {
  const tests::TemporaryFolder folder;
  {
    const auto store = Store::open(folder.path());
    auto transaction = store->begin();
    transaction->insert(numbered(*transaction, 1, 1));
    transaction->commit({});
  }
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) ::_exit(commit_past_file_limit(folder.path()));
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  const auto store = Store::open(folder.path());
  CHECK(store->info().quads == 1);
  auto transaction = store->begin();
  transaction->insert(numbered(*transaction, 2, 2));
  CHECK(transaction->commit({}).number == 2);
}

TEST_CASE("snapshots are read by many threads while commits go on") {
  const tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> torn = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        const Snapshot view = store->snapshot();
        if (view->count({}) != view->commit_number() * quads_per_commit) ++torn;
        QuadBatch batch;
        std::uint64_t rows = 0;
        const auto scan = view->scan({});
        while (scan->next(batch)) rows += batch.size;
        if (rows != view->count({})) ++torn;
        if (rows > 0 && view->term(batch.columns[1].at(0)).value != "http://ex.test/holds") ++torn;
      }
    });
  }
  for (std::uint64_t commit = 1; commit <= 60; ++commit) {
    auto transaction = store->begin();
    for (std::uint64_t i = 0; i < quads_per_commit; ++i) transaction->insert(numbered(*transaction, commit, i));
    transaction->commit({});
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(torn == 0);
}

TEST_CASE("blank nodes are scoped to a document") {
  const tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  auto transaction = store->begin();
  BlankScope one(*transaction);
  BlankScope two(*transaction);
  const TermId a = one.intern(Term::blank("x"));
  CHECK(one.intern(Term::blank("x")) == a);
  CHECK(two.intern(Term::blank("x")) != a);
  CHECK(transaction->find(transaction->term(a)) == a);
  CHECK_FALSE(transaction->find(Term::blank("x")).has_value());
  CHECK(code_of([&] { (void)transaction->intern(Term::blank("x")); }) == Code::BadArgument);
}

}  // namespace

}  // namespace scenograph::store
