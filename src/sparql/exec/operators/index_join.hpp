#pragma once

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/scan_pattern.hpp"

namespace scenograph::sparql {

/// For each row of `left`, the quads that match the pattern with that row's terms put in: one pass forward over the
/// index for each batch of left rows, or for all of them as long as they come sorted by what the two share (then it is
/// a merge join that skips). Rows keep the order of sorted left rows; others come sorted within each batch.
///
/// The pattern's columns are those of the result: those below `left_width` are the left's own. At least one of them
/// stands for a subject, predicate or object.
/// REQUIRES: left rows bind those.
///
/// Cost: two comparisons a row where both sides are dense, else a search of the index for each distinct term.
/// @param keeps_unmatched  whether left rows without match come too (OPTIONAL).
[[nodiscard]] OperatorPtr make_index_join(Context& context, OperatorPtr left, std::size_t left_width,
                                          const ScanPattern& pattern, std::size_t width, bool keeps_unmatched);

}  // namespace scenograph::sparql
