#include "ingest/subject_origin.hpp"

#include <algorithm>

#include "rdf/vocab.hpp"

namespace scenograph::ingest {

namespace {

using mapping::PredicateFields;
using mapping::TriplesMapFields;
using rdf::Term;
using store::QuadId;
using store::TermId;

/// Whether two triples maps make their subjects in the same way, so that both speak of one node.
bool are_of_one_record(const TriplesMapFields& a, const TriplesMapFields& b) {
  return a.subject == b.subject && a.subject_references == b.subject_references;
}

bool has(std::span<const QuadId> quads, TermId predicate, TermId object) {
  return !object.is_undefined() && std::any_of(quads.begin(), quads.end(), [&](const QuadId& quad) {
    return quad.predicate == predicate && quad.object == object;
  });
}

/// Whether the template might give the IRI, going by what stands before its first value.
bool begins_like(const std::string& subject, const std::string& iri) {
  return iri.starts_with(std::string_view(subject).substr(0, subject.find('{')));
}

/// Up to the last slash, as relative IRIs go on from there.
std::string folder_of(const std::string& iri) { return iri.substr(0, iri.rfind('/') + 1); }

std::vector<QuadId> of_graph(std::span<const QuadId> quads, TermId graph) {
  std::vector<QuadId> found;
  std::copy_if(quads.begin(), quads.end(), std::back_inserter(found),
               [graph](const QuadId& quad) { return quad.graph == graph; });
  return found;
}

}  // namespace

OriginFinder::OriginFinder(const store::View& view, std::span<const MappedGraph> graphs)
    : view_(view),
      graphs_(graphs),
      type_(id(Term::iri(rdf::rdf::type))),
      name_(id(Term::iri(std::string(rdf::schema::ns) + "name"))) {
  for (const MappedGraph& graph : graphs) {
    auto& maps = maps_.emplace_back();
    for (const TriplesMapFields& map : graph.maps) maps.push_back(known(map));
  }
}

TermId OriginFinder::id(const Term& term) const { return view_.find(term).value_or(TermId()); }

OriginFinder::KnownMap OriginFinder::known(const TriplesMapFields& map) const {
  KnownMap made;
  made.map = &map;
  for (const std::string& iri : map.classes) made.classes.push_back(id(Term::iri(iri)));
  for (const std::string& iri : map.possible_classes) made.possible_classes.push_back(id(Term::iri(iri)));
  for (const PredicateFields& field : map.predicates) {
    if (field.constant) made.constants.emplace_back(id(Term::iri(field.predicate)), id(*field.constant));
  }
  return made;
}

bool OriginFinder::has_constants(const KnownMap& map, std::span<const QuadId> quads) {
  return std::all_of(map.constants.begin(), map.constants.end(),
                     [&](const auto& constant) { return has(quads, constant.first, constant.second); });
}

OriginFinder::Makers OriginFinder::makers(const std::string& iri, std::uint32_t graph,
                                          std::span<const QuadId> quads) const {
  const auto has_type = [&](TermId type) { return has(quads, type_, type); };
  Makers given;
  Makers likely;
  for (const KnownMap& each : maps_[graph]) {
    const TriplesMapFields& map = *each.map;
    if (!std::all_of(each.classes.begin(), each.classes.end(), has_type)) continue;
    if (!map.is_blank && !map.subject.empty()) {
      if (mapping::undo_template(map.subject, iri)) {
        given.push_back(&each);
        continue;
      }
      if (!begins_like(map.subject, iri) || map.subject_references.empty()) continue;
    }
    const bool typed =
        !each.classes.empty() || std::any_of(each.possible_classes.begin(), each.possible_classes.end(), has_type);
    if (typed) likely.push_back(&each);
  }
  Makers& found = given.empty() ? likely : given;
  const Makers all = found;
  std::erase_if(found, [&](const KnownMap* map) {
    return !has_constants(*map, quads) && std::any_of(all.begin(), all.end(), [&](const KnownMap* other) {
      return !other->constants.empty() && has_constants(*other, quads) && !are_of_one_record(*map->map, *other->map);
    });
  });
  return std::move(found);
}

/// The value of a column or field as the node has it unchanged; "" if it has not.
std::string OriginFinder::value(const Makers& maps, const std::string& reference, std::span<const QuadId> quads) const {
  for (const KnownMap* each : maps) {
    for (const PredicateFields& field : each->map->predicates) {
      if (!field.plain || field.references.front() != reference) continue;
      const TermId predicate = id(Term::iri(field.predicate));
      const auto quad =
          std::find_if(quads.begin(), quads.end(), [&](const QuadId& q) { return q.predicate == predicate; });
      if (quad != quads.end()) return view_.term(quad->object).value;
    }
  }
  return {};
}

OriginFinder::Values OriginFinder::values(const std::string& iri, const Makers& maps,
                                          std::span<const QuadId> quads) const {
  for (const KnownMap* each : maps) {
    if (each->map->is_blank || each->map->subject.empty()) continue;
    if (!each->map->base.empty()) {  // a value without characters that a path would have was a relative IRI
      const auto relative = mapping::undo_template(folder_of(each->map->base) + each->map->subject, iri);
      if (relative && !relative->empty()) return *relative;
    }
    if (const auto undone = mapping::undo_template(each->map->subject, iri); undone && !undone->empty()) return *undone;
  }
  Values found;
  const auto add = [&](const std::string& reference) {
    if (std::string text = value(maps, reference, quads); !text.empty()) found.emplace_back(reference, std::move(text));
  };
  for (const std::string& reference : maps.front()->map->subject_references) add(reference);
  if (!found.empty()) return found;
  for (const KnownMap* each : maps) {
    for (const PredicateFields& field : each->map->predicates) {
      if (found.empty() && field.plain && id(Term::iri(field.predicate)) == name_) add(field.references.front());
    }
  }
  return found;
}

std::optional<shacl::Record> OriginFinder::record(const std::string& iri, std::uint32_t graph, Makers maps,
                                                  std::span<const QuadId> quads) const {
  Values found;
  while (!maps.empty()) {
    const auto rest = std::stable_partition(maps.begin(), maps.end(), [first = maps.front()](const KnownMap* map) {
      return are_of_one_record(*first->map, *map->map);
    });
    const Makers together(maps.begin(), rest);
    maps.erase(maps.begin(), rest);
    Values more = values(iri, together, quads);
    if (more.empty()) continue;
    if (!found.empty() && found != more) return std::nullopt;  // it cannot be told which of them made the node
    found = std::move(more);
  }
  if (found.empty()) return std::nullopt;
  const bool is_table = graphs_[graph].maps.front().is_table;
  for (auto& [reference, text] : found) reference = shown_reference(reference, is_table);
  return shacl::Record{graphs_[graph].file, std::move(found)};
}

std::vector<SubjectOrigin> OriginFinder::find(const std::string& iri, std::span<const QuadId> quads) const {
  std::vector<SubjectOrigin> origins;
  for (std::uint32_t graph = 0; graph < graphs_.size(); ++graph) {
    const std::vector<QuadId> said = of_graph(quads, graphs_[graph].graph);
    if (said.empty()) continue;
    const Makers maps = makers(iri, graph, said);
    if (maps.empty()) continue;
    SubjectOrigin& origin = origins.emplace_back();
    origin.graph = graph;
    for (const KnownMap* map : maps) origin.maps.push_back(map->map);
    origin.record = record(iri, graph, maps, said);
  }
  return origins;
}

}  // namespace scenograph::ingest
