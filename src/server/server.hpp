#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jsonld/remote_loader.hpp"
#include "shacl/quality_weights.hpp"
#include "sparql/federation/remote_options.hpp"
#include "store/store.hpp"

namespace scenograph::server {

/// What IRIs start with unless options say otherwise: the address of a server with the standard options.
constexpr std::string_view standard_base_iri = "http://127.0.0.1:3030/";

/// How to serve. Each bound names, in its message, the option that raises it.
struct ServerOptions {
  std::string listen_host = "127.0.0.1";  ///< an address or a host name of this machine
  std::uint16_t port = 3030;              ///< 0: any free one, see `Server::port`
  std::string base_iri;  ///< ends in "/"; what the IRIs of entities start with; empty: `Server::address`
  std::string site_name = "Scenograph";  ///< shown on pages
  std::string write_token;               ///< who sends it as Bearer token may update; empty: nobody

  std::size_t threads = 32;            ///< requests worked on at once; waiting connections take none
  std::size_t max_connections = 4096;  ///< open at once; the oldest idle one makes room for a new one
  std::size_t max_header_bytes = std::size_t{32} << 10U;
  std::size_t max_body_bytes = std::size_t{16} << 20U;
  std::size_t max_buffered_bytes = std::size_t{256} << 20U;  ///< of requests that are still arriving, together
  std::chrono::milliseconds request_timeout{15'000};         ///< for a request to arrive whole, from its first byte
  std::chrono::milliseconds idle_timeout{60'000};            ///< for the next request on an open connection
  std::chrono::milliseconds write_timeout{10'000};           ///< for a client to take any further bytes of its answer
  std::chrono::milliseconds stop_timeout{5'000};  ///< for answers under way, before they are cut off by `stop`

  std::size_t bulk_from = std::size_t{4} << 20U;         ///< larger graphs are received in a stream, sorted into files
  std::size_t max_upload_bytes = std::size_t{8} << 30U;  ///< of a graph as it is sent
  std::uint64_t max_unpacked_bytes = std::uint64_t{64} << 30U;  ///< of a graph after decompression
  std::uint64_t max_replace_bytes = std::uint64_t{64} << 20U;   ///< of one that replaces a graph with quads: in memory
  std::uint64_t max_line_bytes = std::uint64_t{16} << 20U;      ///< of a statement or literal of a graph
  std::size_t max_concurrent_loads = 1;                         ///< large graphs at once; further ones get 503
  std::size_t load_memory = std::size_t{512} << 20U;            ///< bytes for sorting a large graph
  std::size_t load_threads = 2;                                 ///< that read one and look its terms up

  std::size_t max_concurrent_queries = 8;  ///< SPARQL queries and updates at once; further ones get 503
  std::chrono::milliseconds query_timeout{60'000};
  std::size_t query_memory = std::size_t{1} << 30U;  ///< bytes per query
  std::uint64_t query_spill = 0;                     ///< bytes per query on disk, for want of memory
  std::filesystem::path spill_folder;                ///< for that; made if needed
  std::uint64_t max_results = 0;                     ///< rows or triples per query; 0: no limit
  std::chrono::milliseconds slow_query{5'000};       ///< queries that take longer are logged; 0: none

  sparql::federation::RemoteOptions remote;              ///< what SERVICE and LOAD may reach
  std::size_t max_jsonld_bytes = std::size_t{4} << 20U;  ///< of a document that /jsonld processes, or a form with one
  jsonld::RemoteOptions contexts;                        ///< what such documents may name

  std::size_t max_validate_bytes = std::size_t{4} << 20U;  ///< of a document that /validate checks, or a form with one
  std::size_t max_validate_results = 10'000;               ///< kept in its report, the most severe ones
  std::vector<std::string> allow_validate;  ///< hosts it may fetch pages from; each "HOST" or "HOST:PORT"

  /// What counts for the quality that pages and badges tell; null: the weights that come with the program.
  std::shared_ptr<const shacl::QualityWeights> weights;

  /// The graphs that anybody may read; null: all but those in quarantine. Called for each request, by any thread.
  std::function<store::GraphSet(const store::View&)> readable;
};

/// An HTTP server over one store: pages, data, SPARQL, search and reconciliation (docs/http.md lists the routes).
///
/// Connections wait in one poller and take a thread only once a whole request has arrived, so idle and slow clients
/// cost memory alone.
class Server {
 public:
  /// Binds the address; nothing is answered before `start` or `run`.
  ///
  /// @param store  must outlive the server.
  /// @throws  Error(Code::BadArgument) for options that make no sense; Error(Code::Io, Code::Denied) if the address
  ///          cannot be had, naming `--listen`.
  [[nodiscard]] static std::unique_ptr<Server> bind(store::Store& store, const ServerOptions& options);

  virtual ~Server() = default;

  /// The port that was bound.
  [[nodiscard]] virtual std::uint16_t port() const = 0;

  /// Of the home page on this machine: "http://127.0.0.1:3030/", with the port that was bound.
  [[nodiscard]] virtual std::string address() const = 0;

  /// Serves in the background until `stop`.
  virtual void start() = 0;

  /// Stops listening, lets the answers under way end, and returns when all threads have. Any thread; more than once is
  /// fine. The destructor stops too.
  virtual void stop() = 0;

  /// `start`, then waits for SIGINT or SIGTERM, then `stop`. A second signal ends the process at once.
  virtual void run() = 0;
};

}  // namespace scenograph::server
