#pragma once

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/scan_pattern.hpp"

namespace scenograph::sparql {

/// For each row of `left`, the quads that match the pattern with that row's terms put in: an index nested-loop join.
///
/// The pattern's columns are those of the result: below `left_width` they are the left's own, which an Undefined there
/// is filled from; the others are new. Rows keep the left's order.
///
/// @param keeps_unmatched  whether left rows without match come too (OPTIONAL).
[[nodiscard]] OperatorPtr make_bind_join(Context& context, OperatorPtr left, std::size_t left_width,
                                         ScanPattern pattern, std::size_t width, bool keeps_unmatched);

}  // namespace scenograph::sparql
