#include <iterator>

#include "base/utf8.hpp"
#include "jsonld/internal/read_page.hpp"
#include "jsonld/processor.hpp"
#include "markup/read.hpp"

namespace scenograph::jsonld {

namespace {

using base::Error;
using base::Severity;

class PageReader {
 public:
  PageReader(const syntax::ReadOptions& options, const ScriptParser& parse) : options_(options), parse_(parse) {}

  void read(std::string_view html, const rdf::QuadSink& sink) {
    const markup::Kinds kinds = markup::scan_kinds(html);
    if (!kinds.any()) return report_nothing();
    const markup::Page page = markup::find_scripts(html, options_.base);
    ProcessorOptions processor;
    processor.base = page.base;
    Value::Array nodes;
    for (const markup::Script& script : page.scripts) add_script(script, processor, nodes);
    const std::uint64_t labels = to_rdf(nodes, processor, sink);
    syntax::ReadOptions options = options_;
    options.base = page.base;
    const markup::Summary rest = markup::read_markup(html, kinds, options, labels, sink);
    if (!page.scripts.empty() || rest.typed) return;
    if (rest.quads == 0) return report_nothing();
    if (rest.open_graph) {
      report(Severity::Warning, {options_.source_name}, {}, {},
             "the page has Open Graph only, which says nothing of dates and places; add a <script "
             "type=\"application/ld+json\"> with its events: name, startDate, location");
    }
  }

 private:
  void report_nothing() const {
    report(Severity::Warning, {options_.source_name}, {}, {},
           "the page has no structured data: no JSON-LD, Microdata, RDFa or Open Graph; add a <script "
           "type=\"application/ld+json\"> with its events: name, startDate, location");
  }

  void add_script(const markup::Script& script, const ProcessorOptions& processor, Value::Array& nodes) const {
    try {
      Value expanded = expand(parse_(script), processor);
      std::move(expanded.array().begin(), expanded.array().end(), std::back_inserter(nodes));
    } catch (const Error& error) {
      const Error fault = error.where().line == 0 ? placed(error, script) : error;
      if (!options_.lenient) throw Error(fault);
      report(Severity::Error, fault.where(), script.text, "script passed over", fault.message());
    }
  }

  /// The fault of a script as a whole, at the script.
  [[nodiscard]] Error placed(const Error& fault, const markup::Script& script) const {
    return {fault.code(), fault.message(), {options_.source_name, script.line, script.column}};
  }

  void report(Severity severity, const base::Where& where, std::string_view found, std::string made,
              std::string message) const {
    if (!options_.diagnostics) return;
    options_.diagnostics(
        {severity, where, {}, std::string(base::cut_utf8(found, 200)), std::move(made), std::move(message)});
  }

  const syntax::ReadOptions& options_;
  const ScriptParser& parse_;
};

}  // namespace

void read_page(std::string_view html, const syntax::ReadOptions& options, const ScriptParser& parse,
               const rdf::QuadSink& sink) {
  PageReader(options, parse).read(html, sink);
}

}  // namespace scenograph::jsonld
