#include "jsonld/internal/read_page.hpp"

#include <iterator>

#include "base/utf8.hpp"
#include "jsonld/processor.hpp"

namespace scenograph::jsonld {

namespace {

using base::Error;
using base::Severity;

class PageReader {
 public:
  PageReader(const syntax::ReadOptions& options, const ScriptParser& parse) : options_(options), parse_(parse) {}

  void read(std::string_view html, const DocumentLoader& loader, const rdf::QuadSink& sink) {
    const Page page = find_scripts(html, options_.base);
    ProcessorOptions processor;
    processor.base = page.base;
    processor.loader = loader;
    Value::Array nodes;
    for (const Script& script : page.scripts) add_script(script, processor, nodes);
    if (page.scripts.empty()) {
      report(Severity::Warning, {options_.source_name}, {}, {},
             "the page has no <script type=\"application/ld+json\">; add one with its events");
    }
    to_rdf(nodes, processor, sink);
  }

 private:
  void add_script(const Script& script, const ProcessorOptions& processor, Value::Array& nodes) const {
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
  [[nodiscard]] Error placed(const Error& fault, const Script& script) const {
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
               const DocumentLoader& loader, const rdf::QuadSink& sink) {
  PageReader(options, parse).read(html, loader, sink);
}

}  // namespace scenograph::jsonld
