#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/output_options.hpp"
#include "cli/internal/rdf_options.hpp"

namespace scenograph::cli {

namespace {

class ConvertCommand : public Command {
 public:
  std::string_view name() const override { return "convert"; }
  std::string_view arguments() const override { return "IN --to FORMAT"; }
  std::string_view summary() const override { return "convert a file of RDF to another syntax, on standard output"; }
  std::string_view examples() const override {
    return "  scenograph convert season.ttl --to jsonld\n"
           "  scenograph convert page.html --to turtle --base https://venue.example/show\n"
           "  scenograph convert dump.nt.zst --to turtle --stream --pack gzip > dump.ttl.gz\n"
           "  curl -s https://venue.example/data.nt | scenograph convert - --from ntriples --to rdfxml\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("in", po::value<std::string>(), "the file; - is standard input")(
        "to", po::value<std::string>()->value_name("FORMAT"), "turtle, trig, ntriples, nquads, rdfxml or jsonld")(
        "from", po::value<std::string>()->value_name("FORMAT"), "else told by the file");
    declare_output_options(options);
    declare_rdf_options(options);
  }

  void declare_positional(po::positional_options_description& positional) const override { positional.add("in", 1); }

  Exit run(const Invocation& invocation) const override {
    if (!invocation.has("in") || !invocation.has("to")) {
      throw base::Error(base::Code::BadArgument, "convert needs a file and --to FORMAT");
    }
    Remarks remarks(invocation.options["messages"].as<std::size_t>());
    ingest::RdfInput input = rdf_input(invocation, invocation.text("in"), remarks);
    if (invocation.has("from")) input.format = syntax::parse_format(invocation.text("from"));
    RdfOutput output(invocation, syntax::parse_format(invocation.text("to")));
    input.on_prefix = [&](std::string_view name, std::string_view iri) { output.writer().add_prefix(name, iri); };
    ingest::read_rdf(input, [&](const rdf::Quad& quad) { output.writer().write(quad); });
    output.finish();
    return remarks.count() > 0 ? Exit::Found : Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_convert_command() { return std::make_unique<ConvertCommand>(); }

}  // namespace scenograph::cli
