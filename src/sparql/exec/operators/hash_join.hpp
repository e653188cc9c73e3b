#pragma once

#include <cstdint>
#include <functional>

#include "sparql/exec/evaluator.hpp"
#include "sparql/exec/operators/join_table.hpp"

namespace scenograph::sparql {

/// The right side of a join: either one operator, read once, or one made for each batch of left rows, which may then
/// leave out what cannot match them.
struct RightSide {
  OperatorPtr once;
  std::function<OperatorPtr(const Batch& left)> for_batch;

  /// Makes `table` hold what the rows of `left` may match.
  template <typename Table>
  void prepare(Table& table, const Batch& left) {
    if (for_batch) {
      table.clear();
      table.build(*for_batch(left));
    } else if (once) {
      table.build(*once);
      once.reset();
    }
  }
};

/// Every left row merged with every compatible right row. The right side is kept in memory; rows keep the left's order.
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

/// Left rows chosen by whether the right side matches them; the columns are the left's.
[[nodiscard]] OperatorPtr make_semi_join(Context& context, OperatorPtr left, RightSide right, JoinColumns columns,
                                         SemiJoin kind);

}  // namespace scenograph::sparql
