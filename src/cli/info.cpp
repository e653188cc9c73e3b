#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "base/progress.hpp"
#include "cli/internal/command.hpp"
#include "publish/json.hpp"
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

std::vector<store::CommitInfo> last_commits(const store::Store& store, std::uint64_t last) {
  return store.commits(last > shown_commits ? last - shown_commits + 1 : 1, shown_commits);
}

void print_commits(const store::Store& store, std::uint64_t last) {
  fmt::print("last commits\n");
  for (const store::CommitInfo& commit : last_commits(store, last)) {
    fmt::print("  {:>6}  {}  +{} -{}  {}\n", commit.number, time_text(commit.time_ms), commit.inserted, commit.removed,
               commit.note.message);
  }
}

void print_sizes(const store::StoreInfo& info) {
  constexpr double mebibyte = 1 << 20;
  const auto line = [&](const char* what, std::uint64_t bytes, const std::string& of) {
    fmt::print("  {:<14}{:>10.1f} MiB  {}\n", what, static_cast<double>(bytes) / mebibyte, of);
  };
  line("segments", info.segment_bytes, fmt::format("{} files of quads in seven orders", info.segments));
  line("vocabularies", info.vocabulary_bytes, fmt::format("{} files of terms", info.vocabularies));
  if (info.index_bytes > 0) line("indexes", info.index_bytes, "of words and places, made from the vocabularies");
  line("data.mdb", info.data_bytes, fmt::format("{} quads in the memtable", base::with_thousands(info.memtable_quads)));
  line("change log", info.change_bytes,
       info.log_start == 0 ? "every commit" : fmt::format("commits after {}", info.log_start));
}

void print_json(const Invocation& invocation, const store::Store& store, const store::StoreInfo& info) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  const store::Snapshot view = store.snapshot();
  publish::JsonWriter json;
  json.begin_object().key("data").value(invocation.data.string());
  const std::pair<const char*, std::uint64_t> numbers[] = {{"quads", info.quads},
                                                           {"terms", info.terms},
                                                           {"commits", info.commits},
                                                           {"logStart", info.log_start},
                                                           {"segments", info.segments},
                                                           {"vocabularies", info.vocabularies},
                                                           {"memtableQuads", info.memtable_quads}};
  for (const auto& [name, value] : numbers) json.key(name).value(number(value));
  json.key("bytes").begin_object();
  const std::pair<const char*, std::uint64_t> sizes[] = {
      {"all", info.disk_bytes},      {"segments", info.segment_bytes}, {"vocabularies", info.vocabulary_bytes},
      {"indexes", info.index_bytes}, {"data", info.data_bytes},        {"changes", info.change_bytes}};
  for (const auto& [name, value] : sizes) json.key(name).value(number(value));
  json.end_object().key("graphs").begin_array();
  for (const store::TermId graph : view->graphs()) {
    json.begin_object().key("name").value(graph == store::default_graph ? "" : view->term(graph).value);
    json.key("quads").value(number(view->count({{}, {}, {}, graph}))).end_object();
  }
  json.end_array().key("lastCommits").begin_array();
  for (const store::CommitInfo& commit : last_commits(store, view->commit_number())) {
    json.begin_object().key("number").value(number(commit.number)).key("timeMs").value(commit.time_ms);
    json.key("inserted").value(number(commit.inserted)).key("removed").value(number(commit.removed));
    json.key("actor").value(commit.note.actor).key("message").value(commit.note.message).end_object();
  }
  json.end_array().end_object();
  fmt::print("{}\n", json.take());
}

class InfoCommand : public Command {
 public:
  std::string_view name() const override { return "info"; }
  std::string_view arguments() const override { return "[--format text|json]"; }
  std::string_view summary() const override { return "show counts, sizes, graphs and the last commits"; }
  std::string_view examples() const override {
    return "  scenograph --data /srv/scenograph info\n"
           "  scenograph info --format json\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("format", po::value<std::string>()->value_name("FORMAT"), "text (default) or json");
  }

  Exit run(const Invocation& invocation) const override {
    const bool json = wants_json(invocation);
    const auto store = open_store(invocation, true);
    const store::StoreInfo info = store->info();
    if (json) {
      print_json(invocation, *store, info);
      return Exit::Ok;
    }
    fmt::print("data directory  {}\nquads           {}\nterms           {}\non disk         {:.1f} MiB\n",
               invocation.data.string(), base::with_thousands(info.quads), base::with_thousands(info.terms),
               static_cast<double>(info.disk_bytes) / (1 << 20));
    print_sizes(info);
    const store::Snapshot snapshot = store->snapshot();
    print_graphs(*snapshot);
    print_commits(*store, snapshot->commit_number());
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_info_command() { return std::make_unique<InfoCommand>(); }

}  // namespace scenograph::cli
