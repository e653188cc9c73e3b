#pragma once

#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

/// One column: the ids, in order. They are charged to the budget until the operator goes.
[[nodiscard]] OperatorPtr make_id_list(Context& context, std::vector<store::TermId> ids);

}  // namespace scenograph::sparql
