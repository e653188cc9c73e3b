#pragma once

#include <string>
#include <string_view>

#include "server/internal/exchange.hpp"

namespace scenograph::server {

/// What can be told of a request that was not understood, or not received whole: what its answer should look like.
/// @param head  what came of its request line and headers
[[nodiscard]] Request request_of_head(std::string_view head);

/// The answer as it goes over the wire, after which the connection ends.
[[nodiscard]] std::string to_wire(const Response& response);

}  // namespace scenograph::server
