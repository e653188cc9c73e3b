#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "store/internal/load/load_quads.hpp"
#include "syntax/line_reader.hpp"

// Times a load of N-Triples or N-Quads into an empty store, without the store around it.
//
// Usage: load FILE FOLDER [LANES [MEMORY_MIB]]

namespace scenograph::benchmarks {

namespace {

namespace fs = std::filesystem;
namespace internal = store::internal;
using Clock = std::chrono::steady_clock;

/// No quads.
class NoQuads : public store::View {
 public:
  [[nodiscard]] std::unique_ptr<store::Scan> scan(const store::ScanRequest&) const override { return nullptr; }
  std::uint64_t count_between(const store::QuadId&, store::Order, store::TermId, store::TermId) const override {
    return 0;
  }
  [[nodiscard]] std::uint64_t count(const store::QuadId&) const override { return 0; }
  [[nodiscard]] std::optional<store::TermId> find(const rdf::Term&) const override { return std::nullopt; }
  [[nodiscard]] rdf::Term term(store::TermId) const override { return {}; }
  [[nodiscard]] std::vector<rdf::Term> terms(std::span<const store::TermId>) const override { return {}; }
  [[nodiscard]] PredicateStatistics statistics(store::TermId) const override { return {}; }
  [[nodiscard]] std::vector<store::TermId> predicates() const override { return {}; }
  [[nodiscard]] std::vector<store::TermId> graphs() const override { return {}; }
  [[nodiscard]] std::uint64_t commit_number() const override { return 0; }
};

/// Prints how long it took from one step to the next, and the processor's time.
class Steps {
 public:
  void done(const std::string& what) {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const double used = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                        static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    const auto now = Clock::now();
    fmt::print("{:<32} {:7.2f} s  {:7.2f} s of processors  {:6} MiB at most\n", what,
               std::chrono::duration<double>(now - last_).count(), used - used_, usage.ru_maxrss / 1024);
    last_ = now;
    used_ = used;
  }

 private:
  Clock::time_point last_ = Clock::now();
  double used_ = 0;
};

internal::LoadPaths paths_in(const fs::path& folder) {
  fs::create_directories(folder);
  internal::LoadPaths paths;
  paths.scratch = folder / "scratch";
  paths.vocabulary = folder / "vocabulary";
  for (std::size_t i = 0; i < paths.runs.size(); ++i) paths.runs[i] = folder / ("run" + std::to_string(i));
  paths.subject_sets = folder / "subjects.sets";
  return paths;
}

void load(const std::vector<std::string>& arguments) {
  store::BulkLoadOptions options;
  options.lanes = arguments.size() > 2 ? std::stoul(arguments[2]) : 2;
  if (arguments.size() > 3) options.memory = std::stoul(arguments[3]) << 20U;
  const internal::LoadPaths paths = paths_in(arguments[1]);
  const Clock::time_point begin = Clock::now();
  Steps steps;
  double shown = 0;
  options.progress = [&](double done) {
    if (done < shown + 0.1 && (done < 1 || shown == 1)) return;
    shown = done;
    steps.done(fmt::format("  finish, {:3.0f} %", done * 100));
  };
  const auto loader = internal::make_quad_loader(options, paths.scratch);
  std::vector<syntax::QuadViewSink> sinks;
  for (std::size_t i = 0; i < options.lanes; ++i) {
    sinks.emplace_back([&lane = loader->lane(i)](std::span<const rdf::QuadView> quads) {
      for (const rdf::QuadView& quad : quads) lane.add(quad, 0);
    });
  }
  const bool has_graphs = arguments[0].ends_with(".nq");
  syntax::read_lines_parallel(*base::open_file(arguments[0]),
                              has_graphs ? syntax::Format::NQuads : syntax::Format::NTriples, {}, sinks);
  steps.done("parse, number terms in lanes");
  const NoQuads nothing;
  const internal::LoadedFiles files = loader->finish({nothing, {}, {}, 1, 1}, paths);
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  const auto quads = static_cast<double>(files.counts.quads);
  std::uintmax_t bytes = 0;
  for (const auto& run : paths.runs) bytes += fs::file_size(run);
  fmt::print("{:.0f} quads, {} terms in {:.2f} s: {:.2f} M/s; {:.2f} bytes a quad in runs, {:.2f} in the vocabulary\n",
             quads, files.next_term - 1, seconds, quads / seconds / 1e6, static_cast<double>(bytes) / quads,
             static_cast<double>(fs::file_size(paths.vocabulary)) / quads);
}

}  // namespace

}  // namespace scenograph::benchmarks

int main(int count, char** words) {
  try {
    if (count < 3) throw std::invalid_argument("usage: load FILE FOLDER [LANES [MEMORY_MIB]]");
    scenograph::benchmarks::load({words + 1, words + count});
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "load: {}\n", error.what());
    return 1;
  }
}
