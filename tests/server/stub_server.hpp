#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace scenograph::server::tests {

/// A server on a free loopback port that sends what it is told to, sound HTTP or not. One connection at a time.
class StubServer {
 public:
  /// Gives the bytes to answer a whole request with; they are sent as they are, then the connection ends unless they
  /// have "Connection: keep-alive".
  using Reply = std::function<std::string(const std::string& request)>;

  explicit StubServer(Reply reply);
  StubServer(const StubServer&) = delete;
  StubServer& operator=(const StubServer&) = delete;
  ~StubServer();

  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// "http://127.0.0.1:PORT" and the path.
  [[nodiscard]] std::string address(const std::string& path = "/sparql") const;

  /// The requests so far, forms decoded.
  [[nodiscard]] std::vector<std::string> requests() const;

  /// How many were accepted.
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void serve();
  /// Answers one request. @return whether the connection stays open.
  bool answer(int connection);

  Reply reply_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopped_ = false;
  std::atomic<int> connections_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

/// A sound answer of status 200.
[[nodiscard]] std::string answer_with(const std::string& content_type, const std::string& body);

}  // namespace scenograph::server::tests
