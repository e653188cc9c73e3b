#include "server/internal/listener.hpp"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/error.hpp"

namespace scenograph::server {

namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

AddressList addresses_of(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failure = getaddrinfo(host.empty() ? nullptr : host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (failure != 0) {
    throw base::Error(base::Code::BadArgument,
                      fmt::format("--listen: \"{}\" is no address of this machine: {}", host, gai_strerror(failure)));
  }
  return {found, &freeaddrinfo};
}

[[noreturn]] void fail(int error_number, const std::string& host, std::uint16_t port) {
  const std::string place = fmt::format("{}:{}", host, port);
  if (error_number == EADDRINUSE) {
    throw base::Error(base::Code::Io,
                      fmt::format("{} is in use by another program; stop it, or choose another with --listen", place));
  }
  if (error_number == EACCES) {
    throw base::Error(base::Code::Denied,
                      fmt::format("may not listen on {}; choose a port above 1023 with --listen", place));
  }
  throw base::system_error(error_number, fmt::format("cannot listen on {} (--listen)", place));
}

/// The socket, or one without number, with errno set.
Descriptor try_listen(const addrinfo& address) {
  Descriptor socket(::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return {};
  const int on = 1;
  setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(socket.get(), address.ai_addr, address.ai_addrlen) != 0 || ::listen(socket.get(), SOMAXCONN) != 0) {
    const int failure = errno;
    socket.close();
    errno = failure;
  }
  return socket;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = other.number_;
    other.number_ = -1;
  }
  return *this;
}

void Descriptor::close() noexcept {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

Descriptor listen_on(const std::string& host, std::uint16_t port) {
  const AddressList addresses = addresses_of(host, port);
  int failure = 0;
  for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next) {
    Descriptor socket = try_listen(*address);
    if (socket.get() >= 0) return socket;
    failure = errno;
  }
  fail(failure, host, port);
}

std::uint16_t port_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port);
  return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

std::string peer_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  std::array<char, NI_MAXHOST> text{};
  if (getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return "";
  const int failure = getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, text.data(), text.size(), nullptr,
                                  0, NI_NUMERICHOST);
  return failure == 0 ? text.data() : "";
}

void allow_descriptors(std::size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min<rlim_t>(wanted, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace scenograph::server
