#include "markup/read.hpp"

#include <memory>

#include "base/error.hpp"
#include "markup/internal/microdata.hpp"
#include "markup/internal/rdfa.hpp"

namespace scenograph::markup {

namespace {

constexpr base::PhraseView passed_over = {"Microdata and RDFa were passed over",
                                          "les microdonnées et le RDFa ont été laissés de côté"};

/// Null, with a diagnostic, for a page past the bounds that is read leniently.
std::unique_ptr<Tree> build_tree(std::string_view html, const syntax::ReadOptions& options) {
  try {
    return std::make_unique<Tree>(html, options.source_name);
  } catch (const base::Error& fault) {
    if (!options.lenient) throw;
    if (options.diagnostics) {
      options.diagnostics(
          {base::Severity::Error, fault.where(), {}, {}, {}, base::explained(passed_over, fault.message())});
    }
    return nullptr;
  }
}

}  // namespace

Summary read_markup(std::string_view html, const Kinds& kinds, const syntax::ReadOptions& options,
                    std::uint64_t last_label, const rdf::QuadSink& sink) {
  if (!kinds.tree()) return {};
  const auto tree = build_tree(html, options);
  if (!tree) return {};
  Output output(options, html.size(), last_label, sink);
  Summary summary;
  if (kinds.microdata) read_microdata(*tree, output);
  summary.typed = output.quads() != 0;
  if (kinds.rdfa || (kinds.misnamed_open_graph && options.lenient)) {
    const RdfaSummary rdfa = read_rdfa(*tree, output);
    summary.typed |= rdfa.typed;
    summary.open_graph = rdfa.open_graph;
  }
  summary.quads = output.quads();
  return summary;
}

}  // namespace scenograph::markup
