#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "shacl/internal/nodes.hpp"
#include "shacl/internal/path_reader.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::shacl {

/// Classes with their subclasses, by the rdfs:subClassOf triples of the data and of the shapes graph. One thread.
class Classes {
 public:
  Classes(const Shapes& shapes, Nodes& nodes, PathReader& reader);

  /// SHACL instances of the class, sorted, each once.
  [[nodiscard]] std::vector<store::TermId> instances(const rdf::Term& type);

  /// For each of `nodes` (sorted, each once) whether it is an instance.
  [[nodiscard]] std::vector<bool> are_instances(std::span<const store::TermId> nodes, const rdf::Term& type);

 private:
  /// The class and all below it, sorted.
  [[nodiscard]] const std::vector<store::TermId>& family(const rdf::Term& type);

  Nodes* nodes_;
  PathReader* reader_;
  Path type_path_;
  Path type_of_path_;
  Path superclass_of_path_;
  std::unordered_multimap<store::TermId, store::TermId> below_;  // of the shapes graph
  std::unordered_map<store::TermId, std::vector<store::TermId>> families_;
};

}  // namespace scenograph::shacl
