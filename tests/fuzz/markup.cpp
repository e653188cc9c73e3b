#include "fuzz/rdf_text.hpp"
#include "jsonld/any_syntax.hpp"
#include "markup/read.hpp"
#include "markup/scripts.hpp"

// Reads web pages: their scripts, Microdata, RDFa and Open Graph. The scan for these must miss none.

namespace {

using namespace scenograph;

fuzz::Reading read_kinds(std::string_view page, const markup::Kinds& kinds, const syntax::ReadOptions& options) {
  return fuzz::collect(options, [&](const syntax::ReadOptions& with_sink, const rdf::QuadSink& sink) {
    (void)markup::read_markup(page, kinds, with_sink, 0, sink);
  });
}

void require_iris(const std::vector<rdf::Quad>& quads) {
  for (const rdf::Quad& quad : quads) {
    for (const rdf::Term* term : {&quad.subject, &quad.predicate, &quad.object}) {
      fuzz::require(!term->is_iri() || !rdf::why_not_iri(term->value));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const markup::Page page = markup::find_scripts(text, "http://base.test/page");
  for (const markup::Script& script : page.scripts) fuzz::require(script.line >= 1 && script.column >= 1);
  const markup::Kinds kinds = markup::scan_kinds(text);
  fuzz::require(kinds.scripts || page.scripts.empty());
  for (const bool lenient : {false, true}) {
    syntax::ReadOptions options;
    options.base = "http://base.test/page";
    options.lenient = lenient;
    const fuzz::Reading all = read_kinds(text, {true, true, true, true}, options);
    if (all.fault.empty()) {
      const fuzz::Reading found = read_kinds(text, kinds, options);
      fuzz::require(fuzz::without_labels(all.quads) == fuzz::without_labels(found.quads));
    }
    require_iris(all.quads);
    fuzz::require_round_trip(all.quads, syntax::Format::NQuads);
    fuzz::collect(options, [&](const syntax::ReadOptions& with_sink, const rdf::QuadSink& sink) {
      const auto source = base::open_text(text);
      jsonld::read_any(*source, syntax::Format::Html, with_sink, sink);
    });
  }
  return 0;
}
