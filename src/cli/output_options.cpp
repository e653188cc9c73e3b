#include "cli/internal/output_options.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "jsonld/any_syntax.hpp"

namespace scenograph::cli {

void declare_output_options(po::options_description& options) {
  options.add_options()(
      "stream", po::bool_switch(),
      "write Turtle, TriG and JSON-LD as it comes, not arranged: in little memory, but without order")(
      "memory", po::value<std::string>()->value_name("BYTES"),
      "for arranging Turtle, TriG and JSON-LD; larger data is written as it comes (default: a quarter of the "
      "machine's, at most "
      "3G)")("pack", po::value<std::string>()->value_name("HOW"), "pack the output: gzip or zstd");
}

RdfOutput::RdfOutput(const Invocation& invocation, syntax::Format format) {
  const syntax::Packing packing =
      invocation.has("pack") ? syntax::parse_packing(invocation.text("pack")) : syntax::Packing::None;
  packer_ = syntax::make_packer(packing, standard_output());
  syntax::WriteOptions options;
  options.arrange_bytes = invocation.options["stream"].as<bool>() ? 0 : memory_option(invocation);
  options.on_too_many = [quiet = invocation.quiet] {
    if (!quiet) fmt::print(stderr, "too much to arrange, so written as it comes; --memory raises the limit\n");
  };
  writer_ = jsonld::make_any_writer(
      format, [this](std::string_view bytes) { packer_->write(bytes); }, options);
}

void RdfOutput::finish() {
  writer_->finish();
  packer_->finish();
}

}  // namespace scenograph::cli
