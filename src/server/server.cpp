#include "server/server.hpp"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/log.hpp"
#include "rdf/iri.hpp"
#include "server/internal/front.hpp"
#include "server/internal/listener.hpp"
#include "server/internal/refusal.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/responder.hpp"
#include "server/internal/routes.hpp"

namespace scenograph::server {

namespace {

void check(const ServerOptions& options) {
  if (!options.base_iri.ends_with('/') || rdf::why_not_iri(options.base_iri)) {
    throw base::Error(base::Code::BadArgument,
                      fmt::format("--base-iri takes an address that ends in \"/\", not \"{}\"", options.base_iri));
  }
  if (options.threads == 0 || options.max_connections == 0 || options.max_concurrent_queries == 0 ||
      options.max_concurrent_loads == 0) {
    throw base::Error(base::Code::BadArgument,
                      "a server needs at least one thread, one connection, one query and one load");
  }
}

std::string address_of(const ServerOptions& options) {
  const bool is_ipv6 = options.listen_host.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}/", is_ipv6 ? "[" : "", options.listen_host, is_ipv6 ? "]" : "", options.port);
}

/// SIGINT and SIGTERM, kept from killing the process while this lives.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  ~StopSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  int wait() const {
    int number = 0;
    sigwait(&set_, &number);
    return number;
  }

 private:
  sigset_t set_{};
  sigset_t before_{};
};

bool has_header(const Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

/// What the front refuses a request for.
base::Code code_of(int status) {
  switch (status) {
    case 408:
      return base::Code::Timeout;
    case 413:
    case 431:
      return base::Code::TooLarge;
    case 501:
      return base::Code::Unsupported;
    case 503:
      return base::Code::Busy;
    default:
      return base::Code::BadSyntax;
  }
}

class HttpServer final : public Server {
 public:
  HttpServer(store::Store& store, const ServerOptions& options, Descriptor listener)
      : services_(store, options), router_([this](const Request& request, int status, const base::Error& error) {
          return answer_error(services_, request, status, error);
        }) {
    add_health_routes(router_, services_);
    add_sparql_routes(router_, services_);
    add_query_routes(router_, services_);
    add_graph_routes(router_, services_);
    add_static_routes(router_, services_);
    add_page_routes(router_, services_);
    add_data_routes(router_, services_);
    add_sitemap_routes(router_, services_);
    add_void_routes(router_, services_);
    add_reconcile_routes(router_, services_);
    add_quality_routes(router_, services_);
    add_jsonld_routes(router_, services_);
    add_validate_routes(router_, services_);
    const Responder::Options limits{options.write_timeout, options.idle_timeout, options.max_body_bytes};
    const auto fail = [this](const Request& request, int status, const base::Error& error) {
      return complete(answer_error(services_, request, status, error));
    };
    for (std::size_t i = 0; i < options.threads; ++i) {
      responders_.push_back(
          Responder::make([this](const Request& request) { return complete(router_.route(request)); }, fail, limits));
    }
    front_ = Front::make(
        std::move(listener), options,
        [this](const RawRequest& raw, std::size_t worker) { return responders_[worker]->answer(raw); },
        [fail](int status, std::string_view reason, std::string_view head) {
          return to_wire(fail(request_of_head(head), status, base::Error(code_of(status), std::string(reason))));
        });
  }

  std::uint16_t port() const override { return services_.options.port; }

  std::string address() const override { return address_of(services_.options); }

  void start() override {
    services_.refresh_names();
    front_->start();
  }

  void stop() override {
    services_.names.stop();
    front_->stop();
  }

  void run() override {
    const StopSignals signals;  // before the threads start: they inherit it
    start();
    base::log(base::LogLevel::Info, "listening",
              {{"address", std::string_view(services_.options.listen_host)}, {"port", std::int64_t{port()}}});
    const int number = signals.wait();
    base::log(base::LogLevel::Info, "stopping", {{"signal", std::int64_t{number}}});
    stop();
  }

 private:
  /// Adds the headers that every answer has.
  static Response complete(Response out) {
    if (!has_header(out, "Cache-Control")) {
      out.headers.emplace_back("Cache-Control", out.status >= 400 ? "no-store" : "no-cache");
    }
    out.headers.emplace_back("X-Content-Type-Options", "nosniff");
    out.headers.emplace_back("Referrer-Policy", "strict-origin-when-cross-origin");
    return out;
  }

  Services services_;
  Router router_;
  std::vector<std::unique_ptr<Responder>> responders_;
  std::unique_ptr<Front> front_;  // last: its workers use all of the above
};

}  // namespace

std::unique_ptr<Server> Server::bind(store::Store& store, const ServerOptions& options) {
  Descriptor listener = listen_on(options.listen_host, options.port);
  ServerOptions bound = options;
  bound.port = port_of(listener.get());
  if (bound.base_iri.empty()) bound.base_iri = address_of(bound);
  check(bound);
  return std::make_unique<HttpServer>(store, bound, std::move(listener));
}

}  // namespace scenograph::server
