#pragma once

#include <functional>
#include <vector>

#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

/// The rows of `make(0)`, then of `make(1)` and so on up to `count` - 1, each made only when its turn comes (one per
/// named graph, for GRAPH ?g over patterns that must be evaluated graph by graph).
[[nodiscard]] OperatorPtr make_deferred(std::size_t count, std::function<OperatorPtr(std::size_t)> make);

}  // namespace scenograph::sparql
