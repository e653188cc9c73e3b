#include "ingest/ingest.hpp"

#include <fmt/format.h>

#include <chrono>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/source_options.hpp"

namespace scenograph::cli {

namespace {

using base::with_thousands;

void print_result(const std::string& source, const ingest::IngestResult& result, std::uint64_t before, double seconds) {
  std::string read = fmt::format("{} quads", with_thousands(result.quads));
  if (result.records > 0) read = fmt::format("{} records, {}", with_thousands(result.records), read);
  if (result.rejected > 0) read += fmt::format(", {} records left out", with_thousands(result.rejected));
  if (result.left_out > 0) read += fmt::format(", {} values left out", with_thousands(result.left_out));
  const std::string change =
      result.commit.number == before
          ? "nothing new"
          : fmt::format("+{} -{}", with_thousands(result.commit.inserted), with_thousands(result.commit.removed));
  fmt::print("{}: {}; {}; {:.2f} s\n", source, read, change, seconds);
}

class IngestCommand : public Command {
 public:
  std::string_view name() const override { return "ingest"; }
  std::string_view arguments() const override { return "SOURCE --graph IRI [--mapping FILE]"; }
  std::string_view summary() const override {
    return "make a named graph hold exactly what an export, a web page or a file of RDF says";
  }
  std::string_view examples() const override {
    return "  scenograph ingest agenda.csv --mapping agenda.rml.ttl --graph https://venue.example/graph/agenda\n"
           "  scenograph ingest show.html --graph https://venue.example/graph/site --address "
           "https://venue.example/show\n";
  }

  void declare(po::options_description& options) const override {
    declare_source_options(options);
    options.add_options()("graph", po::value<std::string>()->value_name("IRI"), "the contributor's named graph")(
        "actor", po::value<std::string>()->value_name("NAME"), "who, for the change log and the provenance");
  }

  void declare_positional(po::positional_options_description& positional) const override {
    positional.add("source", 1);
  }

  Exit run(const Invocation& invocation) const override {
    const ingest::Source source = source_of(invocation);
    if (!invocation.has("graph")) {
      throw base::Error(base::Code::BadArgument,
                        "ingest needs --graph IRI: the named graph of this contributor and source");
    }
    const rdf::Term graph = graph_option(invocation, "graph");
    Remarks remarks(invocation.options["messages"].as<std::size_t>());
    const auto start = std::chrono::steady_clock::now();
    const auto store = open_store(invocation, false);
    const std::uint64_t before = store->snapshot()->commit_number();
    const ingest::IngestResult result =
        ingest::ingest(*store, source, graph, invocation.text("actor"), remarks.sink(), !invocation.quiet);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!invocation.quiet) print_result(source.path.filename().string(), result, before, seconds);
    return result.rejected > 0 ? Exit::Found : Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_ingest_command() { return std::make_unique<IngestCommand>(); }

}  // namespace scenograph::cli
