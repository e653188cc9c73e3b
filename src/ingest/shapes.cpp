#include "ingest/shapes.hpp"

#include <string>
#include <unordered_map>
#include <vector>

#include "base/embedded.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "syntax/reader.hpp"

namespace scenograph::ingest {

/// shapes/*.ttl, by `scenograph_embed`.
std::span<const base::EmbeddedFile> embedded_shapes();

/// shapes/quality/weights.ttl and the hierarchy of classes.
std::span<const base::EmbeddedFile> embedded_weights();

/// ontology/scenograph.ttl and vocab/*.ttl.
std::span<const base::EmbeddedFile> embedded_model();

namespace {

/// Nodes whose places are kept: to find one costs up to 256 KiB of reading.
constexpr std::size_t most_places = 4096;

/// Keeps the blank nodes of several files apart, and where each node is the subject first.
class Collector {
 public:
  void begin_file() { prefix_ = "f" + std::to_string(++files_) + "-"; }

  void add(rdf::Quad quad) {
    for (rdf::Term* term : {&quad.subject, &quad.object}) {
      if (term->is_blank()) term->value = prefix_ + term->value;
    }
    if (place_ && places_.size() < most_places && !places_.contains(quad.subject))
      places_.emplace(quad.subject, place_());
    quads_.push_back(std::move(quad));
  }

  /// For a reader to tell where it is.
  std::function<base::Where()>* place() { return &place_; }

  [[nodiscard]] base::Where place_of(const rdf::Term& node) const {
    const auto found = places_.find(node);
    return found == places_.end() ? base::Where{} : found->second;
  }

  [[nodiscard]] const std::vector<rdf::Quad>& quads() const { return quads_; }

 private:
  std::size_t files_ = 0;
  std::string prefix_;
  std::vector<rdf::Quad> quads_;
  std::function<base::Where()> place_;
  std::unordered_map<rdf::Term, base::Where> places_;
};

void collect(std::span<const base::EmbeddedFile> files, Collector& collector) {
  for (const base::EmbeddedFile& file : files) {
    collector.begin_file();
    syntax::ReadOptions options;
    options.source_name = file.path;
    const auto source = base::open_text(file.content);
    syntax::read(*source, syntax::Format::Turtle, options, [&](const rdf::Quad& quad) { collector.add(quad); });
  }
}

Collector collect(std::span<const base::EmbeddedFile> files) {
  Collector collector;
  collect(files, collector);
  return collector;
}

void read_inputs(std::span<const RdfInput> inputs, Collector& collector) {
  for (const RdfInput& input : inputs) {
    collector.begin_file();
    RdfInput placed = input;
    placed.place = collector.place();
    read_rdf(placed, [&](const rdf::Quad& quad) { collector.add(quad); });
  }
  *collector.place() = {};  // of a reader that is no more
}

std::vector<RdfInput> inputs_of(std::span<const std::filesystem::path> files) {
  std::vector<RdfInput> inputs;
  for (const std::filesystem::path& file : files) inputs.emplace_back().path = file;
  return inputs;
}

}  // namespace

shacl::Shapes default_shapes() { return shacl::load_shapes(collect(embedded_shapes()).quads()); }

std::vector<rdf::Quad> default_model() { return collect(embedded_model()).quads(); }

shacl::QualityWeights default_weights() { return shacl::load_quality_weights(collect(embedded_weights()).quads()); }

shacl::Shapes read_shapes(std::span<const RdfInput> inputs, const shacl::LoadOptions& options) {
  Collector collector;
  read_inputs(inputs, collector);
  shacl::LoadOptions with_places = options;
  with_places.place_of = [&collector](const rdf::Term& node) { return collector.place_of(node); };
  return shacl::load_shapes(collector.quads(), with_places);
}

shacl::Shapes read_shapes(std::span<const std::filesystem::path> files, const shacl::LoadOptions& options) {
  return read_shapes(inputs_of(files), options);
}

shacl::QualityWeights read_weights(std::span<const std::filesystem::path> files) {
  Collector collector;
  read_inputs(inputs_of(files), collector);
  collect(embedded_weights().subspan(1), collector);
  shacl::LoadOptions options;
  options.place_of = [&collector](const rdf::Term& node) { return collector.place_of(node); };
  return shacl::load_quality_weights(collector.quads(), options);
}

std::string shapes_fingerprint(std::span<const std::filesystem::path> files) {
  std::string hashes;
  const auto add = [&hashes](std::string_view content) { hashes += base::to_base32(base::stable_hash(content)); };
  for (const std::filesystem::path& file : files) add(base::read_file(file));
  if (!files.empty()) return hashes;
  for (const base::EmbeddedFile& file : embedded_shapes()) add(file.content);
  return base::to_base32(base::stable_hash(hashes));
}

}  // namespace scenograph::ingest
