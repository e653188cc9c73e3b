#include "ingest/mapped_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "rdf/vocab.hpp"

namespace scenograph::ingest {

namespace {

using rdf::Term;
using store::TermId;

constexpr std::string_view provenance_path = "/graph/provenance";

namespace rml {
constexpr std::string_view BlankNode = "http://w3id.org/rml/BlankNode";
constexpr std::string_view CSV = "http://w3id.org/rml/CSV";
constexpr std::string_view JSONPath = "http://w3id.org/rml/JSONPath";
constexpr std::string_view baseIRI = "http://w3id.org/rml/baseIRI";
constexpr std::string_view class_ = "http://w3id.org/rml/class";
constexpr std::string_view constant = "http://w3id.org/rml/constant";
constexpr std::string_view predicate = "http://w3id.org/rml/predicate";
constexpr std::string_view reference = "http://w3id.org/rml/reference";
constexpr std::string_view referenceFormulation = "http://w3id.org/rml/referenceFormulation";
constexpr std::string_view template_ = "http://w3id.org/rml/template";
constexpr std::string_view termType = "http://w3id.org/rml/termType";
}  // namespace rml

/// Objects by predicate of one subject in one graph.
using Properties = std::multimap<TermId, TermId>;

Properties properties_of(const store::View& view, TermId subject, TermId graph) {
  Properties found;
  const auto scan = view.scan({{subject, {}, {}, graph}, store::Order::Gspo});
  for (store::QuadBatch batch; scan->next(batch);) {
    for (std::size_t i = 0; i < batch.size; ++i) found.emplace(batch.columns[1][i], batch.columns[2][i]);
  }
  return found;
}

std::vector<TermId> ids_of(const store::View& view, const Properties& properties, std::string_view predicate) {
  std::vector<TermId> ids;
  const auto id = view.find(Term::iri(predicate));
  if (!id) return ids;
  const auto [first, last] = properties.equal_range(*id);
  for (auto at = first; at != last; ++at) ids.push_back(at->second);
  return ids;
}

/// Sorted: the store keeps no order.
std::vector<std::string> texts_of(const store::View& view, const Properties& properties, std::string_view predicate) {
  std::vector<std::string> texts;
  for (const Term& term : view.terms(ids_of(view, properties, predicate))) texts.push_back(term.value);
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::string text_of(const store::View& view, const Properties& properties, std::string_view predicate) {
  const auto texts = texts_of(view, properties, predicate);
  return texts.empty() ? std::string() : texts.front();
}

/// Nodes named "…-1", "…-2" and so on, in that order.
std::vector<TermId> numbered(const store::View& view, const Properties& properties, std::string_view predicate) {
  const std::vector<TermId> ids = ids_of(view, properties, predicate);
  const std::vector<Term> names = view.terms(ids);
  std::vector<std::size_t> order(ids.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&names](std::size_t a, std::size_t b) {
    return std::tuple(names[a].value.size(), names[a].value) < std::tuple(names[b].value.size(), names[b].value);
  });
  std::vector<TermId> sorted;
  for (const std::size_t i : order) sorted.push_back(ids[i]);
  return sorted;
}

/// Writes the list of one graph. Its nodes have IRIs below the graph's, so that the same list gives the same quads.
class FieldWriter {
 public:
  FieldWriter(store::Transaction& transaction, const Term& graph, TermId provenance)
      : transaction_(transaction),
        graph_(graph.value),
        start_(graph.value + (graph.value.find('#') == std::string::npos ? "#" : "-")),
        provenance_(provenance) {}

  void write(std::span<const mapping::TriplesMapFields> maps) {
    for (std::size_t i = 0; i < maps.size(); ++i) {
      const std::string node = fmt::format("{}map-{}", start_, i + 1);
      say(graph_, rdf::scg::mappedBy, Term::iri(node));
      write_map(node, maps[i]);
    }
  }

 private:
  void write_map(const std::string& node, const mapping::TriplesMapFields& map) {
    for (const std::string& iri : map.classes) say(node, rml::class_, Term::iri(iri));
    for (const std::string& iri : map.possible_classes) say(node, rdf::scg::possibleClass, Term::iri(iri));
    say(node, rml::referenceFormulation, Term::iri(map.is_table ? rml::CSV : rml::JSONPath));
    if (!map.subject.empty()) say(node, rml::template_, Term::literal(map.subject));
    if (!map.base.empty()) say(node, rml::baseIRI, Term::iri(map.base));
    if (map.is_blank) say(node, rml::termType, Term::iri(rml::BlankNode));
    for (const std::string& reference : map.subject_references) say(node, rdf::scg::reads, Term::literal(reference));
    for (std::size_t i = 0; i < map.predicates.size(); ++i) {
      const std::string field = fmt::format("{}-field-{}", node, i + 1);
      say(node, rdf::scg::mapsField, Term::iri(field));
      write_field(field, map.predicates[i]);
    }
  }

  void write_field(const std::string& node, const mapping::PredicateFields& field) {
    if (!field.predicate.empty()) say(node, rml::predicate, Term::iri(field.predicate));
    for (std::size_t i = 0; i < field.references.size(); ++i) {
      say(node, field.plain && i == 0 ? rml::reference : rdf::scg::reads, Term::literal(field.references[i]));
    }
    if (field.constant) say(node, rml::constant, *field.constant);
  }

