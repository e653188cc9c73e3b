#include "fuzz/rdf_text.hpp"

// Reads Turtle and TriG, strictly and leniently, at once and drop by drop; what is read can be written and read again.
// The first byte says which syntax, which limits, and how large drops are.

namespace {

using namespace scenograph;

class Drops : public base::ByteSource {
 public:
  Drops(std::string_view text, std::size_t size) : text_(text), size_(size) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t size = std::min({size_, buffer.size(), text_.size()});
    std::copy_n(text_.begin(), size, buffer.begin());
    text_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view text_;
  std::size_t size_;
};

fuzz::Reading read_drops(std::string_view text, std::size_t size, syntax::Format format,
                         const syntax::ReadOptions& options) {
  return fuzz::collect(options, [&](const syntax::ReadOptions& with_sink, const rdf::QuadSink& sink) {
    Drops source(text, size);
    syntax::read(source, format, with_sink, sink);
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const unsigned manner = input.byte();
  const auto format = manner % 2 == 0 ? syntax::Format::TriG : syntax::Format::Turtle;
  syntax::ReadOptions options;
  if (manner / 2 % 4 != 3) options.base = "http://base.test/a/b?c";
  if (manner / 8 % 4 == 3) options.max_line = 64;
  const fuzz::Reading strict = fuzz::read_text(input.rest(), format, options);
  options.lenient = true;
  const fuzz::Reading lenient = fuzz::read_text(input.rest(), format, options);
  const fuzz::Reading drops = read_drops(input.rest(), 1 + manner / 32, format, options);
  fuzz::require(drops == lenient ||
                options.max_line == 64);  // which fault of a statement too long comes first may differ
  if (strict.fault.empty()) fuzz::require(lenient.quads == strict.quads);
  fuzz::require_round_trip(lenient.quads, syntax::Format::TriG);
  std::vector<rdf::Quad> once = lenient.quads;  // arranging drops what is there twice
  std::sort(once.begin(), once.end());
  once.erase(std::unique(once.begin(), once.end()), once.end());
  fuzz::require_round_trip(once, syntax::Format::TriG, std::size_t{1} << 20U);
  fuzz::require_round_trip(lenient.quads, syntax::Format::NQuads);
  fuzz::require_round_trip(fuzz::for_rdf_xml(lenient.quads), syntax::Format::RdfXml);
  return 0;
}
