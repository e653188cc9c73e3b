#pragma once

#include <cstdint>

#include "base/budget.hpp"
#include "ingest/quad_table.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::ingest {

/// Adds to the data of one source what rules make of it, and of it alone: the data of others is neither read nor
/// spoken of.
///
/// @param quads   without blank nodes, all in the default graph; what is new is appended.
/// @param shapes  those whose rules are applied.
/// @return        how many quads are new.
/// Cost: that of putting the quads into a store for the time being, some 2 µs each, and of `shacl::infer`.
/// @throws  Error(Code::BadData) if a rule makes blank nodes; as `shacl::infer` and `ScratchStore`.
std::uint64_t complete(QuadTable& quads, const shacl::Shapes& shapes, base::Budget& budget);

}  // namespace scenograph::ingest
