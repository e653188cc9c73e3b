#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace scenograph::server::tests {

struct Answer {
  int status = 0;                              ///< 0: the connection closed without an answer
  std::map<std::string, std::string> headers;  ///< by lower-case name
  std::string body;                            ///< chunks joined
  bool complete = false;                       ///< whether the body came whole
};

/// A plain TCP connection to the loopback address, with timeouts of ten seconds.
class Client {
 public:
  explicit Client(std::uint16_t port);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  void send(std::string_view bytes) const;
  [[nodiscard]] Answer receive(bool head = false);

  /// Whether the server closes the connection within the timeouts.
  [[nodiscard]] bool is_closed_by_server();

 private:
  bool fill();

  int socket_;
  std::string input_;
};

struct Call {
  std::string method = "GET";
  std::string target = "/";
  std::map<std::string, std::string> headers;
  std::string body;
};

/// One request on a connection of its own.
[[nodiscard]] Answer call(std::uint16_t port, const Call& call);
[[nodiscard]] Answer get(std::uint16_t port, const std::string& target,
                         const std::map<std::string, std::string>& headers = {});

/// Percent-encoded for a query string or form.
[[nodiscard]] std::string encode(std::string_view text);

}  // namespace scenograph::server::tests
