#include "ingest/load.hpp"

#include <fmt/format.h>

#include <chrono>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/rdf_options.hpp"

namespace scenograph::cli {

namespace {

/// More than these are merged before the program ends: it leaves the background no time.
constexpr std::uint64_t most_segments = 8;

ingest::LoadOptions load_options(const Invocation& invocation) {
  constexpr std::size_t least_memory = std::size_t{16} << 20U;
  ingest::LoadOptions options;
  options.memory = memory_option(invocation);
  options.threads = threads_option(invocation);
  if (options.memory < least_memory) throw base::Error(base::Code::BadArgument, "--memory must be 16M at least");
  return options;
}

class LoadCommand : public Command {
 public:
  std::string_view name() const override { return "load"; }
  std::string_view arguments() const override { return "FILE… [--graph IRI]"; }
  std::string_view summary() const override { return "add files of RDF to the store"; }
  std::string_view examples() const override {
    return "  scenograph load ontology vocab\n"
           "  scenograph load season.ttl.gz --graph https://venue.example/graph/season\n"
           "  scenograph load dump-1.nt.zst dump-2.nt.gz --memory 2G --lenient\n"
           "  curl -s https://venue.example/data.nt | scenograph load - --format ntriples\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("file", po::value<std::vector<std::string>>(), "files or folders; - is standard input")(
        "graph", po::value<std::string>()->value_name("IRI"),
        "where triples go that name no graph (default: the default graph)")(
        "format", po::value<std::string>()->value_name("FORMAT"),
        "turtle, trig, ntriples, nquads, rdfxml, jsonld or html; else told by the file");
    options.add_options()("memory", po::value<std::string>()->value_name("BYTES"),
                          "for terms and sorting; more goes through files (default: a quarter of the machine's, at "
                          "most 3G)")("threads", po::value<std::size_t>()->value_name("N"),
                                      "that read and look terms up (default: one for each processor)");
    declare_rdf_options(options);
  }

  void declare_positional(po::positional_options_description& positional) const override { positional.add("file", -1); }

  Exit run(const Invocation& invocation) const override {
    if (!invocation.has("file")) throw base::Error(base::Code::BadArgument, "load needs a file");
    Remarks remarks(invocation.options["messages"].as<std::size_t>());
    std::vector<ingest::RdfInput> inputs;
    for (const auto& path : ingest::rdf_files(invocation.list("file"))) {
      ingest::RdfInput input = rdf_input(invocation, path, remarks);
      if (invocation.has("format")) input.format = syntax::parse_format(invocation.text("format"));
      inputs.push_back(std::move(input));
    }
    const auto start = std::chrono::steady_clock::now();
    const auto store = open_store(invocation, false);
    const std::string what =
        inputs.size() == 1 ? inputs.front().path.filename().string() : fmt::format("{} files", inputs.size());
    const ingest::LoadResult result =
        ingest::load(*store, inputs, graph_option(invocation, "graph"), {"", "load " + what}, load_options(invocation));
    if (store->info().segments > most_segments) store->merge();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!invocation.quiet) {
      const std::string passed_over =
          remarks.count() == 0 ? "" : fmt::format(", {} passed over", base::with_thousands(remarks.count()));
      fmt::print("{}: {} quads read, {} new{}, in {:.1f} s\n", what, base::with_thousands(result.quads),
                 base::with_thousands(result.commit.inserted), passed_over, seconds);
    }
    return remarks.count() > 0 ? Exit::Found : Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_load_command() { return std::make_unique<LoadCommand>(); }

}  // namespace scenograph::cli
