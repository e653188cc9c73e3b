#pragma once

#include <cstdint>

#include "sparql/exec/evaluator.hpp"
#include "sparql/exec/operators/join_sides.hpp"

namespace scenograph::sparql {

/// Every left row merged with every compatible right row. The right side is kept in memory, and rows keep the
/// left's order; what of it does not fit goes to disk with the left side, and rows come in no order.
///
/// @param keeps_unmatched  whether a left row without match comes too, unmerged (OPTIONAL).
/// @param condition        what a merged row must fulfil to be a match; may be null. Columns are the result's.
[[nodiscard]] OperatorPtr make_hash_join(Context& context, OperatorPtr left, RightSide right, JoinColumns columns,
                                         bool keeps_unmatched, EvaluatorPtr condition);

enum class SemiJoin : std::uint8_t {
  Exists,     ///< left rows that have a compatible right row
  NotExists,  ///< left rows that have none
  Minus,      ///< left rows that have none that shares a bound variable with them
};

/// Left rows chosen by whether the right side matches them; the columns and the order are the left's.
[[nodiscard]] OperatorPtr make_semi_join(Context& context, OperatorPtr left, RightSide right, JoinColumns columns,
                                         SemiJoin kind);

}  // namespace scenograph::sparql
