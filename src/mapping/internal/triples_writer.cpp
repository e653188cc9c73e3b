#include "mapping/internal/triples_writer.hpp"

#include <algorithm>

#include "mapping/internal/document.hpp"

namespace scenograph::mapping::internal {

namespace {

void default_graphs(std::vector<rdf::Term>& graphs) {
  static const std::string default_graph = rml_iri("defaultGraph");
  for (rdf::Term& graph : graphs) {
    if (graph.value == default_graph) graph = {};
  }
}

}  // namespace

std::uint64_t TriplesWriter::write() {
  subjects_.clear();
  maker_.make(map_.subject, subjects_);
  if (subjects_.empty()) return 0;
  std::uint64_t count = 0;
  std::size_t table = 0;
  for (const PredicateObjectMap& properties : map_.properties) {
    predicates_.clear();
    graphs_.clear();
    for (const TermMap& predicate : properties.predicates) maker_.make(predicate, predicates_);
    find_objects(properties, table);
    if (objects_.empty()) continue;
    add_graphs(map_.graphs);
    add_graphs(properties.graphs);
    if (map_.graphs.empty() && properties.graphs.empty()) graphs_.emplace_back();
    for (const rdf::Term& subject : subjects_) {
      quad_.subject = subject;
      for (const rdf::Term& predicate : predicates_) {
        quad_.predicate = predicate;
        for (const rdf::Term& object : objects_) {
          quad_.object = object;
          for (const rdf::Term& graph : graphs_) {
            quad_.graph = graph;
            sink_(quad_);
            ++count;
          }
        }
      }
    }
  }
  return count;
}

void TriplesWriter::add_graphs(const std::vector<TermMap>& maps) {
  for (const TermMap& map : maps) maker_.make(map, graphs_);
  default_graphs(graphs_);
}

void TriplesWriter::find_objects(const PredicateObjectMap& properties, std::size_t& table) {
  objects_.clear();
  for (const TermMap& object : properties.objects) maker_.make(object, objects_);
  for (const Join& join : properties.joins) {
    if (join.subject_here) {
      maker_.make(*join.subject_here, objects_);
    } else {
      tables_[table++]->find(maker_, objects_);
    }
  }
}

}  // namespace scenograph::mapping::internal
