#include "cli/internal/rdf_options.hpp"

#include "cli/internal/remote_options.hpp"

namespace scenograph::cli {

void declare_rdf_options(po::options_description& options) {
  options.add_options()("base", po::value<std::string>()->value_name("IRI"),
                        "base of relative IRIs (default: the file's own)")(
      "lenient", po::bool_switch(), "pass over faulty statements, repair JSON-LD, and report each")(
      "max-bytes", po::value<std::string>()->default_value("64G")->value_name("BYTES"), "largest file, decompressed")(
      "max-document", po::value<std::string>()->default_value("256M")->value_name("BYTES"),
      "largest JSON-LD document or page, which is held in memory")(
      "max-line", po::value<std::string>()->default_value("64M")->value_name("BYTES"), "longest statement or literal")(
      "messages", po::value<std::size_t>()->default_value(20)->value_name("N"), "remarks shown in full");
  declare_context_options(options);
  declare_remote_limits(options);
}

ingest::RdfInput rdf_input(const Invocation& invocation, const std::filesystem::path& path, Remarks& remarks) {
  ingest::RdfInput input;
  input.path = path;
  input.base = invocation.text("base");
  input.max_bytes = parse_bytes("max-bytes", invocation.text("max-bytes"));
  input.max_document = parse_bytes("max-document", invocation.text("max-document"));
  input.max_line = parse_bytes("max-line", invocation.text("max-line"));
  input.lenient = invocation.options["lenient"].as<bool>();
  input.diagnostics = remarks.sink();
  input.contexts = context_loader(invocation);
  input.show_progress = !invocation.quiet;
  return input;
}

void declare_held_memory(po::options_description& options) {
  options.add_options()("memory", po::value<std::string>()->value_name("BYTES"),
                        "for the quads, which are held (default: a quarter of the machine's, at most 3G)");
}

namespace {

/// What a quad takes: as terms, and as lines made of it.
std::size_t bytes_of(const rdf::Quad& quad) {
  std::size_t text = 0;
  for (const rdf::Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
    text += term->value.size() + term->datatype.size() + term->language.size();
  }
  return sizeof(rdf::Quad) + sizeof(std::string) + 2 * text;
}

}  // namespace

HeldQuads::HeldQuads(const Invocation& invocation)
    : budget_({}, memory_option(invocation), {.memory = "raise it with --memory"}) {}

void HeldQuads::read(const ingest::RdfInput& input) {
  ingest::read_rdf(input, [this](const rdf::Quad& quad) {
    budget_.charge(bytes_of(quad));
    quads_.push_back(quad);
  });
}

}  // namespace scenograph::cli
