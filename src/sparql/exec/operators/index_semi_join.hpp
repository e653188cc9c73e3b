#pragma once

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/scan_pattern.hpp"

namespace scenograph::sparql {

/// The left rows for which there is a quad that matches the pattern with the row's terms put in, or for which there is
/// none; in the left's order. The index is passed through as by `make_index_join`, whose requirements hold here too.
///
/// @param matching  whether rows with or without match are kept.
[[nodiscard]] OperatorPtr make_index_semi_join(Context& context, OperatorPtr left, std::size_t left_width,
                                               const ScanPattern& pattern, bool matching);

}  // namespace scenograph::sparql
