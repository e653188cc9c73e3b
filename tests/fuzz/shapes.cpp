#include "shacl/shapes.hpp"

#include <chrono>

#include "fuzz/rdf_text.hpp"
#include "shacl/validate.hpp"
#include "sparql/memory_view.hpp"

// Loads SHACL shapes and validates data by them, within a second and 64 MiB. Both are Turtle, the shapes before a line
// of ---.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  fuzz::Input input(data, size);
  syntax::ReadOptions lenient;
  lenient.base = "http://base.test/";
  lenient.lenient = true;
  const auto shapes_graph = fuzz::read_text(input.until("\n---\n"), syntax::Format::Turtle, lenient).quads;
  sparql::tests::MemoryView view;
  for (const rdf::Quad& quad : fuzz::read_text(input.rest(), syntax::Format::Turtle, lenient).quads) {
    view.add(quad.subject, quad.predicate, quad.object);
  }
  fuzz::answers([&] {
    const shacl::Shapes shapes = shacl::load_shapes(shapes_graph, {.skip_unsupported = size % 2 == 0});
    base::Budget budget(std::chrono::seconds(1), std::size_t{64} << 20U);
    const shacl::Report report = shacl::validate(view, shapes, {}, budget);
    fuzz::require(report.conforms == (report.total == 0) && report.results.size() <= report.total);
  });
  return 0;
}
