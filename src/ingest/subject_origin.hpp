#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ingest/mapped_fields.hpp"
#include "shacl/origin.hpp"
#include "store/view.hpp"

namespace scenograph::ingest {

/// Which triples maps of one graph make a node, and from which record.
struct SubjectOrigin {
  std::uint32_t graph = 0;                             ///< index of the graph
  std::vector<const mapping::TriplesMapFields*> maps;  ///< never none
  std::optional<shacl::Record> record;
};

/// Tells which triples maps make a node. One thread. The view and the graphs must outlive it.
class OriginFinder {
 public:
  OriginFinder(const store::View& view, std::span<const MappedGraph> graphs);

  /// The origins of the node that has these quads (all of one subject), at most one for each graph.
  ///
  /// Triples maps whose template gives the IRI are those; else those whose classes the graph says it has. Where these
  /// read different records, the ones go before whose constants it has.
  [[nodiscard]] std::vector<SubjectOrigin> find(const std::string& iri, std::span<const store::QuadId> quads) const;

 private:
  /// A triples map, with its terms as ids of the view; undefined where the view has no such term.
  struct KnownMap {
    const mapping::TriplesMapFields* map = nullptr;
    std::vector<store::TermId> classes;
    std::vector<store::TermId> possible_classes;
    std::vector<std::pair<store::TermId, store::TermId>> constants;
  };

  using Makers = std::vector<const KnownMap*>;
  using Values = std::vector<std::pair<std::string, std::string>>;

  [[nodiscard]] store::TermId id(const rdf::Term& term) const;
  [[nodiscard]] KnownMap known(const mapping::TriplesMapFields& map) const;
  [[nodiscard]] static bool has_constants(const KnownMap& map, std::span<const store::QuadId> quads);
  [[nodiscard]] Makers makers(const std::string& iri, std::uint32_t graph, std::span<const store::QuadId> quads) const;
  [[nodiscard]] std::optional<shacl::Record> record(const std::string& iri, std::uint32_t graph, Makers maps,
                                                    std::span<const store::QuadId> quads) const;
  [[nodiscard]] Values values(const std::string& iri, const Makers& maps, std::span<const store::QuadId> quads) const;
  [[nodiscard]] std::string value(const Makers& maps, const std::string& reference,
                                  std::span<const store::QuadId> quads) const;

  const store::View& view_;
  std::span<const MappedGraph> graphs_;
  std::vector<std::vector<KnownMap>> maps_;  // by graph
  store::TermId type_;
  store::TermId name_;
};

}  // namespace scenograph::ingest
