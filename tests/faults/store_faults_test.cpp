#include <catch2/catch.hpp>

#include <cerrno>
#include <random>
#include <set>

#include "../store/small_store.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "fault_shim.hpp"
#include "rounds.hpp"
#include "store/verify.hpp"
#include "support/temporary_folder.hpp"

// Random operations on a store while random calls fail, against a plain set of quads.

namespace scenograph::store {

namespace {

using base::Code;
using rdf::Quad;
using scenograph::tests::all_times;
using scenograph::tests::disarm_fault;
using scenograph::tests::Fault;
using Model = std::set<std::uint64_t>;  ///< of `tests::quad_of`

/// Without blank nodes, which no two loads share.
std::uint64_t named(std::uint64_t i) { return i % 7 == 0 ? i + 1 : i; }

QuadId intern(Transaction& transaction, const Quad& quad) {
  return {transaction.intern(quad.subject), transaction.intern(quad.predicate), transaction.intern(quad.object),
          transaction.intern(quad.graph)};
}

class StoreRounds {
 public:
  StoreRounds(std::filesystem::path folder, unsigned seed) : folder_(std::move(folder)), random_(seed) {
    options_.memtable_quads = 10 + below(60);
    options_.background_merges = below(2) == 0;
    options_.durability = below(4) == 0 ? Durability::Relaxed : Durability::Full;
    store_ = Store::open(folder_, options_);
  }

  void run(int rounds) {
    for (int round = 0; round < rounds; ++round) {
      Model wanted = model_;
      std::string failure = attempt(wanted);
      if (failure.empty()) model_ = wanted;
      if (failure.find("nor could it be undone") != std::string::npos) {
        reopen_in_doubt(wanted);
      } else if (below(7) == 0 || is_broken()) {
        reopen();
      }
      check(round);
    }
    reopen();
    check_sound();
  }

  [[nodiscard]] std::size_t failed() const { return failed_; }
  [[nodiscard]] std::size_t done() const { return done_; }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }

  void arm() {
    static constexpr const char* paths[] = {"/wal/",    "/wal/",    "/segments/", "/segments/", "/vocabularies/",
                                            "/changes", "data.mdb", "data.mdb",   "/scratch-",  ""};
    Fault fault;
    fault.path = folder_.string() + "/";
    const std::string part = paths[below(std::size(paths))];
    fault.path = part.empty() ? folder_.string() : part;
    fault.calls = 1 + static_cast<unsigned>(below(15));
    fault.after = static_cast<unsigned>(below(3) == 0 ? below(40) : below(5));
    fault.times = below(2) == 0 ? 1 + static_cast<unsigned>(below(3)) : all_times;
    fault.error = below(2) == 0 ? EIO : ENOSPC;
    fault.is_partial = below(2) == 0;
    scenograph::tests::arm_fault(fault);
  }

  /// @return  why it failed, or "".
  std::string attempt(Model& wanted) {
    std::string failure;
    if (below(3) != 0) arm();
    try {
      operate(wanted);
      ++done_;
    } catch (const base::Error& error) {
      failure = error.what();
      INFO(failure);
      CHECK((error.code() == Code::Io || error.code() == Code::DiskFull));
    }
    if (disarm_fault() > 0 && !failure.empty()) ++failed_;
    return failure;
  }

  void operate(Model& wanted) {
    switch (last_ = below(10)) {
      case 0:
        return store_->merge();
      case 1:
        return store_->compact({});
      case 2:
        return load(wanted);
      case 3:
        return commit(wanted, 300);
      default:
        return commit(wanted, 12);
    }
  }

  void load(Model& wanted) {
    const auto load = store_->begin_load({});
    for (std::size_t i = 1 + below(300); i > 0; --i) {
      const std::uint64_t number = named(below(2000));
      const Quad quad = tests::quad_of(number);
      load->lane(0).add({rdf::TermView(quad.subject), rdf::TermView(quad.predicate), rdf::TermView(quad.object),
                         rdf::TermView(quad.graph)},
                        0);
      wanted.insert(number);
    }
    load->commit({"loader", "load"});
  }

  void commit(Model& wanted, std::size_t most) {
    const auto transaction = store_->begin();
    for (std::size_t i = 1 + below(most); i > 0; --i) {
      const std::uint64_t number = named(below(2000));
      const QuadId quad = intern(*transaction, tests::quad_of(number));
      if (below(3) == 0) {
        CHECK(transaction->remove(quad) == (wanted.erase(number) == 1));
      } else {
        CHECK(transaction->insert(quad) == wanted.insert(number).second);
      }
    }
    transaction->commit({"writer", "commit"});
  }

  /// Whether the data file can only be opened again: work in the background may have met the fault.
  [[nodiscard]] bool is_broken() const {
    try {
      static_cast<void>(store_->info());
      return false;
    } catch (const base::Error& error) {
      INFO(error.what());
      CHECK(error.message().find("open the store again") != std::string::npos);
      return true;
    }
  }

  void reopen() {
    store_.reset();
    store_ = Store::open(folder_, options_);
  }

  /// The commit that failed is there or not; that is the truth from now on.
  void reopen_in_doubt(const Model& wanted) {
    reopen();
    if (quads() == expected(wanted)) model_ = wanted;
  }

  [[nodiscard]] std::set<Quad> quads() const {
    const auto found = tests::quads_of(*store_->snapshot());
    return {found.begin(), found.end()};
  }

  static std::set<Quad> expected(const Model& model) {
    std::set<Quad> quads;
    for (const std::uint64_t number : model) quads.insert(tests::quad_of(number));
    return quads;
  }

  /// The state is the model's, counted and read, and the next commit works.
  void check(int round) {
    INFO("round " << round << ", " << tests::quads_of(*store_->snapshot()).size() << " rows, last op " << last_);
    REQUIRE(quads() == expected(model_));
    REQUIRE(store_->info().quads == model_.size());
    commit(model_, 3);
    if (below(10) == 0) check_sound();
    const std::uint64_t commits = store_->info().commits;
    CHECK(store_->commits(commits > 5 ? commits - 4 : 1, 10).size() == std::min<std::uint64_t>(commits, 5));
  }

  void check_sound() const {
    const VerifyReport report = store_->verify({});
    for (const Finding& finding : report.findings) UNSCOPED_INFO(finding.file << ": " << finding.problem);
    CHECK(report.found == 0);
  }

  std::filesystem::path folder_;
  StoreOptions options_;
  std::mt19937 random_;
  std::unique_ptr<Store> store_;
  Model model_;
  std::size_t failed_ = 0;
  std::size_t done_ = 0;
  std::size_t last_ = 0;
};

TEST_CASE("a store shows what was committed, and goes on, whatever the disk refuses") {
  base::set_log_level(base::LogLevel::Off);
  std::size_t failed = 0;
  std::size_t done = 0;
  const std::vector<unsigned> seeds = scenograph::tests::fault_seeds(5);
  for (const unsigned seed : seeds) {
    INFO("seed " << seed);
    const scenograph::tests::TemporaryFolder folder;
    StoreRounds rounds(folder.path() / "store", seed);
    rounds.run(30);
    failed += rounds.failed();
    done += rounds.done();
  }
  if (seeds.size() == 1) return;  // to look at one again
  CHECK(failed > 5);              // else the rounds say little; work in the background decides how many meet a fault
  CHECK(done > 50);
}

}  // namespace

}  // namespace scenograph::store
