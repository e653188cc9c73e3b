#pragma once

#include <memory>
#include <optional>

#include "base/budget.hpp"
#include "sparql/algebra/algebra.hpp"
#include "sparql/query.hpp"
#include "store/view.hpp"

namespace scenograph::sparql {

/// Plans a query and runs it as the result is read. Blank nodes of the store come out with the label the store knows
/// them by, so that a transaction that reads through the same view can intern them again.
///
/// @param view    held as long as the result lives; may be a transaction wrapped in a shared_ptr.
/// @param budget  deadline and memory; null means no limits.
/// @param charge  what the query itself was charged to the budget, held as long as the result lives.
/// @throws        Error(Code::Unsupported) for functions that are not there, by name; Error(Code::Denied) for SERVICE
///                without `options.services`.
[[nodiscard]] std::unique_ptr<QueryResult> run_algebra(std::shared_ptr<const store::View> view, algebra::Query query,
                                                       const QueryOptions& options,
                                                       std::shared_ptr<base::Budget> budget,
                                                       std::optional<base::Charge> charge = std::nullopt);

}  // namespace scenograph::sparql
