#include <algorithm>

#include "jsonld/internal/writer.hpp"
#include "jsonld/processor.hpp"

namespace scenograph::jsonld {

namespace {

class JsonLdWriter : public syntax::Writer {
 public:
  JsonLdWriter(base::ByteSink sink, std::string base) : sink_(std::move(sink)) { options_.base = std::move(base); }

  void write(const rdf::Quad& quad) override { quads_.push_back(quad); }

  void finish() override {
    const Value document = compact(nest(from_rdf(quads_, options_)), Value("https://schema.org"), options_);
    sink_(to_json(document, 2) + "\n");
  }

 private:
  base::ByteSink sink_;
  ProcessorOptions options_;
  std::vector<rdf::Quad> quads_;
};

}  // namespace

std::unique_ptr<syntax::Writer> make_json_ld_writer(base::ByteSink sink, const syntax::WriteOptions& options) {
  return std::make_unique<JsonLdWriter>(std::move(sink), options.base);
}

}  // namespace scenograph::jsonld
