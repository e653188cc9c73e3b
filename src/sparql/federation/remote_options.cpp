#include "sparql/federation/remote_options.hpp"

#include "sparql/federation/http_services.hpp"

namespace scenograph::sparql::federation {

std::shared_ptr<const ServiceClient> make_services(const RemoteOptions& options) {
  if (options.allow_service.empty()) return nullptr;
  return make_http_services({{"--allow-service", options.allow_service}, options.timeout, options.max_bytes});
}

}  // namespace scenograph::sparql::federation
