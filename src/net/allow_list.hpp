#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scenograph::net {

/// An IPv4 or IPv6 address.
struct Address {
  std::vector<std::uint8_t> bytes;  ///< 4 or 16, most significant first

  /// From "192.0.2.1" or "2001:db8::1", without brackets; no bytes if it is neither.
  [[nodiscard]] static Address parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;

  friend bool operator==(const Address&, const Address&) = default;
};

/// Whether the address is one of the public internet: none that is private, loopback, link-local, multicast, reserved,
/// or that a translator would turn into one of those.
///
/// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries.
[[nodiscard]] bool is_public(const Address& address);

/// Hosts that may be asked. Names are compared as written in addresses; ports must agree. Immutable.
class AllowList {
 public:
  /// @param option   what it is given by, for messages: "--allow-service".
  /// @param entries  each "HOST" (ports 80 and 443) or "HOST:PORT"; an IPv6 address in brackets.
  /// @throws         Error(Code::BadArgument) naming the option.
  AllowList(std::string option, const std::vector<std::string>& entries);

  [[nodiscard]] bool is_empty() const { return entries_.empty(); }

  /// @throws  Error(Code::Denied) unless the host is listed, saying how to list it.
  void check_host(std::string_view host, std::uint16_t port) const;

  /// Whether a listed host may be reached at the address: a public one, or one that is listed itself.
  [[nodiscard]] bool allows(const Address& address, std::uint16_t port) const;

  /// What to say where it may not.
  [[nodiscard]] std::string why_not(std::string_view host, const Address& address, std::uint16_t port) const;

 private:
  struct Entry {
    std::string host;        ///< in lower case, without brackets
    Address address;         ///< if the host is one
    std::uint16_t port = 0;  ///< 0: 80 and 443
  };

  [[nodiscard]] static bool agrees(const Entry& entry, std::uint16_t port);

  std::string option_;
  std::vector<Entry> entries_;
};

}  // namespace scenograph::net
