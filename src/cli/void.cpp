#include "base/error.hpp"
#include "cli/internal/command.hpp"
#include "jsonld/any_syntax.hpp"
#include "publish/dataset.hpp"
#include "rdf/iri.hpp"
#include "server/server.hpp"

namespace scenograph::cli {

namespace {

using base::Code;
using base::Error;

publish::Site site_of(const Invocation& invocation) {
  publish::Site site{invocation.text("base-iri"), invocation.text("site-name")};
  if (rdf::why_not_iri(site.base_iri) || site.base_iri.back() != '/') {
    throw Error(Code::BadArgument,
                "--base-iri must be an absolute IRI that ends in \"/\", not \"" + site.base_iri + "\"");
  }
  return site;
}

class VoidCommand : public Command {
 public:
  std::string_view name() const override { return "void"; }
  std::string_view arguments() const override { return "[--base-iri IRI] [--format FORMAT]"; }
  std::string_view summary() const override { return "describe the store as a dataset, in VoID and DCAT"; }
  std::string_view examples() const override {
    return "  scenograph void\n"
           "  scenograph void --base-iri https://data.venue.example/ --format jsonld > void.jsonld\n";
  }

  void declare(po::options_description& options) const override {
    const server::ServerOptions standard;
    options.add_options()(
        "base-iri", po::value<std::string>()->default_value(std::string(server::standard_base_iri))->value_name("IRI"),
        "where the store is served")(
        "site-name", po::value<std::string>()->default_value(standard.site_name)->value_name("NAME"),
        "the dataset's title")("format", po::value<std::string>()->default_value("turtle")->value_name("FORMAT"),
                               "turtle (default), jsonld, ntriples, rdfxml, nquads or trig");
  }

  Exit run(const Invocation& invocation) const override {
    const publish::Site site = site_of(invocation);
    const syntax::Format format = syntax::parse_format(invocation.text("format"));
    const store::Snapshot snapshot = open_store(invocation, true)->snapshot();
    const store::GraphSet all = store::GraphSet::all();
    const auto writer = jsonld::make_any_writer(format, standard_output());
    for (const rdf::Quad& quad : publish::describe_dataset(site, {*snapshot, all})) writer->write(quad);
    writer->finish();
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_void_command() { return std::make_unique<VoidCommand>(); }

}  // namespace scenograph::cli
