#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <thread>

#include "base/error.hpp"
#include "cli/internal/budget_options.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/remote_options.hpp"
#include "cli/internal/shapes_options.hpp"
#include "server/server.hpp"

namespace scenograph::cli {

namespace {

using base::Code;
using base::Error;

/// "127.0.0.1:3030", "[::1]:3030", ":3030" or "3030".
void parse_listen(const std::string& text, server::ServerOptions& options) {
  const std::size_t colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
  std::string host = colon == std::string::npos ? "" : text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), options.port);
  if (failure != std::errc() || end != port.data() + port.size()) {
    throw Error(Code::BadArgument, fmt::format("--listen takes ADDRESS:PORT such as 127.0.0.1:3030, not \"{}\"", text));
  }
  if (!host.empty()) options.listen_host = host;
}

server::ServerOptions server_options(const Invocation& invocation) {
  server::ServerOptions options;
  parse_listen(invocation.text("listen"), options);
  options.base_iri = invocation.text("base-iri");
  options.site_name = invocation.text("site-name");
  options.write_token = invocation.text("write-token");
  options.threads = invocation.options["threads"].as<std::size_t>();
  options.max_connections = invocation.options["max-connections"].as<std::size_t>();
  options.max_concurrent_queries = invocation.options["max-queries"].as<std::size_t>();
  options.max_body_bytes = parse_bytes("max-body", invocation.text("max-body"));
  options.bulk_from = parse_bytes("bulk-from", invocation.text("bulk-from"));
  options.max_upload_bytes = parse_bytes("max-upload", invocation.text("max-upload"));
  options.max_unpacked_bytes = parse_bytes("max-unpacked", invocation.text("max-unpacked"));
  options.max_replace_bytes = parse_bytes("max-replace", invocation.text("max-replace"));
  options.max_line_bytes = parse_bytes("max-line", invocation.text("max-line"));
  options.max_concurrent_loads = invocation.options["max-loads"].as<std::size_t>();
  options.load_memory = parse_bytes("load-memory", invocation.text("load-memory"));
  options.load_threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
  options.query_timeout = std::chrono::milliseconds(parse_milliseconds("timeout", invocation.text("timeout")));
  options.query_memory = parse_bytes("query-memory", invocation.text("query-memory"));
  options.query_spill = parse_bytes("query-spill", invocation.text("query-spill"));
  options.spill_folder = spill_folder(invocation);
  options.max_results = invocation.options["max-results"].as<std::uint64_t>();
  options.slow_query = std::chrono::milliseconds(parse_milliseconds("slow-query", invocation.text("slow-query")));
  options.remote = remote_options(invocation);
  options.max_jsonld_bytes = parse_bytes("max-jsonld", invocation.text("max-jsonld"));
  options.contexts = context_options(invocation);
  options.max_validate_bytes = parse_bytes("max-validate", invocation.text("max-validate"));
  options.max_validate_results = invocation.options["max-validate-results"].as<std::size_t>();
  options.allow_validate = invocation.list("allow-validate");
  if (invocation.has("weights")) {
    options.weights = std::make_shared<const shacl::QualityWeights>(weights_of(invocation));
  }
  return options;
}

void print_address(const server::ServerOptions& options, const server::Server& server) {
  const std::string address = server.address();
  const bool is_elsewhere = !options.base_iri.empty() && options.base_iri != address;
  fmt::print("Serving {}{} (Ctrl-C stops)\n", is_elsewhere ? options.base_iri + " at " : "", address);
}

class ServeCommand : public Command {
 public:
  std::string_view name() const override { return "serve"; }
  std::string_view arguments() const override { return "[--listen ADDRESS:PORT] [--base-iri IRI]"; }
  std::string_view summary() const override { return "serve SPARQL, pages, data and reconciliation over HTTP"; }
  std::string_view examples() const override {
    return "  scenograph serve\n"
           "  scenograph serve --listen 127.0.0.1:8080 --base-iri https://data.venue.example/\n"
           "  scenograph serve --allow-service query.wikidata.org --allow-load data.venue.example\n"
           "  SCENOGRAPH_WRITE_TOKEN=$(openssl rand -hex 16) scenograph serve\n";
  }

