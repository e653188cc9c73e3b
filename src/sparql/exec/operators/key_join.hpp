#pragma once

#include "sparql/exec/operators/hash_join.hpp"

namespace scenograph::sparql {

/// As `make_hash_join` and `make_semi_join`, for columns that both sides bind, and without further condition: whole
/// batches are looked up at once. Some 5 ns a left row without match, 10 a row of the result.
///
/// REQUIRES: columns.are_bound.
[[nodiscard]] OperatorPtr make_key_join(Context& context, OperatorPtr left, RightSide right, JoinColumns columns,
                                        bool keeps_unmatched);
[[nodiscard]] OperatorPtr make_key_semi_join(Context& context, OperatorPtr left, RightSide right, JoinColumns columns,
                                             bool matching);

}  // namespace scenograph::sparql
