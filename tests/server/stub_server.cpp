#include "server/stub_server.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace scenograph::server::tests {

namespace {

std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size()) {
      out += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string receive(int connection) {
  std::string out;
  std::array<char, 4096> buffer{};
  std::size_t wanted = std::string::npos;
  while (out.size() < wanted) {
    const ssize_t count = ::recv(connection, buffer.data(), buffer.size(), 0);
    if (count <= 0) break;
    out.append(buffer.data(), static_cast<std::size_t>(count));
    const std::size_t head = out.find("\r\n\r\n");
    if (head == std::string::npos) continue;
    const std::size_t length = out.find("Content-Length: ");
    wanted = head + 4 + (length < head ? std::stoul(out.substr(length + 16)) : 0);
  }
  return out;
}

}  // namespace

StubServer::StubServer(Reply reply) : reply_(std::move(reply)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (bind(socket_, plain, size) != 0 || listen(socket_, 16) != 0 || getsockname(socket_, plain, &size) != 0) {
    throw std::runtime_error("cannot listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

StubServer::~StubServer() {
  stopped_ = true;
  thread_.join();
  ::close(socket_);
}

std::string StubServer::address(const std::string& path) const {
  return fmt::format("http://127.0.0.1:{}{}", port_, path);
}

std::vector<std::string> StubServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

bool StubServer::answer(int connection) {
  const std::string request = decoded(receive(connection));
  if (request.empty()) return false;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  const std::string answer = reply_(request);
  for (std::size_t at = 0; at < answer.size();) {
    const ssize_t sent = ::send(connection, answer.data() + at, answer.size() - at, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    at += static_cast<std::size_t>(sent);
  }
  return answer.find("Connection: keep-alive") != std::string::npos;
}

void StubServer::serve() {
  constexpr int wait_ms = 20;
  int connection = -1;
  while (!stopped_) {
    pollfd waiting{connection < 0 ? socket_ : connection, POLLIN, 0};
    if (poll(&waiting, 1, wait_ms) <= 0) continue;
    if (connection < 0) {
      connection = accept(socket_, nullptr, nullptr);
      ++connections_;
    }
    if (answer(connection)) continue;
    ::close(std::exchange(connection, -1));
  }
  if (connection >= 0) ::close(connection);
}

std::string answer_with(const std::string& content_type, const std::string& body) {
  return fmt::format("HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
                     content_type, body.size(), body);
}

}  // namespace scenograph::server::tests
