#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/budget.hpp"
#include "server/internal/exchange.hpp"
#include "server/server.hpp"

namespace scenograph::server {

/// What one query or update may spend, and what to do about each limit, for messages.
struct QueryLimits {
  std::chrono::milliseconds timeout{0};
  std::size_t memory = 0;  ///< bytes
  std::uint64_t max_results = 0;
  base::Remedies remedies;
  std::string_view max_results_remedy;
};

/// The server's limits, lowered to the request's parameters `timeout`, `query-memory` and `max-results` where these are
/// stricter. @throws Error(Code::BadArgument) naming a parameter that is no such number.
[[nodiscard]] QueryLimits limits_of(const ServerOptions& options, const Parameters& parameters);

}  // namespace scenograph::server
