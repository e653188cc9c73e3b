#include "ingest/load_remote.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "jsonld/any_syntax.hpp"
#include "net/fetch.hpp"
#include "rdf/iri.hpp"
#include "syntax/compression.hpp"
#include "syntax/format.hpp"

namespace scenograph::ingest {

namespace {

using net::Fetched;

constexpr std::string_view accepted =
    "text/turtle, application/n-triples, application/n-quads, application/trig, application/rdf+xml;q=0.9, "
    "application/ld+json;q=0.8, */*;q=0.1";

syntax::Format format_of(const Fetched& document) {
  std::string type = document.content_type.substr(0, document.content_type.find(';'));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<std::string_view, 4> vague = {"", "text/plain", "application/octet-stream", "application/gzip"};
  const bool is_vague = std::find(vague.begin(), vague.end(), type) != vague.end();
  const auto by_type = syntax::format_of_media_type(type);
  if (by_type && !is_vague) return *by_type;
  if (const auto by_ending = syntax::format_of_path(rdf::split_iri(document.url).path)) return *by_ending;
  if (by_type) return *by_type;
  throw base::Error(base::Code::Unsupported,
                    fmt::format("<{}> is of media type «{}», which is no RDF", document.url, type));
}

}  // namespace

sparql::DocumentLoader make_remote_loader(const sparql::federation::RemoteOptions& remote) {
  if (remote.allow_load.empty()) return nullptr;
  const net::FetchPolicy policy{{"--allow-load", remote.allow_load}, remote.timeout, remote.max_bytes};
  return [policy](const std::string& address, const std::shared_ptr<base::Budget>& budget, const rdf::QuadSink& sink) {
    Fetched document = net::fetch(policy, {address, std::string(accepted), {}}, budget);
    syntax::ReadOptions options;
    options.base = document.url;
    options.source_name = document.url;
    options.max_bytes = policy.max_bytes;
    options.max_bytes_option = "--remote-bytes";
    const syntax::Format format = format_of(document);
    const auto bytes = syntax::decompress(std::move(document.body), document.url);
    jsonld::read_any(*bytes, format, options, sink);
  };
}

}  // namespace scenograph::ingest
