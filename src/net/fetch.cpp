#include "net/fetch.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <vector>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "base/version.hpp"

// One transfer is one easy handle in a multi handle of its own, driven by whoever reads: nothing happens in between,
// and what has arrived but was not read holds the sender back.

namespace scenograph::net {

namespace {

using base::Code;
using base::Error;

constexpr std::size_t most_waiting = std::size_t{48} << 10U;  ///< bytes; curl hands over 16 KiB at a time
constexpr int most_redirects = 5;

struct FreeEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeMulti {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
using Multi = std::unique_ptr<CURLM, FreeMulti>;

struct FreeUrl {
  void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

void initialise() {
  static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (done != CURLE_OK) throw Error(Code::Io, "the HTTP client cannot be started");
}

/// A part of an address; "" if it has none.
std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return {};
  std::string out(text);
  curl_free(text);
  return out;
}

struct Target {
  std::string host;  ///< without brackets
  std::uint16_t port = 0;
};

/// @throws Error(Code::BadArgument)
Target target_of(const std::string& address) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, address.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
    throw Error(Code::BadArgument, fmt::format("<{}> is no address of HTTP", address));
  }
  const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") {
    throw Error(Code::BadArgument, fmt::format("<{}> cannot be fetched: only http: and https: can", address));
  }
  if (!part_of(url.get(), CURLUPART_USER).empty() || !part_of(url.get(), CURLUPART_PASSWORD).empty()) {
    throw Error(Code::BadArgument, "an address with a user's name or password is not fetched");
  }
  Target out;
  out.host = part_of(url.get(), CURLUPART_HOST);
  if (out.host.starts_with('[')) out.host = out.host.substr(1, out.host.size() - 2);
  const std::string port = part_of(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), out.port);
  return out;
}

Address address_of(const sockaddr& socket_address, std::uint16_t& port) {
  Address out;
  if (socket_address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &socket_address, sizeof v4);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&v4.sin_addr);
    out.bytes.assign(bytes, bytes + 4);
    port = ntohs(v4.sin_port);
  } else if (socket_address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &socket_address, sizeof v6);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&v6.sin6_addr);
    out.bytes.assign(bytes, bytes + 16);
    port = ntohs(v6.sin6_port);
  }
  return out;
}

/// A multi handle keeps its connections: those of transfers that are over wait here for the next.
class IdleHandles final : public Connections {
 public:
  Multi take() {
    if (idle_.empty()) return Multi(curl_multi_init());
    Multi out = std::move(idle_.back());
    idle_.pop_back();
    return out;
  }
  void give_back(Multi handle) { idle_.push_back(std::move(handle)); }

 private:
  std::vector<Multi> idle_;
};

/// One request and its answer, whatever its status.
class Transfer final : public base::ByteSource {
 public:
  Transfer(FetchPolicy policy, const FetchRequest& request, std::shared_ptr<base::Budget> budget,
           std::shared_ptr<IdleHandles> connections)
      : policy_(std::move(policy)),
        budget_(std::move(budget)),
        url_(request.url),
        form_(request.form),
        connections_(std::move(connections)),
        multi_(connections_ ? connections_->take() : Multi(curl_multi_init())) {
    const Target target = target_of(url_);
    host_ = target.host;
    policy_.hosts.check_host(target.host, target.port);
    headers_.reset(curl_slist_append(nullptr, ("Accept: " + request.accept).c_str()));
    set_up();
    curl_multi_add_handle(multi_.get(), easy_.get());
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  /// A transfer that is not at its end closes its connection.
  ~Transfer() override {
    curl_multi_remove_handle(multi_.get(), easy_.get());
    if (connections_) connections_->give_back(std::move(multi_));
  }

  /// Waits for the headers of the answer. @return its status.
  long status() {
    while (waiting_.empty() && !ended_) drive();
    long out = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &out);
    return out;
  }

  std::string content_type() const { return information(CURLINFO_CONTENT_TYPE); }
  std::string redirect() const { return information(CURLINFO_REDIRECT_URL); }

  std::vector<std::string> links() const {
    std::vector<std::string> out;
    curl_header* header = nullptr;
    while (curl_easy_header(easy_.get(), "Link", out.size(), CURLH_HEADER, -1, &header) == CURLHE_OK) {
      out.emplace_back(header->value);
    }
    return out;
  }

