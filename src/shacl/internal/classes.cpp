#include "shacl/internal/classes.hpp"

#include <algorithm>

#include "rdf/vocab.hpp"

namespace scenograph::shacl {

using store::TermId;

namespace {

Path predicate_path(std::string_view iri) { return {Path::Kind::Predicate, rdf::Term::iri(iri), {}}; }
Path inverse_path(std::string_view iri) { return {Path::Kind::Inverse, {}, {predicate_path(iri)}}; }

}  // namespace

Classes::Classes(const Shapes& shapes, Nodes& nodes, PathReader& reader)
    : nodes_(&nodes),
      reader_(&reader),
      type_path_(predicate_path(rdf::rdf::type)),
      type_of_path_(inverse_path(rdf::rdf::type)),
      superclass_of_path_(inverse_path(rdf::rdfs::subClassOf)) {
  for (const auto& [sub, super] : shapes.hierarchy) below_.emplace(nodes.id(super), nodes.id(sub));
}

const std::vector<TermId>& Classes::family(const rdf::Term& type) {
  const TermId top = nodes_->id(type);
  if (const auto it = families_.find(top); it != families_.end()) return it->second;
  std::vector<TermId> all{top};
  for (std::vector<TermId> frontier{top}; !frontier.empty();) {
    std::vector<TermId> next = reader_->follow(superclass_of_path_, frontier).nodes;
    for (const TermId node : frontier) {
      const auto [first, last] = below_.equal_range(node);
      for (auto it = first; it != last; ++it) next.push_back(it->second);
    }
    sort_unique(next);
    std::erase_if(next, [&all](TermId node) { return std::binary_search(all.begin(), all.end(), node); });
    all.insert(all.end(), next.begin(), next.end());
    sort_unique(all);
    frontier = std::move(next);
  }
  return families_.emplace(top, std::move(all)).first->second;
}

std::vector<TermId> Classes::instances(const rdf::Term& type) {
  auto found = reader_->follow(type_of_path_, family(type)).nodes;
  sort_unique(found);
  return found;
}

std::vector<bool> Classes::are_instances(std::span<const TermId> nodes, const rdf::Term& type) {
  const auto& types = family(type);
  const Rows rows = reader_->follow(type_path_, nodes);
  std::vector<bool> result(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto own = rows.of(i);
    result[i] = std::any_of(own.begin(), own.end(),
                            [&types](TermId node) { return std::binary_search(types.begin(), types.end(), node); });
  }
  return result;
}

}  // namespace scenograph::shacl
