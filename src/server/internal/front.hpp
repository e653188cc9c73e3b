#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/internal/body_source.hpp"
#include "server/internal/exchange.hpp"
#include "server/internal/listener.hpp"
#include "server/server.hpp"

namespace scenograph::server {

/// A whole request as it came over the wire, or an upload's headers; and where its answer goes.
struct RawRequest {
  int socket = -1;  ///< non-blocking
  std::string head_and_body;
  std::string body;                    ///< chunks joined
  std::unique_ptr<BodySource> upload;  ///< instead of `body`, for uploads
  bool is_streamed = false;            ///< some of the upload may be on its way: the connection ends with the answer
  std::string peer;
  std::shared_ptr<ClientWatch> client;
};

/// Writes the answer to the socket; @return whether the connection can take another request. Called on a worker's
/// thread, its number given, so that workers need share nothing.
using Answerer = std::function<bool(const RawRequest&, std::size_t worker)>;

/// The whole answer to a request that cannot be handed on. @param head  what came of its request line and headers
using Refuser = std::function<std::string(int status, std::string_view reason, std::string_view head)>;

/// Holds all connections in one thread and gives a request to a worker only once it has arrived whole: a client that
/// says nothing, or says it slowly, keeps no worker. Large uploads alone are received by the worker itself. While a
/// worker is busy the front notices the client leaving.
class Front {
 public:
  /// @param listener  as `listen_on` gives it. @throws Error(Code::Io)
  [[nodiscard]] static std::unique_ptr<Front> make(Descriptor listener, const ServerOptions& options, Answerer answerer,
                                                   Refuser refuser);

  virtual ~Front() = default;
  virtual void start() = 0;

  /// As `Server::stop`.
  virtual void stop() = 0;
};

}  // namespace scenograph::server
