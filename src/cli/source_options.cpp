#include "cli/internal/source_options.hpp"

#include <memory>
#include <utility>

#include "base/error.hpp"
#include "cli/internal/remote_options.hpp"
#include "ingest/shapes.hpp"
#include "server/server.hpp"

namespace scenograph::cli {

void declare_source_options(po::options_description& options) {
  options.add_options()("source", po::value<std::string>(), "an export, a file of RDF, or a web page")(
      "mapping,m", po::value<std::string>()->value_name("FILE"), "RML mapping of an export; RDF and pages need none")(
      "format", po::value<std::string>()->value_name("FORMAT"), "format of RDF, if its name does not tell")(
      "base-iri", po::value<std::string>()->default_value(std::string(server::standard_base_iri))->value_name("IRI"),
      "what the IRIs of new entities start with: the address of the node")(
      "address", po::value<std::string>()->value_name("IRI"),
      "where the page was fetched from: base of its relative links")(
      "max-document", po::value<std::string>()->default_value("256M")->value_name("BYTES"),
      "largest document to hold in memory: JSON that is not a list of records, JSON-LD, pages")(
      "max-record", po::value<std::string>()->default_value("64M")->value_name("BYTES"), "largest record of an export")(
      "rules", po::value<std::vector<std::string>>()->composing()->value_name("FILE"),
      "shapes with rules (sh:rule) that complete what the source says; repeatable")(
      "query-memory", po::value<std::string>()->default_value("1G")->value_name("BYTES"),
      "memory for the rules, and for the validation of an ingest")(
      "timeout", po::value<std::string>()->default_value("0s")->value_name("TIME"), "of each of these; 0s: none")(
      "messages", po::value<std::size_t>()->default_value(20)->value_name("N"), "remarks shown in full");
  declare_context_options(options);
  declare_remote_limits(options);
}

namespace {

std::shared_ptr<const shacl::Shapes> rules_of(const Invocation& invocation) {
  auto shapes = ingest::read_shapes(ingest::rdf_files(invocation.list("rules")), {.with_rules = true});
  if (shapes.rules.empty()) {
    throw base::Error(base::Code::BadArgument, "--rules: no shape there has both a rule (sh:rule) and a target");
  }
  return std::make_shared<const shacl::Shapes>(std::move(shapes));
}

}  // namespace

ingest::Source source_of(const Invocation& invocation) {
  if (!invocation.has("source")) throw base::Error(base::Code::BadArgument, "give a source: a file to read");
  ingest::Source source;
  source.path = invocation.text("source");
  if (invocation.has("mapping")) source.mapping = invocation.text("mapping");
  if (invocation.has("format") && invocation.has("mapping")) {
    throw base::Error(base::Code::BadArgument,
                      "--format names the syntax of RDF to read, and --mapping reads an export: leave one of them out "
                      "(map writes what --to names)");
  }
  if (invocation.has("format")) source.format = syntax::parse_format(invocation.text("format"));
  source.base_iri = invocation.text("base-iri");
  source.address = invocation.text("address");
  source.max_document = parse_bytes("max-document", invocation.text("max-document"));
  source.contexts = context_loader(invocation);
  if (invocation.has("rules")) source.rules = rules_of(invocation);
  source.rules_timeout = std::chrono::milliseconds(parse_milliseconds("timeout", invocation.text("timeout")));
  source.rules_memory = parse_bytes("query-memory", invocation.text("query-memory"));
  source.max_record = parse_bytes("max-record", invocation.text("max-record"));
  return source;
}

}  // namespace scenograph::cli
