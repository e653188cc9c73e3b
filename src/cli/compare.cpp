#include "canon/compare.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/rdf_options.hpp"

namespace scenograph::cli {

namespace {

class CompareCommand : public Command {
 public:
  std::string_view name() const override { return "compare"; }
  std::string_view arguments() const override { return "A B"; }
  std::string_view summary() const override {
    return "say how two files of RDF differ, whatever their blank nodes' labels";
  }
  std::string_view examples() const override {
    return "  scenograph compare monday.ttl tuesday.jsonld\n"
           "  scenograph compare dump.nq.zst restored.trig --quiet && echo the same\n\n"
           "Lines with - are in A alone, lines with + in B alone. The exit code is 0 if there are none, else 1.\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("files", po::value<std::vector<std::string>>(), "two files; - is standard input")(
        "max-steps", po::value<std::uint64_t>()->default_value(canon::CanonicalizeOptions{}.max_steps)->value_name("N"),
        "spent on telling blank nodes apart");
    declare_held_memory(options);
    declare_rdf_options(options);
  }

  void declare_positional(po::positional_options_description& positional) const override {
    positional.add("files", -1);
  }

  Exit run(const Invocation& invocation) const override {
    const std::vector<std::string> files = invocation.list("files");
    if (files.size() != 2) throw base::Error(base::Code::BadArgument, "compare needs two files");
    canon::CanonicalizeOptions options;
    options.max_steps = invocation.options["max-steps"].as<std::uint64_t>();
    Remarks remarks(invocation.options["messages"].as<std::size_t>());
    HeldQuads quads(invocation);
    quads.read(rdf_input(invocation, files[0], remarks));
    std::vector<rdf::Quad> before = quads.take();
    quads.read(rdf_input(invocation, files[1], remarks));
    const canon::Difference difference = canon::compare(std::move(before), quads.take(), options);
    write(difference, invocation.quiet);
    return difference.empty() && remarks.count() == 0 ? Exit::Ok : Exit::Found;
  }

 private:
  static void write(const canon::Difference& difference, bool quiet) {
    const base::ByteSink out = standard_output();
    for (const std::string& line : difference.removed) out("- " + line);
    for (const std::string& line : difference.added) out("+ " + line);
    if (quiet) return;
    if (difference.empty()) {
      fmt::print(stderr, "the same\n");
    } else {
      fmt::print(stderr, "quads in the first alone: {}; in the second alone: {}\n",
                 base::with_thousands(difference.removed.size()), base::with_thousands(difference.added.size()));
    }
  }
};

}  // namespace

std::unique_ptr<Command> make_compare_command() { return std::make_unique<CompareCommand>(); }

}  // namespace scenograph::cli
