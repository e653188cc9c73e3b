#include <fmt/format.h>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "cli/internal/budget_options.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/remote_options.hpp"
#include "ingest/load_remote.hpp"
#include "sparql/update/run_update.hpp"

namespace scenograph::cli {

namespace {

class UpdateCommand : public Command {
 public:
  std::string_view name() const override { return "update"; }
  std::string_view arguments() const override { return "[FILE | -e TEXT]"; }
  std::string_view summary() const override { return "run a SPARQL update: all of it, or nothing"; }
  std::string_view examples() const override {
    return "  scenograph update -e 'CLEAR GRAPH <https://venue.example/graph/agenda>'\n"
           "  scenograph update corrections.ru\n"
           "  scenograph update -e 'LOAD <https://data.venue.example/season.ttl> INTO GRAPH "
           "<https://venue.example/graph/season>' --allow-load data.venue.example\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("file", po::value<std::string>(), "a file with the update; - is standard input")(
        "e,e", po::value<std::string>()->value_name("TEXT"), "the update itself")(
        "actor", po::value<std::string>()->value_name("NAME"), "who, for the change log");
    declare_budget_options(options, "2G");
    declare_remote_options(options, true);
  }

  void declare_positional(po::positional_options_description& positional) const override { positional.add("file", 1); }

  Exit run(const Invocation& invocation) const override {
    const std::string text = text_argument(invocation, "file", "e");
    const auto budget = make_budget(invocation);
    const auto store = open_store(invocation, false);
    sparql::UpdateOptions options;
    options.usual_prefixes = true;
    options.actor = invocation.text("actor");
    const sparql::federation::RemoteOptions remote = remote_options(invocation);
    options.services = sparql::federation::make_services(remote);
    options.load = ingest::make_remote_loader(remote);
    const store::CommitResult result = sparql::run_update(*store, text, options, budget);
    if (!invocation.quiet) {
      fmt::print("+{} -{} quads\n", base::with_thousands(result.inserted), base::with_thousands(result.removed));
    }
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_update_command() { return std::make_unique<UpdateCommand>(); }

}  // namespace scenograph::cli