  std::size_t read(std::span<char> buffer) override {
    while (at_ == waiting_.size()) {
      waiting_.clear();
      at_ = 0;
      if (ended_) return 0;
      if (paused_) {
        paused_ = false;
        curl_easy_pause(easy_.get(), CURLPAUSE_CONT);
      }
      drive();
    }
    const std::size_t count = std::min(buffer.size(), waiting_.size() - at_);
    std::copy_n(waiting_.data() + at_, count, buffer.data());
    at_ += count;
    return count;
  }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) {
      throw Error(Code::Io, "the HTTP client refuses a setting it should know");
    }
  }

  void set_up() {
    set(CURLOPT_URL, url_.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // a name server that is slow does not hold up who has given up
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_HTTPHEADER, headers_.get());
    const std::string agent = fmt::format("scenograph/{}", base::version());
    set(CURLOPT_USERAGENT, agent.c_str());
    if (policy_.timeout.count() > 0) set(CURLOPT_TIMEOUT_MS, static_cast<long>(policy_.timeout.count()));
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_bytes);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_connect);
    set(CURLOPT_OPENSOCKETDATA, this);
    if (form_.empty()) return;
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(form_.size()));
    set(CURLOPT_POSTFIELDS, form_.c_str());
  }

  std::string information(CURLINFO what) const {
    const char* text = nullptr;
    curl_easy_getinfo(easy_.get(), what, &text);
    return text == nullptr ? std::string() : text;
  }

  /// Lets the transfer go on for a tenth of a second at most.
  void drive() {
    constexpr int wait_ms = 100;
    budget_->check();
    int running = 0;
    const CURLMcode performed = curl_multi_perform(multi_.get(), &running);
    if (performed != CURLM_OK) throw Error(Code::Remote, fmt::format("<{}>: {}", url_, curl_multi_strerror(performed)));
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      ended_ = true;
      if (message->data.result != CURLE_OK) fail(message->data.result);
    }
    if (!ended_ && waiting_.empty()) curl_multi_poll(multi_.get(), nullptr, 0, wait_ms, nullptr);
  }

  [[noreturn]] void fail(CURLcode result) const {
    if (too_large_) {
      throw Error(Code::TooLarge,
                  fmt::format("<{}> answers with more than {} bytes; raise --remote-bytes", url_, policy_.max_bytes));
    }
    if (result == CURLE_COULDNT_CONNECT && !refusal_.empty()) throw Error(Code::Denied, refusal_);
    if (result == CURLE_OPERATION_TIMEDOUT) {
      throw Error(Code::Timeout,
                  fmt::format("<{}> took more than {} ms; raise --remote-timeout", url_, policy_.timeout.count()));
    }
    throw Error(Code::Remote, fmt::format("<{}> cannot be fetched: {}", url_, curl_easy_strerror(result)));
  }

  static std::size_t on_bytes(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
    return static_cast<Transfer*>(self)->take({bytes, size * count});
  }

  std::size_t take(std::string_view bytes) noexcept {
    if (waiting_.size() > most_waiting) {
      paused_ = true;
      return CURL_WRITEFUNC_PAUSE;
    }
    try {
      received_ += bytes.size();
      too_large_ = policy_.max_bytes > 0 && received_ > policy_.max_bytes;
      if (too_large_) return 0;
      waiting_ += bytes;
      return bytes.size();
    } catch (...) {
      return 0;  // out of memory: curl reports a failed write
    }
  }

  static curl_socket_t on_connect(void* self, curlsocktype, curl_sockaddr* address) noexcept {
    return static_cast<Transfer*>(self)->open(*address);
  }

  /// The last word on where to: the very address that is connected to.
  curl_socket_t open(const curl_sockaddr& to) noexcept {
    try {
      std::uint16_t port = 0;
      const Address address = address_of(to.addr, port);
      if (!policy_.hosts.allows(address, port)) {
        refusal_ = policy_.hosts.why_not(host_, address, port);
        return CURL_SOCKET_BAD;
      }
      return ::socket(to.family, to.socktype | SOCK_CLOEXEC, to.protocol);
    } catch (...) {
      return CURL_SOCKET_BAD;
    }
  }

  FetchPolicy policy_;
  std::shared_ptr<base::Budget> budget_;
  std::string url_;
  std::string form_;
  std::string host_;
  std::shared_ptr<IdleHandles> connections_;
  std::unique_ptr<curl_slist, FreeList> headers_;
  std::unique_ptr<CURL, FreeEasy> easy_{curl_easy_init()};
  Multi multi_;
  std::string waiting_;  ///< bytes that have arrived, from `at_` on unread
  std::size_t at_ = 0;
  std::uint64_t received_ = 0;
  bool too_large_ = false;
  std::string refusal_;  ///< of an address that the host has; others of it may do
  bool paused_ = false;
  bool ended_ = false;
};

bool is_redirect(long status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// The answer's beginning on one line.
std::string beginning_of(base::ByteSource& body) {
  constexpr std::size_t shown = 300;
  std::string text(shown, '\0');
  text.resize(body.read(text));
  std::string_view whole = text;
  whole = whole.substr(0, base::find_invalid_utf8(whole));
  std::string out(base::cut_utf8(whole, shown));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return out;
}

}  // namespace

std::shared_ptr<Connections> make_connections() { return std::make_shared<IdleHandles>(); }

Fetched fetch(const FetchPolicy& policy, const FetchRequest& request, std::shared_ptr<base::Budget> budget,
              std::shared_ptr<Connections> connections) {
  initialise();
  const auto idle = std::static_pointer_cast<IdleHandles>(std::move(connections));
  FetchRequest next = request;
  for (int redirects = 0; redirects <= most_redirects; ++redirects) {
    auto transfer = std::make_unique<Transfer>(policy, next, budget, idle);
    const long status = transfer->status();
    const std::string redirect = is_redirect(status) ? transfer->redirect() : std::string();
    if (!redirect.empty()) {
      next.url = redirect;
      if (status == 303) next.form.clear();
      continue;
    }
    if (status != 200) {
      throw Error(Code::Remote, fmt::format("<{}> answers {}: {}", next.url, status, beginning_of(*transfer)));
    }
    std::string content_type = transfer->content_type();
    std::vector<std::string> links = transfer->links();
    return {std::move(next.url), std::move(content_type), std::move(links), std::move(transfer)};
  }
  throw Error(Code::Remote, fmt::format("<{}> redirects more than {} times", request.url, most_redirects));
}

std::string encode_form(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '*';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace scenograph::net
