#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/internal/exchange.hpp"
#include "server/server.hpp"

namespace scenograph::server {

/// A whole request as it came over the wire, and where its answer goes.
struct RawRequest {
  int socket = -1;  ///< non-blocking
  std::string head_and_body;
  std::string body;  ///< chunks joined
  std::string peer;
  std::shared_ptr<ClientWatch> client;
};

/// Writes the answer to the socket; @return whether the connection can take another request. Called on a worker's
/// thread, its number given, so that workers need share nothing.
using Answerer = std::function<bool(const RawRequest&, std::size_t worker)>;

/// Holds all connections in one thread and gives a request to a worker only once it has arrived whole: a client that
/// says nothing, or says it slowly, keeps no worker. While a worker is busy the front notices the client leaving.
class Front {
 public:
  /// Binds and listens. @throws Error(Code::Io, Code::Denied, Code::BadArgument) naming `--listen`.
  [[nodiscard]] static std::unique_ptr<Front> listen(const ServerOptions& options, Answerer answerer);

  virtual ~Front() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  virtual void start() = 0;

  /// As `Server::stop`.
  virtual void stop() = 0;
};

}  // namespace scenograph::server
