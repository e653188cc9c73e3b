#include <algorithm>

#include "jsonld/internal/writer.hpp"
#include "jsonld/processor.hpp"

namespace scenograph::jsonld {

namespace {

constexpr std::size_t least_held = std::size_t{16} << 20U;  ///< bytes; fewer are not worth streaming
constexpr std::size_t quads_at_once = 2000;
constexpr std::string_view context = "https://schema.org";

/// About what a quad takes in memory, also while it is compacted.
std::size_t size_of(const rdf::Quad& quad) {
  constexpr std::size_t overhead = 1600;  // measured
  return overhead + quad.subject.value.size() + quad.predicate.value.size() + 2 * quad.object.value.size() +
         quad.graph.value.size();
}

class JsonLdWriter : public syntax::Writer {
 public:
  JsonLdWriter(base::ByteSink sink, const syntax::WriteOptions& options)
      : sink_(std::move(sink)),
        most_held_(std::max(options.arrange_bytes, least_held)),
        on_too_many_(options.on_too_many) {
    options_.base = options.base;
  }

  void write(const rdf::Quad& quad) override {
    const bool goes_on = !quads_.empty() && quads_.back().subject == quad.subject && quads_.back().graph == quad.graph;
    if (is_stream_ && quads_.size() >= quads_at_once && !goes_on) write_part();
    quads_.push_back(quad);
    held_ += size_of(quad);
    if (held_ > most_held_) begin_stream();
  }

  void finish() override {
    if (is_stream_) {
      write_part();
      return sink_("\n  ]\n}\n");
    }
    const Value document = compact(nest(from_rdf(quads_, options_)), Value(context), options_);
    sink_(to_json(document, 2) + "\n");
  }

 private:
  /// From here on nodes are written as their quads come: neither what refers to a blank node nor the cells of a list
  /// can be known to have been seen.
  void begin_stream() {
    if (is_stream_) return write_part();
    is_stream_ = true;
    options_.use_lists = false;
    options_.wrap_graph = true;
    most_held_ = least_held;
    if (on_too_many_) on_too_many_();
    sink_("{\n  \"@context\": " + to_json(Value(context)) + ",\n  \"@graph\": [");
    write_part();
  }

  void write_part() {
    const Value part = compact(from_rdf(quads_, options_), Value(context), options_);
    std::string lines;
    for (const Value& node : part.find("@graph")->array()) {
      lines += is_first_ ? "\n    " : ",\n    ";
      lines += to_json(node);
      is_first_ = false;
    }
    sink_(lines);
    quads_.clear();
    held_ = 0;
  }

  base::ByteSink sink_;
  ProcessorOptions options_;
  std::size_t most_held_;  // bytes
  std::function<void()> on_too_many_;
  std::vector<rdf::Quad> quads_;
  std::size_t held_ = 0;  // bytes
  bool is_stream_ = false;
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<syntax::Writer> make_json_ld_writer(base::ByteSink sink, const syntax::WriteOptions& options) {
  return std::make_unique<JsonLdWriter>(std::move(sink), options);
}

}  // namespace scenograph::jsonld
