#pragma once

#include <unordered_map>
#include <vector>

#include "shacl/internal/nodes.hpp"
#include "shacl/internal/path_reader.hpp"
#include "shacl/validate.hpp"
#include "store/graph_set.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

/// What people know the nodes by, and the nodes they are part of. Cost: a few passes over parts of the index, and one
/// lookup for each node without a name.
[[nodiscard]] std::unordered_map<rdf::Term, Entity> describe(const store::View& view, const store::GraphSet& graphs,
                                                             Nodes& nodes, PathReader& reader,
                                                             std::vector<store::TermId> ids);

}  // namespace scenograph::shacl
