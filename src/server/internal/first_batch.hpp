#pragma once

#include <memory>

#include "sparql/query.hpp"

namespace scenograph::server {

/// The same result with its first batch read already, so that a query that fails before its first row is answered with
/// a proper status rather than cut off. @throws what reading throws.
[[nodiscard]] std::unique_ptr<sparql::QueryResult> read_first_batch(std::unique_ptr<sparql::QueryResult> result);

}  // namespace scenograph::server
