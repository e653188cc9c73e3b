#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "ingest/shapes.hpp"
#include "rdf/vocab.hpp"
#include "shacl/validate.hpp"
#include "store/store.hpp"

// How long validation takes inside the process, with the shapes that come with the program: of everything, of a
// few performances by name, and of what a small commit touches. The first time round does not count; the median of the
// others does.

using namespace scenograph;

namespace {

constexpr std::string_view performance_class = "http://schema.org/Event";

struct Measured {
  double median_seconds = 0;
  double cpu_seconds = 0;  // of one run, on average
  shacl::Report report;
};

/// @param validate  a validation, given a budget
template <typename Validate>
Measured measure(int runs, const Validate& validate) {
  Measured out;
  std::vector<double> seconds;
  std::clock_t cpu_start = 0;
  for (int run = 0; run <= runs; ++run) {
    if (run == 1) cpu_start = std::clock();
    base::Budget budget;
    const auto start = std::chrono::steady_clock::now();
    out.report = validate(budget);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (run > 0) seconds.push_back(took.count());
  }
  out.cpu_seconds = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC / runs;
  std::sort(seconds.begin(), seconds.end());
  out.median_seconds = seconds[seconds.size() / 2];
  return out;
}

/// Performances spread over the store.
std::vector<shacl::Target> some_performances(const store::View& view, std::size_t count) {
  std::vector<shacl::Target> out;
  const auto type = view.find(rdf::Term::iri(rdf::rdf::type));
  const auto of_class = view.find(rdf::Term::iri("http://schema.org/TheaterEvent"));
  if (!type || !of_class) return out;
  const std::size_t step = std::max<std::size_t>(1, view.count({{}, *type, *of_class, {}}) / count);
  std::size_t row = 0;
  store::QuadBatch batch;
  const auto scan = view.scan({{{}, *type, *of_class, {}}, store::Order::Posg, store::GraphSet::all(), true});
  while (scan->next(batch)) {
    for (std::size_t i = 0; i < batch.size && out.size() < count; ++i) {
      if (row++ % step == 0) out.push_back({shacl::TargetKind::Node, view.term(batch.columns[0][i]), nullptr});
    }
  }
  return out;
}

/// Quads around a few performances, as if a commit had brought them.
std::vector<store::QuadId> a_commit(const store::View& view, const std::vector<shacl::Target>& performances,
                                    std::size_t quads) {
  std::vector<store::QuadId> out;
  for (const shacl::Target& performance : performances) {
    const auto scan = view.scan({{view.find(performance.term).value(), {}, {}, {}}, store::Order::Spog});
    for (store::QuadBatch batch; out.size() < quads && scan->next(batch);) {
      for (std::size_t i = 0; i < batch.size && out.size() < quads; ++i) {
        out.push_back({batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], batch.columns[3][i]});
      }
    }
  }
  return out;
}

/// The shapes of performances, for these alone.
shacl::Shapes aimed_at(shacl::Shapes shapes, const std::vector<shacl::Target>& performances) {
  for (auto& shape : shapes.shapes) {
    const bool is_of_performances =
        std::any_of(shape.targets.begin(), shape.targets.end(), [](const shacl::Target& target) {
          return target.kind == shacl::TargetKind::Class && target.term.value == performance_class;
        });
    shape.targets.clear();
    if (is_of_performances) shape.targets = performances;
  }
  return shapes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "Usage: validate_benchmark DATA_DIRECTORY RUNS TARGETS\n");
    return EXIT_FAILURE;
  }
  const int runs = std::max(1, std::atoi(argv[2]));
  const auto targets = static_cast<std::size_t>(std::max(1, std::atoi(argv[3])));
  store::StoreOptions options;
  options.read_only = true;
  const auto store = store::Store::open(argv[1], options);
  const auto view = store->snapshot();
  const shacl::Shapes shapes = ingest::default_shapes();
  const Measured all = measure(runs, [&](base::Budget& budget) { return shacl::validate(*view, shapes, {}, budget); });
  fmt::print("seconds {}\ncpu {}\nfocus_nodes {}\nresults {}\n", all.median_seconds, all.cpu_seconds,
             all.report.focus_nodes, all.report.total);
  shacl::Options two_threads;
  two_threads.threads = 2;
  const Measured by_two =
      measure(runs, [&](base::Budget& budget) { return shacl::validate(*view, shapes, two_threads, budget); });
  fmt::print("by_two_seconds {}\nby_two_cpu {}\n", by_two.median_seconds, by_two.cpu_seconds);
  const auto performances = some_performances(*view, targets);
  const shacl::Shapes aimed = aimed_at(shapes, performances);
  const Measured few =
      measure(20 * runs, [&](base::Budget& budget) { return shacl::validate(*view, aimed, {}, budget); });
  fmt::print("targets {}\ntargets_ms {}\ntargets_cpu_ms {}\ntargets_results {}\n", performances.size(),
             few.median_seconds * 1000, few.cpu_seconds * 1000, few.report.total);
  const auto changes = a_commit(*view, performances, 30);
  const Measured commit = measure(
      20 * runs, [&](base::Budget& budget) { return shacl::validate_changes(*view, shapes, changes, {}, budget); });
  fmt::print("commit_quads {}\ncommit_ms {}\ncommit_cpu_ms {}\ncommit_focus_nodes {}\n", changes.size(),
             commit.median_seconds * 1000, commit.cpu_seconds * 1000, commit.report.focus_nodes);
  return EXIT_SUCCESS;
}
