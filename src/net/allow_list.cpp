#include "net/allow_list.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.hpp"

namespace scenograph::net {

namespace {

struct Range {
  std::string_view first;
  unsigned bits;
};

constexpr std::array<Range, 15> reserved_v4 = {{
    {"0.0.0.0", 8},
    {"10.0.0.0", 8},
    {"100.64.0.0", 10},
    {"127.0.0.0", 8},
    {"169.254.0.0", 16},
    {"172.16.0.0", 12},
    {"192.0.0.0", 24},
    {"192.0.2.0", 24},
    {"192.88.99.0", 24},
    {"192.168.0.0", 16},
    {"198.18.0.0", 15},
    {"198.51.100.0", 24},
    {"203.0.113.0", 24},
    {"224.0.0.0", 4},
    {"240.0.0.0", 4},
}};

/// Within 2000::/3, the only part of IPv6 that is public.
constexpr std::array<Range, 4> reserved_v6 = {{{"2001::", 23}, {"2001:db8::", 32}, {"2002::", 16}, {"3fff::", 20}}};

bool is_within(const Address& address, const Range& range) {
  const Address first = Address::parse(range.first);
  for (unsigned bit = 0; bit < range.bits; bit += 8) {
    const unsigned left = std::min(8U, range.bits - bit);
    const auto mask = static_cast<std::uint8_t>(0xFFU << (8U - left));
    if (((address.bytes[bit / 8] ^ first.bytes[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

template <std::size_t count>
bool is_within(const Address& address, const std::array<Range, count>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) { return is_within(address, range); });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::string with_port(std::string_view host, std::uint16_t port) {
  const std::string shown = host.find(':') == std::string_view::npos ? std::string(host) : fmt::format("[{}]", host);
  return port == 80 || port == 443 ? shown : fmt::format("{}:{}", shown, port);
}

}  // namespace

Address Address::parse(std::string_view text) {
  const std::string copy(text);
  Address out;
  out.bytes.resize(4);
  if (inet_pton(AF_INET, copy.c_str(), out.bytes.data()) == 1) return out;
  out.bytes.resize(16);
  if (inet_pton(AF_INET6, copy.c_str(), out.bytes.data()) == 1) return out;
  return {};
}

std::string Address::to_string() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (bytes.empty()) return {};
  const int family = bytes.size() == 4 ? AF_INET : AF_INET6;
  return inet_ntop(family, bytes.data(), text.data(), text.size()) == nullptr ? std::string() : text.data();
}

bool is_public(const Address& address) {
  if (address.bytes.size() == 4) return !is_within(address, reserved_v4);
  if (address.bytes.size() != 16) return false;
  constexpr std::array<Range, 2> with_v4 = {{{"::ffff:0:0", 96}, {"64:ff9b::", 96}}};
  if (is_within(address, with_v4)) return is_public({{address.bytes.begin() + 12, address.bytes.end()}});
  return is_within(address, Range{"2000::", 3}) && !is_within(address, reserved_v6);
}

AllowList::AllowList(std::string option, const std::vector<std::string>& entries) : option_(std::move(option)) {
  for (const std::string& text : entries) {
    const bool bracketed = text.starts_with('[');
    const std::size_t host_end = bracketed ? text.find(']') : std::min(text.find(':'), text.size());
    Entry entry;
    if (host_end != std::string::npos) {
      entry.host = lower(std::string_view(text).substr(bracketed ? 1 : 0, host_end - (bracketed ? 1 : 0)));
    }
    entry.address = Address::parse(entry.host);
    const std::string_view rest = std::string_view(text).substr(std::min(text.size(), host_end + (bracketed ? 1 : 0)));
    bool is_sound = !entry.host.empty() && entry.host.find_first_of("/@? ") == std::string::npos;
    if (!rest.empty()) {
      const auto [end, fault] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), entry.port);
      is_sound = is_sound && rest[0] == ':' && fault == std::errc() && end == rest.data() + rest.size();
    }
    if (bracketed && entry.address.bytes.size() != 16) is_sound = false;
    if (!is_sound) {
      throw base::Error(base::Code::BadArgument,
                        fmt::format("{} takes HOST or HOST:PORT such as query.wikidata.org, 127.0.0.1:3030 or "
                                    "[2001:db8::1]:80, not \"{}\"",
                                    option_, text));
    }
    entries_.push_back(std::move(entry));
  }
}

bool AllowList::agrees(const Entry& entry, std::uint16_t port) {
  return entry.port == 0 ? port == 80 || port == 443 : entry.port == port;
}

void AllowList::check_host(std::string_view host, std::uint16_t port) const {
  const std::string name = lower(host);
  const Address address = Address::parse(name);
  const bool is_listed = std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    const bool same = address.bytes.empty() ? entry.host == name : entry.address == address;
    return same && agrees(entry, port);
  });
  if (is_listed) return;
  throw base::Error(base::Code::Denied, fmt::format("{} may not be asked: {} {} allows it", with_port(name, port),
                                                    option_, with_port(name, port)));
}

bool AllowList::allows(const Address& address, std::uint16_t port) const {
  return is_public(address) || std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
           return entry.address == address && agrees(entry, port);
         });
}

std::string AllowList::why_not(std::string_view host, const Address& address, std::uint16_t port) const {
  return fmt::format("{} is at {}, which is no public address: {} {} allows it", host, address.to_string(), option_,
                     with_port(address.to_string(), port));
}

}  // namespace scenograph::net
