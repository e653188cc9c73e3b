#pragma once

#include <memory>

#include "net/fetch.hpp"
#include "sparql/service_client.hpp"

namespace scenograph::sparql::federation {

/// A client that asks endpoints over HTTP: by POST, answered as JSON or XML, whose media type must say so.
[[nodiscard]] std::shared_ptr<const ServiceClient> make_http_services(net::FetchPolicy policy);

}  // namespace scenograph::sparql::federation
