#include <array>

#include "fuzz/rdf_text.hpp"
#include "syntax/internal/line_chunks.hpp"

// Reads N-Triples and N-Quads: as one document, cut into chunks, and by two threads they come to the same; what is
// written is read again. The first byte says which syntax, how lenient, and how long chunks are.

namespace {

using namespace scenograph;
using fuzz::Reading;
using fuzz::require;

Reading read_in_chunks(std::string_view text, syntax::Format format, const syntax::ReadOptions& options,
                       std::size_t size) {
  return fuzz::collect(options, [&](const syntax::ReadOptions& with_sink, const rdf::QuadSink& sink) {
    const auto source = base::open_text(text);
    const std::array<syntax::QuadViewSink, 1> sinks = {[&](std::span<const rdf::QuadView> quads) {
      const auto term = [](const rdf::TermView& view) {
        return rdf::Term{view.type, std::string(view.value), std::string(view.datatype), std::string(view.language)};
      };
      for (const auto& quad : quads) {
        sink({term(quad.subject), term(quad.predicate), term(quad.object), term(quad.graph)});
      }
    }};
    syntax::read_lines_in_chunks(*source, format, with_sink, sinks, {}, {.size = size, .fill = true});
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const unsigned manner = input.byte();
  const auto format = manner % 2 == 0 ? syntax::Format::NQuads : syntax::Format::NTriples;
  syntax::ReadOptions options;
  options.lenient = manner / 2 % 2 == 1;
  if (manner / 4 % 4 == 3) options.max_line = 64;
  const Reading whole = fuzz::read_text(input.rest(), format, options);
  for (const std::size_t chunk : {std::size_t{1} + manner / 16U, std::size_t{64}}) {
    const Reading cut = read_in_chunks(input.rest(), format, options, chunk);
    require(cut.fault == whole.fault && cut.diagnostics == whole.diagnostics);
    // Some of the quads before a fault may not have been handed on, or some after it have.
    require(cut.quads == whole.quads || !whole.fault.empty());
  }
  fuzz::require_round_trip(whole.quads, syntax::Format::NQuads);
  fuzz::require_round_trip(whole.quads, syntax::Format::TriG);
  return 0;
}
