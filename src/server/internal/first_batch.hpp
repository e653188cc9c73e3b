#pragma once

#include <memory>

#include "server/internal/running_queries.hpp"
#include "sparql/query.hpp"

namespace scenograph::server {

/// The same result with its first batch read already, so that a query that fails before its first row is answered with
/// a proper status rather than cut off. @throws what reading throws.
///
/// @param query  is told of rows and failures, and held as long as the result lives.
[[nodiscard]] std::unique_ptr<sparql::QueryResult> read_first_batch(std::unique_ptr<sparql::QueryResult> result,
                                                                    std::shared_ptr<RunningQuery> query);

}  // namespace scenograph::server
