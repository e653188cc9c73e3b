#pragma once

#include <vector>

#include "canon/internal/blank_quads.hpp"

namespace scenograph::canon {

/// For each blank node of `a` the one of `b` that it is paired with, or no_node; each node is paired once at most.
/// Pairs those first whose surroundings are alike the farthest, then those that share the most quads.
///
/// Time: near-linear in the quads.
[[nodiscard]] std::vector<Node> pair_nodes(const BlankQuads& a, const BlankQuads& b);

}  // namespace scenograph::canon
