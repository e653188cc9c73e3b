#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>

#include "base/error.hpp"
#include "ingest/receive.hpp"
#include "jsonld/remote_loader.hpp"
#include "publish/json.hpp"
#include "rdf/iri.hpp"
#include "server/internal/body_source.hpp"
#include "server/internal/graph_reply.hpp"
#include "server/internal/multipart.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"
#include "syntax/compression.hpp"
#include "syntax/format.hpp"

namespace scenograph::server {

namespace {

using base::Code;
using base::Error;

constexpr std::size_t shown_remarks = 20;

constexpr std::string_view route = "/graphs";

/// A graph of this server, named by a path below the route: the request's own address.
std::string direct_name(const Services& services, std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  return services.site.base_iri + std::string(path.substr(1));
}

/// Whether the request asks for a graph to be made under a name that it does not give.
bool makes_new_graph(const Request& request) {
  return request.method == "POST" && request.path == route && !request.parameters.contains("graph") &&
         !request.parameters.contains("default");
}

std::string new_name(const Services& services) {
  std::random_device random;
  const auto number = [&random] { return static_cast<std::uint32_t>(random()); };
  return fmt::format("{}graphs/{:08x}{:08x}{:08x}{:08x}", services.site.base_iri, number(), number(), number(),
                     number());
}

/// The graph that the request is about.
/// Source: SPARQL 1.1 Graph Store HTTP Protocol, section 4.
rdf::Term graph_of(const Services& services, const Request& request) {
  if (request.path != route) {
    const std::string name = direct_name(services, request.target);
    if (request.parameters.contains("graph") || request.parameters.contains("default") || rdf::why_not_iri(name)) {
      throw Error(Code::BadArgument, "name the graph by the address's path, or by ?graph= after /graphs");
    }
    return rdf::Term::iri(name);
  }
  const std::string_view iri = request.parameter("graph");
  const bool is_default = request.parameters.contains("default");
  if (is_default == !iri.empty() || request.parameters.count("graph") > 1) {
    throw Error(Code::BadArgument, "say which graph: ?graph= and its IRI, percent-encoded, or ?default");
  }
  if (is_default) return {};
  if (const auto reason = rdf::why_not_iri(iri)) {
    throw Error(Code::BadArgument, fmt::format("\"{}\" is no absolute IRI for a graph: {}", iri, *reason));
  }
  return rdf::Term::iri(iri);
}

std::string name_of(const rdf::Term& graph) { return graph.is_default_graph() ? "the default graph" : graph.value; }

/// The quads of one graph, read batch by batch.
class GraphReader {
 public:
  GraphReader(std::shared_ptr<const Reading> reading, store::TermId graph)
      : reading_(std::move(reading)),
        scan_(reading_->snapshot->scan({{{}, {}, {}, graph}, store::Order::Gspo, reading_->readable, false})) {}

  bool next(std::vector<rdf::Triple>& triples) {
    triples.clear();
    if (!scan_->next(batch_)) return false;
    std::array<std::vector<rdf::Term>, 3> columns;
    for (std::size_t i = 0; i < 3; ++i) {
      columns[i] = reading_->snapshot->terms(batch_.column(static_cast<store::Position>(i)));
    }
    for (std::size_t row = 0; row < batch_.size; ++row) {
      triples.push_back({std::move(columns[0][row]), std::move(columns[1][row]), std::move(columns[2][row])});
    }
    return true;
  }

 private:
  std::shared_ptr<const Reading> reading_;
  std::unique_ptr<store::Scan> scan_;
  store::QuadBatch batch_;
};

Error no_graph(const rdf::Term& graph) { return {Code::NotFound, fmt::format("{} holds nothing", name_of(graph))}; }

Response read_graph(const Services& services, const Request& request) {
  const rdf::Term graph = graph_of(services, request);
  const auto reading = std::make_shared<const Reading>(services, Reading::Scores::Yes);
  const auto id = reading->snapshot->find(graph);
  if (!id || !reading->readable.contains(*id) || reading->snapshot->count({{}, {}, {}, *id}) == 0) {
    throw no_graph(graph);
  }
  const auto reader = std::make_shared<GraphReader>(reading, *id);
  Response out = stream_graph(services, request, request.parameter("format"),
                              [reader](std::vector<rdf::Triple>& triples) { return reader->next(triples); });
  if (out.status == 200) out.headers.emplace_back("Vary", "Accept, Accept-Encoding");
  return out;
}

/// What of the Content-Type and Content-Encoding headers cannot be taken; "" if nothing.
std::string why_unsupported(const Request& request, std::optional<syntax::Format> format) {
  constexpr std::array<syntax::Format, 4> formats = {syntax::Format::Turtle, syntax::Format::NTriples,
                                                     syntax::Format::RdfXml, syntax::Format::JsonLd};
  if (!format || std::find(formats.begin(), formats.end(), *format) == formats.end()) {
    return "send one graph as text/turtle, application/n-triples, application/rdf+xml or application/ld+json, and say "
           "which in Content-Type";
  }
  constexpr std::array<std::string_view, 5> encodings = {"", "identity", "gzip", "x-gzip", "zstd"};
  if (std::find(encodings.begin(), encodings.end(), request.header("content-encoding")) != encodings.end()) return "";
  return "send the graph plain or packed with gzip or zstd, and say which in Content-Encoding";
}

/// What was passed over in a lenient reading: the first ones in words.
struct Remarks {
  std::size_t count = 0;
  std::vector<std::string> shown;
};

ingest::GraphDocument document_of(Services& services, const Request& request, syntax::Format format, Remarks& remarks) {
  const ServerOptions& options = services.options;
  ingest::GraphDocument out;
  out.format = format;
  out.graph = makes_new_graph(request) ? rdf::Term::iri(new_name(services)) : graph_of(services, request);
  out.replace = request.method == "PUT";
  out.base = out.graph.is_default_graph() ? options.base_iri : out.graph.value;
  out.lenient = request.parameter("lenient") == "true";
  out.diagnostics = [&remarks](const base::Diagnostic& remark) {
    if (++remarks.count <= shown_remarks) remarks.shown.push_back(base::to_string(remark));
  };
  out.contexts = make_loader(options.contexts, std::make_shared<base::Budget>());
  out.bulk_from = options.bulk_from;
  out.max_bytes = options.max_unpacked_bytes;
  out.max_document = options.max_body_bytes;
  out.max_replace = options.max_replace_bytes;
  out.max_line = options.max_line_bytes;
  out.admit = [&services]() -> std::shared_ptr<void> {
    if (auto slot = services.loads.take()) return slot;
    throw Error(Code::Busy, fmt::format("{} large graphs are being loaded already; try again later, or raise "
                                        "--max-loads",
                                        services.options.max_concurrent_loads));
  };
  return out;
}

/// Hands on what another source gives, which must outlive it.
class BorrowedSource final : public base::ByteSource {
 public:
  explicit BorrowedSource(base::ByteSource& source) : source_(source) {}
  std::size_t read(std::span<char> buffer) override { return source_.read(buffer); }

