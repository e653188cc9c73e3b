#pragma once

#include <chrono>
#include <memory>

#include "base/error.hpp"
#include "server/internal/exchange.hpp"
#include "server/internal/front.hpp"

namespace scenograph::server {

/// Reads the head of a request, has it handled, and writes the answer in HTTP/1.1. One thread.
class Responder {
 public:
  struct Options {
    std::chrono::milliseconds write_timeout;
    std::chrono::milliseconds idle_timeout;
    std::size_t max_body_bytes;  ///< after decompression
  };

  /// What to answer a request with that could not be read, or whose handling failed.
  using ErrorHandler = std::function<Response(const Request&, int status, const base::Error&)>;

  [[nodiscard]] static std::unique_ptr<Responder> make(Handler handler, ErrorHandler on_error, const Options& options);
  virtual ~Responder() = default;

  /// @return  whether the connection can take another request.
  [[nodiscard]] virtual bool answer(const RawRequest& raw) = 0;
};

}  // namespace scenograph::server