  void say(const std::string& subject, std::string_view predicate, const Term& object) {
    transaction_.insert({transaction_.intern(Term::iri(subject)), transaction_.intern(Term::iri(predicate)),
                         transaction_.intern(object), provenance_});
  }

  store::Transaction& transaction_;
  std::string graph_;
  std::string start_;
  TermId provenance_;
};

class FieldReader {
 public:
  FieldReader(const store::View& view, TermId provenance) : view_(view), provenance_(provenance) {}

  [[nodiscard]] MappedGraph read(TermId graph) const {
    const Properties said = properties_of(view_, graph, provenance_);
    MappedGraph read{
        graph, text_of(view_, said, rdf::dcterms::source), text_of(view_, said, rdf::dcterms::conformsTo), {}};
    if (read.file.empty()) read.file = view_.term(graph).value;
    for (const TermId node : numbered(view_, said, rdf::scg::mappedBy)) read.maps.push_back(read_map(node));
    return read;
  }

 private:
  [[nodiscard]] mapping::TriplesMapFields read_map(TermId node) const {
    const Properties said = properties_of(view_, node, provenance_);
    mapping::TriplesMapFields map;
    map.classes = texts_of(view_, said, rml::class_);
    map.possible_classes = texts_of(view_, said, rdf::scg::possibleClass);
    map.is_table = text_of(view_, said, rml::referenceFormulation) == rml::CSV;
    map.subject = text_of(view_, said, rml::template_);
    map.base = text_of(view_, said, rml::baseIRI);
    map.is_blank = text_of(view_, said, rml::termType) == rml::BlankNode;
    map.subject_references = texts_of(view_, said, rdf::scg::reads);
    for (const TermId field : numbered(view_, said, rdf::scg::mapsField)) map.predicates.push_back(read_field(field));
    return map;
  }

  [[nodiscard]] mapping::PredicateFields read_field(TermId node) const {
    const Properties said = properties_of(view_, node, provenance_);
    mapping::PredicateFields field;
    field.predicate = text_of(view_, said, rml::predicate);
    field.references = texts_of(view_, said, rml::reference);
    field.plain = !field.references.empty();
    for (std::string& reference : texts_of(view_, said, rdf::scg::reads))
      field.references.push_back(std::move(reference));
    const auto constants = ids_of(view_, said, rml::constant);
    if (!constants.empty()) field.constant = view_.term(constants.front());
    return field;
  }

  const store::View& view_;
  TermId provenance_;
};

}  // namespace

void write_mapped_fields(store::Transaction& transaction, const Term& graph,
                         std::span<const mapping::TriplesMapFields> maps, TermId provenance) {
  forget_mapped_fields(transaction, transaction.intern(graph), provenance);
  FieldWriter(transaction, graph, provenance).write(maps);
}

void forget_mapped_fields(store::Transaction& transaction, TermId graph, TermId provenance) {
  std::vector<store::QuadId> old;
  const auto take = [&](TermId subject, const Properties& said) {
    for (const auto& [predicate, object] : said) old.push_back({subject, predicate, object, provenance});
  };
  const auto by = transaction.find(Term::iri(rdf::scg::mappedBy));
  if (!by) return;
  for (const TermId map : ids_of(transaction, properties_of(transaction, graph, provenance), rdf::scg::mappedBy)) {
    old.push_back({graph, *by, map, provenance});
    const Properties said = properties_of(transaction, map, provenance);
    take(map, said);
    for (const TermId field : ids_of(transaction, said, rdf::scg::mapsField)) {
      take(field, properties_of(transaction, field, provenance));
    }
  }
  for (const store::QuadId& quad : old) transaction.remove(quad);
}

std::string shown_reference(const std::string& reference, bool is_table) {
  if (is_table) return reference;
  for (const std::string_view root : {"$.", "$[*]."}) {
    if (reference.starts_with(root)) return reference.substr(root.size());
  }
  return reference;
}

std::vector<MappedGraph> read_mapped_fields(const store::View& view) {
  const auto by = view.find(Term::iri(rdf::scg::mappedBy));
  std::vector<std::pair<TermId, TermId>> lists;  // the graph that says it, the graph that it is said of
  if (!by) return {};
  const auto scan = view.scan({{{}, *by, {}, {}}, store::Order::Psog});
  for (store::QuadBatch batch; scan->next(batch);) {
    for (std::size_t i = 0; i < batch.size; ++i) lists.emplace_back(batch.columns[3][i], batch.columns[0][i]);
  }
  std::sort(lists.begin(), lists.end());
  lists.erase(std::unique(lists.begin(), lists.end()), lists.end());
  std::vector<MappedGraph> graphs;
  for (const auto& [provenance, graph] : lists) {
    if (provenance == store::default_graph || !view.term(provenance).value.ends_with(provenance_path)) continue;
    graphs.push_back(FieldReader(view, provenance).read(graph));
  }
  return graphs;
}

}  // namespace scenograph::ingest
