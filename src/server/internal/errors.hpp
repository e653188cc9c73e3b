#pragma once

#include <string_view>

#include "base/error.hpp"
#include "server/internal/exchange.hpp"

namespace scenograph::server {

/// The HTTP status that says what the error means to a client.
[[nodiscard]] int status_of(base::Code code) noexcept;

/// The error as plain text, or as JSON (`{"error":{"status","code","message","line","column"}}`) where the Accept
/// header prefers that. Busy and out-of-memory errors carry Retry-After.
[[nodiscard]] Response error_response(const base::Error& error, std::string_view accept);

/// As above with a status that the error's code does not tell.
[[nodiscard]] Response error_response(int status, const base::Error& error, std::string_view accept);

/// The answer to a fault of the program itself, whose cause is in the log only.
[[nodiscard]] Response fault_response();

}  // namespace scenograph::server
