#pragma once

#include <span>
#include <string>
#include <vector>

#include "mapping/fields.hpp"
#include "rdf/term.hpp"
#include "store/store.hpp"

namespace scenograph::ingest {

/// What the provenance says of a graph that a mapping made.
struct MappedGraph {
  store::TermId graph;
  std::string file;                             ///< name of the export; the graph's IRI if it is not known
  std::string mapping;                          ///< name of the mapping's file; may be empty
  std::vector<mapping::TriplesMapFields> maps;  ///< references of one predicate sorted
};

/// Puts into the graph `provenance` which columns or fields make what `graph` says (docs/model.md), in place of what
/// it said of that before; of no `maps` nothing is left. The same list again changes nothing.
void write_mapped_fields(store::Transaction& transaction, const rdf::Term& graph,
                         std::span<const mapping::TriplesMapFields> maps, store::TermId provenance);

/// Takes that out again.
void forget_mapped_fields(store::Transaction& transaction, store::TermId graph, store::TermId provenance);

/// A reference as people read it: the paths "$.events[*].title" and "$[*].title" of JSON as "events[*].title", "title".
[[nodiscard]] std::string shown_reference(const std::string& reference, bool is_table);

/// All such lists, as graphs whose IRI ends in "/graph/provenance" have them. Cost: in proportion to them; none in a
/// store without.
[[nodiscard]] std::vector<MappedGraph> read_mapped_fields(const store::View& view);

}  // namespace scenograph::ingest
