#pragma once

#include <cstdint>
#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

struct SortKey {
  std::size_t column = 0;
  bool descending = false;
};

/// All rows in the order of SPARQL (SPARQL 1.1 Query, section 15.1); rows that compare equal come in the order of their
/// ids, so that the result is the same each time.
///
/// @param limit  only the first rows are asked for: memory is held for about twice as many.
[[nodiscard]] OperatorPtr make_sort(Context& context, OperatorPtr input, std::size_t width, std::vector<SortKey> keys,
                                    std::uint64_t limit);

}  // namespace scenograph::sparql
