#pragma once

#include <optional>
#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/scan_pattern.hpp"
#include "store/inline_value.hpp"

namespace scenograph::sparql {

/// The quads that match a pattern, sorted by `order`. Columns: those the pattern names, from 0 to `width` - 1.
///
/// @param spans  of ids, ascending: only quads whose first member in the order that is no constant lies in one of them.
[[nodiscard]] OperatorPtr make_index_scan(Context& context, ScanPattern pattern, store::Order order, std::size_t width,
                                          std::optional<std::vector<store::IdSpan>> spans);

}  // namespace scenograph::sparql
