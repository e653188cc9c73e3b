#pragma once

#include "base/budget.hpp"
#include "shacl/validate.hpp"
#include "store/graph_set.hpp"
#include "store/view.hpp"

namespace scenograph::ingest {

/// Adds to a report which columns or fields of which exports its results speak of, and which records its nodes come
/// from
/// (`Result::fields`, `Entity::records`), as far as the provenance tells (`read_mapped_fields`) and the graphs still
/// hold the nodes.
///
/// A node's triples maps are those whose template gives its IRI, else those whose classes it has. A result's fields are
/// those that these maps have for the last predicate of its path, on the node that has the value; of repeated
/// predicates the shortest way counts, of inverse ones nothing is told.
///
/// @param view    that the report was made from
/// @param graphs  likewise
/// Cost: in proportion to the results that are kept: one pass over what is said of their nodes, of each node up to
/// 4,096 triples. @throws Error(Code::Timeout, Code::Cancelled) from the budget.
void trace(const store::View& view, const store::GraphSet& graphs, const base::Budget& budget, shacl::Report& report);

}  // namespace scenograph::ingest
