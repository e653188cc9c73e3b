#pragma once

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

/// All rows in the order of one column's ids, equal ones as they came, for what merges with an index. Rows are kept in
/// memory, charged to the budget; some 15 ns each, and 2 for each of their terms.
[[nodiscard]] OperatorPtr make_id_sort(Context& context, OperatorPtr input, std::size_t width, std::size_t column);

}  // namespace scenograph::sparql
