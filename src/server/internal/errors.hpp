#pragma once

#include <string_view>

#include "base/error.hpp"
#include "server/internal/exchange.hpp"

namespace scenograph::server {

/// The HTTP status that says what the error means to a client.
[[nodiscard]] int status_of(base::Code code) noexcept;

/// The error as plain text, or as JSON (`{"error":{"status","code","message","line","column"}}`) where the Accept
/// header prefers that. 503 carries Retry-After.
[[nodiscard]] Response error_response(int status, const base::Error& error, std::string_view accept);

}  // namespace scenograph::server
