#pragma once

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/scan_pattern.hpp"

namespace scenograph::sparql {

/// The quads that match a pattern, sorted by `order`. Columns: those the pattern names, from 0 to `width` - 1.
[[nodiscard]] OperatorPtr make_index_scan(Context& context, ScanPattern pattern, store::Order order, std::size_t width);

}  // namespace scenograph::sparql
