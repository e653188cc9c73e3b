#include "shacl/shapes.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include "fuzz/rdf_text.hpp"
#include "shacl/rules.hpp"
#include "shacl/validate.hpp"
#include "sparql/memory_view.hpp"

// Loads SHACL shapes, validates data by them and applies their rules, within a second and 64 MiB each. Both are Turtle,
// the shapes before a line of ---. Queries run for all focus nodes at once and for each of them find the same; rules
// that came to an end make nothing new the next time.

namespace {

using namespace scenograph;

/// Whether the text calls what may give one thing now and another then.
bool is_settled(std::string_view text) {
  constexpr std::array<std::string_view, 6> unsettled{"RAND", "UUID", "NOW", "BNODE", "SAMPLE", "GROUP_CONCAT"};
  std::string capitals(text);
  std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return std::none_of(unsettled.begin(), unsettled.end(),
                      [&](std::string_view word) { return capitals.find(word) != std::string::npos; });
}

std::uint64_t results(const store::View& view, const shacl::Shapes& shapes, bool node_by_node) {
  base::Budget budget(std::chrono::seconds(1), std::size_t{64} << 20U);
  shacl::Options options;
  options.node_by_node = node_by_node;
  const shacl::Report report = shacl::validate(view, shapes, options, budget);
  fuzz::require(report.conforms == (report.total == 0) && report.results.size() <= report.total);
  return report.total;
}

std::uint64_t infer(sparql::tests::MemoryView& view, const shacl::Shapes& shapes) {
  base::Budget budget(std::chrono::seconds(1), std::size_t{64} << 20U);
  shacl::InferOptions options;
  options.max_rounds = 8;
  options.max_triples = 200;
  return shacl::infer(view, shapes, options, budget, [&view](const rdf::Triple& triple) {
    return view.add(triple.subject, triple.predicate, triple.object);
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  syntax::ReadOptions lenient;
  lenient.base = "http://base.test/";
  lenient.lenient = true;
  const std::string_view shapes_text = input.until("\n---\n");
  const auto shapes_graph = fuzz::read_text(shapes_text, syntax::Format::Turtle, lenient).quads;
  sparql::tests::MemoryView view;
  for (const rdf::Quad& quad : fuzz::read_text(input.rest(), syntax::Format::Turtle, lenient).quads) {
    view.add(quad.subject, quad.predicate, quad.object);
  }
  fuzz::answers([&] {
    const shacl::Shapes shapes =
        shacl::load_shapes(shapes_graph, {.skip_unsupported = size % 2 == 0, .with_rules = size % 3 != 0});
    const std::uint64_t total = results(view, shapes, false);
    if (is_settled(shapes_text)) fuzz::require(results(view, shapes, true) == total);
    const bool has_one_order =
        shapes.rules.empty() || shapes.rules.front().order == shapes.rules.back().order;  // later ones are not seen
    static_cast<void>(infer(view, shapes));
    if (is_settled(shapes_text) && has_one_order) fuzz::require(infer(view, shapes) == 0);
  });
  return 0;
}