 private:
  base::ByteSource& source_;
};

/// The parts of a form as one document, which is held in memory.
std::string join_form(const Services& services, const Request& request, const std::string& base) {
  std::string body = request.body;
  if (request.upload != nullptr) {
    const auto unpacked = syntax::decompress(std::make_unique<BorrowedSource>(*request.upload), "the form");
    body = base::read_all(*unpacked, services.options.max_body_bytes, "the form", "--max-body");
  }
  return join_parts(body, request.header("content-type"), base);
}

Response written(const store::CommitResult& result, bool is_new, const Remarks* remarks) {
  publish::JsonWriter json;
  write_commit(json, result);
  if (remarks != nullptr) {
    json.key("passed_over").value(static_cast<std::int64_t>(remarks->count)).key("remarks").begin_array();
    for (const std::string& remark : remarks->shown) json.value(remark);
    json.end_array();
  }
  json.end_object();
  Response out;
  out.status = is_new ? 201 : 200;
  out.content_type = "application/json";
  out.body = json.take() + "\n";
  return out;
}

/// PUT and POST. Source: SPARQL 1.1 Graph Store HTTP Protocol, sections 5.3 and 5.5.
Response write_graph(Services& services, const Request& request) {
  if (auto refused = refuse_write(services, request)) return *refused;
  const bool is_form = is_multipart(request.header("content-type"));
  const auto format = is_form ? syntax::Format::NTriples : syntax::format_of_media_type(request.header("content-type"));
  if (const std::string why = why_unsupported(request, format); !why.empty()) {
    return answer_error(services, request, 415, Error(Code::Unsupported, why));
  }
  Remarks remarks;
  ingest::GraphDocument document = document_of(services, request, *format, remarks);
  const std::string joined = is_form ? join_form(services, request, document.base) : std::string();
  const auto plain = base::open_text(is_form ? joined : request.body);  // an address with needless escapes is no upload
  const bool is_plain = is_form || request.upload == nullptr;
  document.bytes = std::make_unique<BorrowedSource>(is_plain ? *plain : *request.upload);
  const bool is_lenient = document.lenient;
  const rdf::Term graph = document.graph;
  const auto budget = std::make_shared<base::Budget>();
  if (request.client) request.client->cancel_when_gone(budget);
  ingest::LoadOptions options;
  options.threads = services.options.load_threads;
  options.memory = services.options.load_memory;
  options.check = [budget] { budget->check(); };
  const bool was_empty = ingest::size_of_graph(*services.store.snapshot(), graph) == 0;
  ingest::LoadResult result;
  try {
    result = ingest::receive(services.store, std::move(document),
                             {request.peer, fmt::format("{} {}", request.method, name_of(graph))}, options);
  } catch (const Error& error) {
    if (request.upload != nullptr && request.upload->is_stalled()) return answer_error(services, request, 408, error);
    throw;
  }
  services.refresh_names();
  Response out = written(result.commit, was_empty && result.commit.inserted > 0, is_lenient ? &remarks : nullptr);
  if (makes_new_graph(request)) out.headers.emplace_back("Location", graph.value);
  return out;
}

Response delete_graph(Services& services, const Request& request) {
  if (auto refused = refuse_write(services, request)) return *refused;
  const rdf::Term graph = graph_of(services, request);
  const auto transaction = services.store.begin();
  const auto id = transaction->find(graph);
  if (!id || transaction->clear(*id) == 0) throw no_graph(graph);
  const auto result = transaction->commit({request.peer, fmt::format("DELETE {}", name_of(graph))});
  services.refresh_names();
  return written(result, false, nullptr);
}

Response answer(Services& services, const Request& request) {
  if (request.method == "DELETE") return delete_graph(services, request);
  const bool is_write = request.method == "PUT" || request.method == "POST";
  return is_write ? write_graph(services, request) : read_graph(services, request);
}

}  // namespace

void add_graph_routes(Router& router, Services& services) {
  router.add(std::string(route), Router::Match::Exact, {"GET", "PUT", "POST", "DELETE"}, Router::Cors::Yes,
             [&services](const Request& request) { return answer(services, request); });
  router.add(std::string(route) + "/", Router::Match::Prefix, {"GET", "PUT", "POST", "DELETE"}, Router::Cors::Yes,
             [&services](const Request& request) { return answer(services, request); });
}

}  // namespace scenograph::server
