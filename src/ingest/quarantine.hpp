#pragma once

#include "rdf/term.hpp"
#include "store/store.hpp"

namespace scenograph::ingest {

/// Marks a graph as one that nobody but its contributor and the operator is to see, in the graph that holds what is
/// said of graphs.
void set_quarantine(store::Transaction& transaction, store::TermId graph, store::TermId provenance);

/// All graphs but those in quarantine. Cost: one look-up, and one for each of those.
[[nodiscard]] store::GraphSet out_of_quarantine(const store::View& view);

}  // namespace scenograph::ingest
