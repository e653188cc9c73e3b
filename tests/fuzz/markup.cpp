#include "jsonld/html.hpp"

#include "fuzz/rdf_text.hpp"
#include "jsonld/any_syntax.hpp"

// Reads web pages for their JSON-LD.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const markup::Page page = markup::find_scripts(text, "http://base.test/page");
  for (const markup::Script& script : page.scripts) fuzz::require(script.line >= 1 && script.column >= 1);
  for (const bool lenient : {false, true}) {
    syntax::ReadOptions options;
    options.base = "http://base.test/page";
    options.lenient = lenient;
    fuzz::collect(options, [&](const syntax::ReadOptions& with_sink, const rdf::QuadSink& sink) {
      const auto source = base::open_text(text);
      jsonld::read_any(*source, syntax::Format::Html, with_sink, sink);
    });
  }
  return 0;
}
