#include "server/http_client.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace scenograph::server::tests {

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval timeout{10, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw std::runtime_error("cannot connect");
  }
}

Client::~Client() { ::close(socket_); }

void Client::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Client::fill() {
  std::array<char, 65536> buffer{};
  const ssize_t count = recv(socket_, buffer.data(), buffer.size(), 0);
  if (count <= 0) return false;
  input_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

bool Client::is_closed_by_server() {
  while (fill()) {
  }
  std::array<char, 1> byte{};
  return recv(socket_, byte.data(), 1, MSG_DONTWAIT) == 0;
}

Answer Client::receive(bool head) {
  Answer out;
  const auto wait_for = [this](std::string_view text, std::size_t from) {
    std::size_t at = 0;
    while ((at = input_.find(text, from)) == std::string::npos) {
      if (!fill()) return std::string::npos;
    }
    return at;
  };
  std::size_t end = wait_for("\r\n\r\n", 0);
  while (end != std::string::npos && input_.starts_with("HTTP/1.1 100")) {
    input_.erase(0, end + 4);
    end = wait_for("\r\n\r\n", 0);
  }
  if (end == std::string::npos) return out;
  out.status = std::stoi(input_.substr(9, 3));
  std::string lines = input_.substr(0, end + 2);
  input_.erase(0, end + 4);
  lines.erase(0, lines.find("\r\n") + 2);
  while (!lines.empty()) {
    const std::string line = lines.substr(0, lines.find("\r\n"));
    lines.erase(0, line.size() + 2);
    std::string name = line.substr(0, line.find(':'));
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
    out.headers[name] = line.substr(line.find(':') + 2);
  }
  if (head || out.status == 204 || out.status == 304) {
    out.complete = true;
  } else if (out.headers.count("content-length") != 0) {
    const std::size_t size = std::stoul(out.headers["content-length"]);
    while (input_.size() < size && fill()) {
    }
    out.complete = input_.size() >= size;
    out.body = input_.substr(0, size);
    input_.erase(0, out.body.size());
  } else if (out.headers["transfer-encoding"] == "chunked") {
    while (true) {
      const std::size_t line = wait_for("\r\n", 0);
      if (line == std::string::npos) break;
      const std::size_t size = std::stoul(input_.substr(0, line), nullptr, 16);
      while (input_.size() < line + 2 + size + 2 && fill()) {
      }
      if (input_.size() < line + 2 + size + 2) break;
      out.body += input_.substr(line + 2, size);
      input_.erase(0, line + 2 + size + 2);
      if (size == 0) {
        out.complete = true;
        break;
      }
    }
  }
  return out;
}

Answer call(std::uint16_t port, const Call& call) {
  Client client(port);
  std::string text =
      fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", call.method, call.target);
  for (const auto& [name, value] : call.headers) text += fmt::format("{}: {}\r\n", name, value);
  if (!call.body.empty() || call.method == "POST") text += fmt::format("Content-Length: {}\r\n", call.body.size());
  client.send(text + "\r\n" + call.body);
  return client.receive(call.method == "HEAD");
}

Answer get(std::uint16_t port, const std::string& target, const std::map<std::string, std::string>& headers) {
  return call(port, {"GET", target, headers, ""});
}

std::string encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

}  // namespace scenograph::server::tests
