#pragma once

#include <memory>

#include "conformance/manifest.hpp"
#include "sparql/service_client.hpp"

namespace scenograph::conformance {

/// Servers of this process that stand for the endpoints of a test's qt:serviceData, each over its qt:data; asked over
/// HTTP at a loopback address in place of their own. Other endpoints cannot be reached.
[[nodiscard]] std::shared_ptr<const sparql::ServiceClient> start_endpoints(const Graph& manifest,
                                                                           const rdf::Term& action);

}  // namespace scenograph::conformance
