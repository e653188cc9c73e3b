#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "base/progress.hpp"
#include "cli/internal/command.hpp"
#include "store/store.hpp"

namespace scenograph::cli {

namespace {

constexpr std::size_t shown_commits = 5;

std::string time_text(std::int64_t time_ms) {
  return fmt::format("{:%Y-%m-%d %H:%M:%SZ}", fmt::gmtime(time_ms / 1000));
}

void print_graphs(const store::View& view) {
  fmt::print("graphs\n");
  for (const store::TermId graph : view.graphs()) {
    const std::string name = graph == store::default_graph ? "(default graph)" : rdf::to_ntriples(view.term(graph));
    fmt::print("  {:>12}  {}\n", base::with_thousands(view.count({{}, {}, {}, graph})), name);
  }
}

void print_commits(const store::Store& store, std::uint64_t last) {
  const std::uint64_t first = last > shown_commits ? last - shown_commits + 1 : 1;
  fmt::print("last commits\n");
  for (const store::CommitInfo& commit : store.commits(first, shown_commits)) {
    fmt::print("  {:>6}  {}  +{} -{}  {}\n", commit.number, time_text(commit.time_ms), commit.inserted, commit.removed,
               commit.note.message);
  }
}

class InfoCommand : public Command {
 public:
  std::string_view name() const override { return "info"; }
  std::string_view arguments() const override { return "[--data DIR]"; }
  std::string_view summary() const override { return "show counts, size, graphs and the last commits"; }
  std::string_view examples() const override { return "  scenograph --data /srv/scenograph info\n"; }
  void declare(po::options_description& options) const override { (void)options; }

  Exit run(const Invocation& invocation) const override {
    store::StoreOptions options;
    options.read_only = true;
    const auto store = store::Store::open(invocation.data, options);
    const store::StoreInfo info = store->info();
    fmt::print("data directory  {}\nquads           {}\nterms           {}\non disk         {:.1f} MiB\n",
               invocation.data.string(), base::with_thousands(info.quads), base::with_thousands(info.terms),
               static_cast<double>(info.disk_bytes) / (1 << 20));
    const store::Snapshot snapshot = store->snapshot();
    print_graphs(*snapshot);
    print_commits(*store, snapshot->commit_number());
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_info_command() { return std::make_unique<InfoCommand>(); }

}  // namespace scenograph::cli
