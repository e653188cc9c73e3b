#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sparql/service_client.hpp"

namespace scenograph::sparql::federation {

/// What of other servers may be reached. Nothing is, unless it is listed: "HOST" (ports 80 and 443) or "HOST:PORT".
struct RemoteOptions {
  std::vector<std::string> allow_service;              ///< endpoints that SERVICE may ask
  std::vector<std::string> allow_load;                 ///< hosts that LOAD may fetch from
  std::chrono::milliseconds timeout{30'000};           ///< of one transfer; 0: none
  std::uint64_t max_bytes = std::uint64_t{64} << 20U;  ///< of one answer, decompressed; 0: any
};

/// A client over HTTP for the endpoints that are allowed; null if there are none.
/// @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] std::shared_ptr<const ServiceClient> make_services(const RemoteOptions& options);

}  // namespace scenograph::sparql::federation