  void declare(po::options_description& options) const override {
    const server::ServerOptions standard;
    options.add_options()("listen",
                          po::value<std::string>()->default_value("127.0.0.1:3030")->value_name("ADDRESS:PORT"),
                          "where to listen; other machines reach it only if you name an address of the network")(
        "base-iri", po::value<std::string>()->value_name("IRI"),
        "what the IRIs of this node's entities start with (default: http://ADDRESS:PORT/)")(
        "site-name", po::value<std::string>()->default_value("Scenograph")->value_name("NAME"), "shown on pages")(
        "write-token", po::value<std::string>()->default_value("")->value_name("TOKEN"),
        "who sends it as Bearer token may update; none: nobody (better given by SCENOGRAPH_WRITE_TOKEN or the "
        "configuration file than on the command line)")(
        "threads", po::value<std::size_t>()->default_value(standard.threads)->value_name("N"),
        "requests worked on at once")(
        "max-connections", po::value<std::size_t>()->default_value(standard.max_connections)->value_name("N"),
        "connections open at once")(
        "max-queries", po::value<std::size_t>()->default_value(standard.max_concurrent_queries)->value_name("N"),
        "SPARQL queries at once; further ones are asked to come back")(
        "max-body", po::value<std::string>()->default_value("16M")->value_name("BYTES"), "largest request")(
        "bulk-from", po::value<std::string>()->default_value("4M")->value_name("BYTES"),
        "from this size on, a graph that is sent is received in a stream and sorted into files")(
        "max-upload", po::value<std::string>()->default_value("8G")->value_name("BYTES"),
        "largest graph, as it is sent")("max-unpacked",
                                        po::value<std::string>()->default_value("64G")->value_name("BYTES"),
                                        "largest graph, decompressed")(
        "max-replace", po::value<std::string>()->default_value("64M")->value_name("BYTES"),
        "largest graph, decompressed, that replaces one with quads: it is held in memory")(
        "max-line", po::value<std::string>()->default_value("16M")->value_name("BYTES"),
        "longest statement or literal of a graph")(
        "max-loads", po::value<std::size_t>()->default_value(standard.max_concurrent_loads)->value_name("N"),
        "large graphs loaded at once; further ones are asked to come back")(
        "load-memory", po::value<std::string>()->default_value("512M")->value_name("BYTES"),
        "for terms and sorting of each; more goes through files")(
        "max-results", po::value<std::uint64_t>()->default_value(standard.max_results)->value_name("N"),
        "rows or triples of a query; more end it with an error; 0: no limit")(
        "slow-query", po::value<std::string>()->default_value("5s")->value_name("TIME"),
        "log queries and updates that take longer, with their text; 0s: none");
    options.add_options()("max-jsonld", po::value<std::string>()->default_value("4M")->value_name("BYTES"),
                          "largest document of JSON-LD that is processed at /jsonld")(
        "max-validate", po::value<std::string>()->default_value("4M")->value_name("BYTES"),
        "largest document that is validated at /validate")(
        "max-validate-results", po::value<std::size_t>()->default_value(standard.max_validate_results)->value_name("N"),
        "most results that its report holds")(
        "allow-validate", po::value<std::vector<std::string>>()->composing()->value_name("HOST[:PORT]"),
        "a host whose pages may be validated by their address; repeatable; none: pages are to be sent");
    declare_weights_option(options);
    declare_budget_options(options, "1G");
    declare_remote_options(options, true);
    declare_context_options(options);
  }

  Exit run(const Invocation& invocation) const override {
    server::ServerOptions options = server_options(invocation);
    const char* token = std::getenv("SCENOGRAPH_WRITE_TOKEN");
    if (options.write_token.empty() && token != nullptr) options.write_token = token;
    const auto store = open_store(invocation, false, store::IndexWriting::InBackground);
    const auto server = server::Server::bind(*store, options);
    if (!invocation.quiet) print_address(options, *server);
    std::fflush(stdout);
    server->run();
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_serve_command() { return std::make_unique<ServeCommand>(); }

}  // namespace scenograph::cli
