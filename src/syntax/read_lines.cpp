#include <array>

#include "syntax/internal/line_chunks.hpp"
#include "syntax/internal/readers.hpp"

namespace scenograph::syntax {

namespace {

void assign(rdf::Term& term, const rdf::TermView& view) {
  term.type = view.type;
  term.value.assign(view.value);
  term.datatype.assign(view.datatype);
  term.language.assign(view.language);
}

}  // namespace

void read_lines(base::ByteSource& source, Format format, const ReadOptions& options, const rdf::QuadSink& sink) {
  rdf::Quad quad;
  const std::array<QuadViewSink, 1> sinks = {[&](std::span<const rdf::QuadView> views) {
    for (const rdf::QuadView& view : views) {
      assign(quad.subject, view.subject);
      assign(quad.predicate, view.predicate);
      assign(quad.object, view.object);
      assign(quad.graph, view.graph);
      sink(quad);
    }
  }};
  read_lines_in_chunks(source, format, options, sinks, {}, {.size = std::size_t{1} << 16U, .fill = false});
}

}  // namespace scenograph::syntax
