#include "ingest/shapes.hpp"

#include <string>
#include <vector>

#include "base/embedded.hpp"
#include "syntax/reader.hpp"

namespace scenograph::ingest {

/// shapes/*.ttl, by `scenograph_embed`.
std::span<const base::EmbeddedFile> embedded_shapes();

namespace {

/// Keeps the blank nodes of several files apart.
class Collector {
 public:
  void begin_file() { prefix_ = "f" + std::to_string(++files_) + "-"; }

  void add(rdf::Quad quad) {
    for (rdf::Term* term : {&quad.subject, &quad.object}) {
      if (term->is_blank()) term->value = prefix_ + term->value;
    }
    quads_.push_back(std::move(quad));
  }

  [[nodiscard]] const std::vector<rdf::Quad>& quads() const { return quads_; }

 private:
  std::size_t files_ = 0;
  std::string prefix_;
  std::vector<rdf::Quad> quads_;
};

}  // namespace

shacl::Shapes default_shapes() {
  Collector collector;
  for (const base::EmbeddedFile& file : embedded_shapes()) {
    collector.begin_file();
    syntax::ReadOptions options;
    options.source_name = file.path;
    const auto source = base::open_text(file.content);
    syntax::read(*source, syntax::Format::Turtle, options, [&](const rdf::Quad& quad) { collector.add(quad); });
  }
  return shacl::load_shapes(collector.quads());
}

shacl::Shapes read_shapes(std::span<const RdfInput> inputs, const shacl::LoadOptions& options) {
  Collector collector;
  for (const RdfInput& input : inputs) {
    collector.begin_file();
    read_rdf(input, [&](const rdf::Quad& quad) { collector.add(quad); });
  }
  return shacl::load_shapes(collector.quads(), options);
}

shacl::Shapes read_shapes(std::span<const std::filesystem::path> files, const shacl::LoadOptions& options) {
  std::vector<RdfInput> inputs;
  for (const std::filesystem::path& file : files) inputs.emplace_back().path = file;
  return read_shapes(inputs, options);
}

}  // namespace scenograph::ingest
