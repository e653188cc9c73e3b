#include "cli/internal/shapes_options.hpp"

#include "base/error.hpp"
#include "ingest/rdf_input.hpp"
#include "ingest/shapes.hpp"

namespace scenograph::cli {

void declare_shapes_options(po::options_description& options) {
  options.add_options()("shapes", po::value<std::vector<std::string>>()->composing()->value_name("FILE"),
                        "shapes; repeatable (default: the shapes for the performing arts that come with the program)")(
      "skip-unsupported", po::bool_switch(), "pass over parts of --shapes that are not supported, with a remark");
  declare_language_option(options);
}

void declare_language_option(po::options_description& options) {
  options.add_options()("lang", po::value<std::string>()->default_value("en")->value_name("fr|en"),
                        "language of reports and remarks");
}

shacl::Shapes shapes_of(const Invocation& invocation) {
  if (!invocation.has("shapes")) return ingest::default_shapes();
  shacl::LoadOptions options;
  options.skip_unsupported = invocation.options["skip-unsupported"].as<bool>();
  return ingest::read_shapes(ingest::rdf_files(invocation.list("shapes")), options);
}

void declare_weights_option(po::options_description& options) {
  options.add_options()("weights", po::value<std::vector<std::string>>()->composing()->value_name("FILE"),
                        "what counts for quality, and how much; repeatable (default: the weights that come with the "
                        "program, shapes/quality/weights.ttl)");
}

shacl::QualityWeights weights_of(const Invocation& invocation) {
  if (!invocation.has("weights")) return ingest::default_weights();
  return ingest::read_weights(ingest::rdf_files(invocation.list("weights")));
}

std::string shapes_fingerprint(const Invocation& invocation) {
  if (!invocation.has("shapes")) return ingest::shapes_fingerprint({});
  const bool skips = invocation.options["skip-unsupported"].as<bool>();
  return ingest::shapes_fingerprint(ingest::rdf_files(invocation.list("shapes"))) + (skips ? "-" : "");
}

std::string report_language(const Invocation& invocation) {
  std::string language = invocation.text("lang");
  if (language == "fr" || language == "en") return language;
  throw base::Error(base::Code::BadArgument, "--lang is fr or en, not \"" + language + "\"");
}

}  // namespace scenograph::cli
