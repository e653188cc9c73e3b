#include "cli/internal/command.hpp"
#include "cli/internal/output_options.hpp"
#include "cli/internal/shapes_options.hpp"
#include "cli/internal/source_options.hpp"

namespace scenograph::cli {

namespace {

class MapCommand : public Command {
 public:
  std::string_view name() const override { return "map"; }
  std::string_view arguments() const override { return "SOURCE [--mapping FILE] [--to FORMAT]"; }
  std::string_view summary() const override { return "write the RDF that `ingest` would store to standard output"; }
  std::string_view examples() const override {
    return "  scenograph map agenda.csv --mapping agenda.rml.ttl\n"
           "  scenograph map agenda.json --mapping agenda.rml.ttl --to jsonld > agenda.jsonld\n";
  }

  void declare(po::options_description& options) const override {
    declare_source_options(options);
    options.add_options()("to", po::value<std::string>()->default_value("turtle")->value_name("FORMAT"),
                          "turtle, ntriples, rdfxml or jsonld");
    declare_language_option(options);
    declare_output_options(options);
  }

  void declare_positional(po::positional_options_description& positional) const override {
    positional.add("source", 1);
  }

  Exit run(const Invocation& invocation) const override {
    const ingest::Source source = source_of(invocation);
    RdfOutput output(invocation, syntax::parse_format(invocation.text("to")));
    Remarks remarks(invocation.options["messages"].as<std::size_t>(), report_language(invocation));
    ingest::SourceData data = ingest::read_source(source, remarks.sink(), !invocation.quiet);
    data.quads.sort();
    for (const ingest::QuadTable::Row& row : data.quads.rows()) output.writer().write(data.quads.quad(row));
    output.finish();
    return data.rejected > 0 ? Exit::Found : Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_map_command() { return std::make_unique<MapCommand>(); }

}  // namespace scenograph::cli
