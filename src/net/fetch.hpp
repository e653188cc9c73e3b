#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "base/bytes.hpp"
#include "net/allow_list.hpp"

namespace scenograph::net {

/// What may be fetched, and how much of it.
struct FetchPolicy {
  AllowList hosts;
  std::chrono::milliseconds timeout{30'000};           ///< of a whole transfer: `--remote-timeout`
  std::uint64_t max_bytes = std::uint64_t{64} << 20U;  ///< of an answer, decompressed: `--remote-bytes`
};

struct FetchRequest {
  std::string url;
  std::string accept;
  std::string form;  ///< application/x-www-form-urlencoded, sent by POST; empty: GET
};

/// Connections that transfers leave open for the next to the same host and port. Each was checked when it was made, and
/// goes to the address it was made to, whatever the name resolves to since. One thread.
class Connections {
 public:
  virtual ~Connections() = default;
};

[[nodiscard]] std::shared_ptr<Connections> make_connections();

/// An answer of status 200 whose body is still arriving.
struct Fetched {
  std::string url;                 ///< after redirects
  std::string content_type;        ///< as sent, with parameters
  std::vector<std::string> links;  ///< values of Link headers, in order
  std::unique_ptr<base::ByteSource> body;
};

/// Sends a request over HTTP or HTTPS and returns once the answer's headers are there; its body streams, in 64 KiB of
/// memory, or what 16 KiB of it unpack to where the server packs it (16 MiB at most). Follows up to five redirects. The
/// host of each address must be listed, and each connection is made only to an address that the list allows, whatever
/// the name resolved to before. No proxy, cookies or credentials.
///
/// @param budget       checked about ten times a second while waiting; held as long as the body.
/// @param connections  used, and left there for the next request, all made under this policy; null: closed at the end.
/// @throws  Error(Code::Denied) for what the policy refuses; Error(Code::BadArgument) for what is no address of HTTP;
///          Error(Code::Remote) for what cannot be reached and for other statuses, with the beginning of the answer;
///          Error(Code::Timeout, Code::TooLarge) naming the option, also while reading; what the budget throws.
[[nodiscard]] Fetched fetch(const FetchPolicy& policy, const FetchRequest& request,
                            std::shared_ptr<base::Budget> budget, std::shared_ptr<Connections> connections = nullptr);

/// Percent-encoded for a form.
[[nodiscard]] std::string encode_form(std::string_view text);

}  // namespace scenograph::net
