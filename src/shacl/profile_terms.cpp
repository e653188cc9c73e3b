#include "shacl/internal/profile_terms.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <vector>

#include "rdf/vocab.hpp"
#include "shacl/shapes.hpp"
#include "syntax/prefixes.hpp"

namespace scenograph::shacl {

namespace {

std::string owl(std::string_view name) { return std::string(rdf::owl::ns).append(name); }
std::string rdfs(std::string_view name) { return std::string(rdf::rdfs::ns).append(name); }
std::string skos(std::string_view name) { return std::string(rdf::skos::ns).append(name); }

/// The fixed words in one language.
struct Words {
  std::string_view terms;
  std::string_view terms_head;
  std::string_view list;
  std::string_view list_head;
  std::string_view class_of;
  std::string_view class_alone;
  std::string_view property;
  std::string_view from;
  std::string_view to;
};

constexpr Words english{
    "Terms of its own",
    "| term | name | kind | means |\n|---|---|---|---|\n",
    "List",
    "| concept | name | also called | below |\n|---|---|---|---|\n",
    "class, a kind of {}",
    "class",
    "property",
    " from {}",
    " to {}",
};
constexpr Words french{
    "Termes propres",
    "| terme | nom | sorte | sens |\n|---|---|---|---|\n",
    "Liste",
    "| concept | nom | dit aussi | sous |\n|---|---|---|---|\n",
    "classe, sorte de {}",
    "classe",
    "propriété",
    " de {}",
    " vers {}",
};

class Terms {
 public:
  Terms(std::span<const rdf::Quad> quads, const ShapesGraph& graph, std::string_view language,
        const base::ByteSink& sink)
      : quads_(quads),
        graph_(graph),
        language_(language),
        words_(language.starts_with("fr") ? french : english),
        sink_(sink) {}

  void write() {
    std::string rows;
    for (const rdf::Term& term :
         of_type({owl("Class"), owl("ObjectProperty"), owl("DatatypeProperty"), owl("AnnotationProperty")})) {
      rows += term_row(term);
    }
    if (!rows.empty()) sink_(fmt::format("\n## {}\n\n{}{}", words_.terms, words_.terms_head, rows));
    for (const rdf::Term& scheme : of_type({skos("ConceptScheme")})) write_list(scheme);
  }

 private:
  /// Each once, in the order of the quads.
  [[nodiscard]] std::vector<rdf::Term> of_type(const std::vector<std::string>& types) const {
    std::vector<rdf::Term> found;
    std::set<rdf::Term> seen;
    for (const rdf::Quad& quad : quads_) {
      const bool wanted = quad.predicate.value == rdf::rdf::type &&
                          std::find(types.begin(), types.end(), quad.object.value) != types.end();
      if (wanted && quad.subject.is_iri() && seen.insert(quad.subject).second) found.push_back(quad.subject);
    }
    return found;
  }

  [[nodiscard]] std::string text(const rdf::Term& node, std::string_view predicate) const {
    return table_cell(text_of(graph_, node, predicate, language_));
  }

  /// IRIs that the node leads to, one after the other; "" if there is none.
  [[nodiscard]] std::string links(const rdf::Term& node, std::string_view predicate) const {
    std::vector<std::string> out;
    for (const rdf::Term& object : graph_.objects(node, predicate)) {
      if (object.is_iri()) out.push_back(short_iri(object.value));
    }
    return fmt::format("{}", fmt::join(out, ", "));
  }

  [[nodiscard]] std::string kind_of(const rdf::Term& term) const {
    if (graph_.contains(term, rdf::rdf::type, rdf::Term::iri(rdf::owl::Class))) {
      const std::string above = links(term, rdf::rdfs::subClassOf);
      return above.empty() ? std::string(words_.class_alone) : fmt::format(fmt::runtime(words_.class_of), above);
    }
    std::string kind(words_.property);
    const std::string from = links(term, rdfs("domain"));
    const std::string to = links(term, rdfs("range"));
    if (!from.empty()) kind += fmt::format(fmt::runtime(words_.from), from);
    if (!to.empty()) kind += fmt::format(fmt::runtime(words_.to), to);
    return kind;
  }

  [[nodiscard]] std::string term_row(const rdf::Term& term) const {
    return fmt::format("| {} | {} | {} | {} |\n", short_iri(term.value), text(term, rdf::rdfs::label), kind_of(term),
                       text(term, rdf::rdfs::comment));
  }

  void write_list(const rdf::Term& scheme) const {
    sink_(fmt::format("\n## {}{} {}\n\n{}\n\n<{}>\n\n{}", words_.list, language_.starts_with("fr") ? " :" : ":",
                      text(scheme, skos("prefLabel")), text(scheme, rdf::dcterms::description), scheme.value,
                      words_.list_head));
    for (const rdf::Term& concept_ : of_type({skos("Concept")})) {
      if (graph_.contains(concept_, skos("inScheme"), scheme)) sink_(concept_row(scheme, concept_));
    }
  }

  [[nodiscard]] std::string concept_row(const rdf::Term& scheme, const rdf::Term& concept_) const {
    std::string_view local = concept_.value;
    if (local.starts_with(scheme.value + "/")) local.remove_prefix(scheme.value.size() + 1);
    std::vector<std::string> above;
    for (const rdf::Term& each : graph_.objects(concept_, skos("broader"))) {
      above.push_back(text(each, skos("prefLabel")));
    }
    return fmt::format("| `{}` | {} | {} | {} |\n", local, text(concept_, skos("prefLabel")),
                       table_cell(fmt::format("{}", fmt::join(other_names(concept_), ", "))), fmt::join(above, ", "));
  }

  [[nodiscard]] std::vector<std::string> other_names(const rdf::Term& concept_) const {
    std::vector<std::string> names;
    for (const rdf::Term& name : graph_.objects(concept_, skos("altLabel"))) {
      if (name.language.empty() || name.language.starts_with(language_)) names.push_back(name.value);
    }
    return names;
  }

  std::span<const rdf::Quad> quads_;
  const ShapesGraph& graph_;
  std::string_view language_;
  const Words& words_;
  const base::ByteSink& sink_;
};

}  // namespace

std::string short_iri(const std::string& iri) {
  const auto name = syntax::shorten(syntax::usual_prefixes(), iri);
  return name ? fmt::format("`{}`", *name) : fmt::format("<{}>", iri);
}

std::string table_cell(std::string text) {
  for (std::size_t at = text.find_first_of("|\n"); at != std::string::npos; at = text.find_first_of("|\n", at + 2)) {
    text.replace(at, 1, text[at] == '|' ? "\\|" : "  ");
  }
  return text;
}

std::string text_of(const ShapesGraph& graph, const rdf::Term& node, std::string_view predicate,
                    std::string_view language) {
  std::vector<Message> texts;
  for (const rdf::Term& term : graph.objects(node, predicate)) {
    if (term.is_literal()) texts.push_back({term.value, term.language});
  }
  return std::string(pick(texts, language));
}

void write_terms(std::span<const rdf::Quad> quads, const ShapesGraph& graph, std::string_view language,
                 const base::ByteSink& sink) {
  Terms(quads, graph, language, sink).write();
}

}  // namespace scenograph::shacl
