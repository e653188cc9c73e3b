#include "ingest/patch.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "cli/internal/command.hpp"

namespace scenograph::cli {

namespace {

class PatchCommand : public Command {
 public:
  std::string_view name() const override { return "patch"; }
  std::string_view arguments() const override { return "FILE"; }
  std::string_view summary() const override { return "apply an RDF Patch: each of its transactions is one commit"; }
  std::string_view examples() const override {
    return "  scenograph patch changes.rdfp\n"
           "  scenograph --data /srv/original log --from 120 | scenograph patch -\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("file", po::value<std::string>(), "a file with the patch; - is standard input")(
        "actor", po::value<std::string>()->value_name("NAME"), "who, for the change log")(
        "max-line", po::value<std::string>()->default_value("64M")->value_name("BYTES"), "longest row");
  }

  void declare_positional(po::positional_options_description& positional) const override { positional.add("file", 1); }

  Exit run(const Invocation& invocation) const override {
    if (!invocation.has("file")) throw base::Error(base::Code::BadArgument, "patch needs a file");
    const std::filesystem::path path = invocation.text("file");
    const auto source = base::open_file(path);
    syntax::PatchOptions options;
    options.source_name = path.string();
    options.max_line = parse_bytes("max-line", invocation.text("max-line"));
    const auto store = open_store(invocation, false);
    const auto result =
        ingest::apply_patch(*store, *source, options, {invocation.text("actor"), "patch " + path.filename().string()});
    if (!invocation.quiet) {
      fmt::print("{} commits, +{} -{} quads\n", base::with_thousands(result.commits),
                 base::with_thousands(result.inserted), base::with_thousands(result.removed));
    }
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_patch_command() { return std::make_unique<PatchCommand>(); }

}  // namespace scenograph::cli
