#pragma once

#include <cstdint>
#include <string>

namespace scenograph::server {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  [[nodiscard]] int get() const { return number_; }
  void close() noexcept;

 private:
  int number_ = -1;
};

/// A listening, non-blocking TCP socket. @throws Error(Io, Denied, BadArgument) naming `--listen`.
[[nodiscard]] Descriptor listen_on(const std::string& host, std::uint16_t port);

[[nodiscard]] std::uint16_t port_of(int socket);

/// The address at the other end, e.g. "127.0.0.1"; "" if it is not known.
[[nodiscard]] std::string peer_of(int socket);

/// Lets this process have at least `wanted` files open, as far as it is allowed to.
void allow_descriptors(std::size_t wanted);

}  // namespace scenograph::server
