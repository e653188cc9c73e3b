#include "jsonld/internal/read_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>
#include <set>

#include "base/utf8.hpp"
#include "jsonld/processor.hpp"
#include "markup/read.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::jsonld {

namespace {

using base::Error;
using base::Severity;

constexpr std::size_t most_types_named = 5;

/// The types that a page names, as far as they tell whether it has an event.
class TypesSeen {
 public:
  void see(const rdf::Quad& quad) {
    if (!quad.object.is_iri() || quad.predicate.value != rdf::rdf::type) return;
    const std::string_view type = quad.object.value;
    const std::size_t scheme = type.find("://");
    const bool known = scheme != std::string_view::npos && type.substr(scheme).starts_with(schema_org);
    const std::string_view name = known ? type.substr(scheme + schema_org.size()) : std::string_view();
    may_be_event_ |= !known || name.ends_with("Event") || name == "EventSeries" || name == "Festival";
    if (known && names_.size() < most_types_named) names_.emplace(name);
  }

  /// The names of types of schema.org, if those are all and none is an event; else empty.
  [[nodiscard]] std::string names_without_event() const {
    return may_be_event_ ? std::string() : fmt::format("{}", fmt::join(names_, ", "));
  }

 private:
  static constexpr std::string_view schema_org = "://schema.org/";

  std::set<std::string> names_;
  bool may_be_event_ = false;
};

constexpr base::PhraseView script_passed_over = {"the script was passed over",
                                                 "ce script n’a pas pu être lu et a été laissé de côté"};

class PageReader {
 public:
  PageReader(const syntax::ReadOptions& options, const ScriptParser& parse) : options_(options), parse_(parse) {}

  void read(std::string_view html, const DocumentLoader& loader, const rdf::QuadSink& sink) {
    const markup::Kinds kinds = markup::scan_kinds(html);
    if (!kinds.any()) return report_nothing();
    const markup::Page page = markup::find_scripts(html, options_.base);
    if (options_.on_base) options_.on_base(page.base);
    ProcessorOptions processor;
    processor.base = page.base;
    processor.loader = loader;
    Value::Array nodes;
    for (const markup::Script& script : page.scripts) add_script(script, processor, nodes);
    TypesSeen types;
    const rdf::QuadSink watched = [&](const rdf::Quad& quad) {
      types.see(quad);
      sink(quad);
    };
    const std::uint64_t labels = to_rdf(nodes, processor, watched);
    syntax::ReadOptions options = options_;
    options.base = page.base;
    const markup::Summary rest = markup::read_markup(html, kinds, options, labels, watched);
    if (page.scripts.empty() && rest.quads == 0) return report_nothing();
    report_missing_event(page, rest, types.names_without_event());
  }

 private:
  void report_missing_event(const markup::Page& page, const markup::Summary& rest, const std::string& types) const {
    const base::Where where{options_.source_name};
    if (page.scripts.empty() && !rest.typed && rest.open_graph) {
      report(Severity::Warning, where, {},
             {"the page has Open Graph only, which says nothing of dates and places; add a <script "
              "type=\"application/ld+json\"> with its events: name, startDate, location",
              "la page n’a que de l’Open Graph, qui ne dit rien des dates ni des lieux ; ajoutez un <script "
              "type=\"application/ld+json\"> avec ses événements : name, startDate, location"});
    } else if (!types.empty()) {
      report(Severity::Info, where, types,
             {"the page's structured data describes no event; if the page is about one, add it to its JSON-LD as a "
              "TheaterEvent or another Event of schema.org: name, startDate, location",
              "les données structurées de la page ne décrivent aucun événement ; si la page en présente un, ajoutez-le "
              "à son JSON-LD comme TheaterEvent ou autre Event de schema.org : name, startDate, location"});
    }
  }

  void report_nothing() const {
    report(Severity::Warning, {options_.source_name}, {},
           {"the page has no structured data: no JSON-LD, Microdata, RDFa or Open Graph; add a <script "
            "type=\"application/ld+json\"> with its events: name, startDate, location",
            "la page n’a pas de données structurées : ni JSON-LD, ni microdonnées, ni RDFa, ni Open Graph ; ajoutez un "
            "<script type=\"application/ld+json\"> avec ses événements : name, startDate, location"});
  }

  void add_script(const markup::Script& script, const ProcessorOptions& processor, Value::Array& nodes) const {
    try {
      Value expanded = expand(parse_(script), processor);
      std::move(expanded.array().begin(), expanded.array().end(), std::back_inserter(nodes));
    } catch (const Error& error) {
      const Error fault = error.where().line == 0 ? placed(error, script) : error;
      if (!options_.lenient) throw Error(fault);
      report(Severity::Error, fault.where(), script.text, base::explained(script_passed_over, fault.message()));
    }
  }

  /// The fault of a script as a whole, at the script.
  [[nodiscard]] Error placed(const Error& fault, const markup::Script& script) const {
    return {fault.code(), fault.message(), {options_.source_name, script.line, script.column}};
  }

  void report(Severity severity, const base::Where& where, std::string_view found, base::Phrase message) const {
    if (!options_.diagnostics) return;
    options_.diagnostics({severity, where, {}, std::string(base::cut_utf8(found, 200)), {}, std::move(message)});
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
