#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "base/bytes.hpp"

namespace scenograph::server {

/// Whether the client of a request is still there, and whose work ends when it is not. Thread-safe.
class ClientWatch {
 public:
  /// Cancels `budget` once the client has gone; at once if it has already.
  void cancel_when_gone(std::shared_ptr<base::Budget> budget);

  /// Tells that the client hung up.
  void gone() noexcept;

 private:
  std::mutex mutex_;
  bool gone_ = false;
  std::shared_ptr<base::Budget> budget_;
};

class BodySource;

using Parameters = std::multimap<std::string, std::string, std::less<>>;

/// An HTTP request that has arrived whole, but for an upload's body.
struct Request {
  std::string method;
  std::string path;                                         ///< percent-decoded, without query
  std::string target;                                       ///< path and query as sent
  Parameters parameters;                                    ///< of the query string, decoded
  std::map<std::string, std::string, std::less<>> headers;  ///< by lower-case name; repeated ones joined by ", "
  std::string body;                                         ///< after chunks and compression are undone
  BodySource* upload = nullptr;                             ///< of an upload: the body as it was sent; else null
  std::string peer;                                         ///< the client's address
  std::shared_ptr<ClientWatch> client;

  /// "" if absent. `name` is in lower case.
  [[nodiscard]] std::string_view header(std::string_view name) const;

  /// The first value of a query parameter, "" if absent.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// Writes the body piece by piece instead of `body`; an Error thrown cuts the answer off.
  std::function<void(const base::ByteSink&)> stream;
};

using Handler = std::function<Response(const Request&)>;

/// The pairs of an application/x-www-form-urlencoded text, decoded.
[[nodiscard]] Parameters parse_form(std::string_view text);

/// The first value of `name`, "" if absent.
[[nodiscard]] std::string_view value_of(const Parameters& parameters, std::string_view name);

}  // namespace scenograph::server
