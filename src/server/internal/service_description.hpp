#pragma once

#include "server/internal/exchange.hpp"
#include "server/internal/services.hpp"

namespace scenograph::server {

/// Whether a request to the endpoint asks what the endpoint is: a GET without query or update.
[[nodiscard]] bool asks_for_description(const Request& request);

/// The endpoint described for programs: languages, features, formats, and the graphs that the caller may read.
///
/// Source: SPARQL 1.1 Service Description.
[[nodiscard]] Response describe_service(const Services& services, const Request& request);

}  // namespace scenograph::server
