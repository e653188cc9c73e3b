#pragma once

#include <vector>

#include "sparql/exec/operators/accumulator.hpp"

namespace scenograph::sparql {

/// One row per group of rows that agree in the key columns: those columns, then the aggregates.
///
/// Groups for which there is no memory are made from disk, after the others.
///
/// @param whole  there is exactly one group, even of no rows (a query without GROUP BY).
[[nodiscard]] OperatorPtr make_group(Context& context, OperatorPtr input, std::vector<std::size_t> keys,
                                     std::vector<Aggregate> aggregates, bool whole);

}  // namespace scenograph::sparql
