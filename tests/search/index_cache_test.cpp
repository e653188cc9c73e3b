#include "search/index_cache.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "base/error.hpp"
#include "sparql/memory_view.hpp"

namespace scenograph::search {

namespace {

using namespace std::chrono_literals;
using rdf::Term;

/// A snapshot of one play in one graph; reading it can be made to wait.
class OnePlay final : public sparql::tests::MemoryView {
 public:
  OnePlay(std::uint64_t commit, const std::string& name, const std::string& graph = "http://ex.test/g")
      : commit_(commit) {
    add(Term::iri("http://ex.test/play"), Term::iri("http://schema.org/name"), Term::literal(name), Term::iri(graph));
  }

  std::uint64_t commit_number() const override { return commit_; }

  std::unique_ptr<store::Scan> scan(const store::ScanRequest& request) const override {
    gate_.wait();
    return MemoryView::scan(request);
  }

  void hold(std::shared_future<void> gate) { gate_ = std::move(gate); }

 private:
  static std::shared_future<void> open_gate() {
    std::promise<void> open;
    open.set_value();
    return open.get_future().share();
  }

  std::uint64_t commit_;
  std::shared_future<void> gate_ = open_gate();
};

bool finds(IndexCache& cache, const store::Snapshot& snapshot, std::string_view name,
           const store::GraphSet& readable = store::GraphSet::all()) {
  LookupOptions options;
  options.min_score = 100;
  return !cache.get(snapshot, readable)->lookup(name, options).empty();
}

/// Whether the name is found before long.
bool soon_finds(IndexCache& cache, const store::Snapshot& snapshot, std::string_view name) {
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  while (!finds(cache, snapshot, name)) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

}  // namespace

TEST_CASE("The first lookup waits for the index, further ones share it") {
  const auto play = std::make_shared<OnePlay>(1, "Phèdre");
  IndexCache cache;
  CHECK(finds(cache, play, "Phèdre"));
  CHECK(cache.get(play, store::GraphSet::all()) == cache.get(play, store::GraphSet::all()));
}

TEST_CASE("Lookups go on with the last index while the next is built") {
  const auto first = std::make_shared<OnePlay>(1, "Phèdre");
  const auto second = std::make_shared<OnePlay>(2, "Bérénice");
  std::promise<void> gate;
  second->hold(gate.get_future().share());
  IndexCache cache;
  CHECK(finds(cache, first, "Phèdre"));
  cache.refresh(second, store::GraphSet::all());
  for (int i = 0; i < 20; ++i) CHECK(finds(cache, second, "Phèdre"));
  CHECK(!finds(cache, second, "Bérénice"));
  gate.set_value();
  CHECK(soon_finds(cache, second, "Bérénice"));
  CHECK(!finds(cache, second, "Phèdre"));
}

TEST_CASE("An index asked for in advance is there for the first lookup") {
  const auto play = std::make_shared<OnePlay>(7, "Phèdre");
  IndexCache cache;
  cache.refresh(play, store::GraphSet::all());
  CHECK(finds(cache, play, "Phèdre"));
}

TEST_CASE("A lookup alone brings the index up to date") {
  IndexCache cache;
  CHECK(finds(cache, std::make_shared<OnePlay>(1, "Phèdre"), "Phèdre"));
  CHECK(soon_finds(cache, std::make_shared<OnePlay>(2, "Bérénice"), "Bérénice"));
}

TEST_CASE("An index of graphs that are readable no more is not used") {
  const auto play = std::make_shared<OnePlay>(1, "Phèdre");
  const auto other = store::GraphSet::of({*play->find(Term::iri("http://ex.test/play"))});  // a graph without quads
  IndexCache cache;
  CHECK(finds(cache, play, "Phèdre"));
  CHECK(!finds(cache, play, "Phèdre", other));
  CHECK(finds(cache, play, "Phèdre", store::GraphSet::of({*play->find(Term::iri("http://ex.test/g"))})));
}

TEST_CASE("A stopped cache gives up what it builds, and builds no more") {
  std::promise<void> gate;
  const auto held = std::make_shared<OnePlay>(1, "Phèdre");
  held->hold(gate.get_future().share());
  IndexCache cache;
  auto waiting = std::async(std::launch::async, [&] { return finds(cache, held, "Phèdre"); });
  cache.refresh(held, store::GraphSet::all());
  cache.stop();
  gate.set_value();
  CHECK_THROWS_AS(waiting.get(), base::Error);
  CHECK_THROWS_AS(finds(cache, std::make_shared<OnePlay>(2, "Phèdre"), "Phèdre"), base::Error);
}

TEST_CASE("Many threads look up and refresh at once") {
  IndexCache cache;
  std::vector<std::thread> threads;
  std::atomic<int> failures = 0;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&cache, &failures] {
      for (std::uint64_t commit = 1; commit <= 50; ++commit) {
        const auto play = std::make_shared<OnePlay>(commit, "Phèdre");
        cache.refresh(play, store::GraphSet::all());
        if (!finds(cache, play, "Phèdre")) ++failures;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(failures == 0);
}

}  // namespace scenograph::search
