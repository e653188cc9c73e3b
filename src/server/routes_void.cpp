#include <array>

#include "base/error.hpp"
#include "jsonld/any_syntax.hpp"
#include "publish/dataset.hpp"
#include "server/internal/errors.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"
#include "syntax/negotiation.hpp"

namespace scenograph::server {

namespace {

using Quads = std::vector<rdf::Quad>;

constexpr std::array<syntax::Format, 5> offered = {syntax::Format::Turtle, syntax::Format::JsonLd,
                                                   syntax::Format::NTriples, syntax::Format::RdfXml,
                                                   syntax::Format::JsonLd};
constexpr std::array<std::string_view, 5> offered_types = {
    "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml", "application/json"};

Response write(const Quads& quads, syntax::Format format) {
  Response out;
  out.content_type = syntax::media_type(format);
  if (out.content_type.starts_with("text/")) out.content_type += "; charset=utf-8";
  out.headers.emplace_back("Vary", "Accept, Accept-Encoding");
  const auto writer = jsonld::make_any_writer(format, [&](std::string_view bytes) { out.body += bytes; });
  for (const rdf::Quad& quad : quads) writer->write(quad);
  writer->finish();
  return out;
}

Response dataset(Services& services, const Request& request) {
  const auto chosen = syntax::negotiate(request.header("accept"), offered_types);
  if (!chosen) {
    const base::Error error(base::Code::Unsupported,
                            "the dataset's description can be had as Turtle, JSON-LD, N-Triples and RDF/XML");
    return error_response(406, error, "text/plain");
  }
  const syntax::Format format = offered[*chosen];
  const Reading reading(services, Reading::Scores::Yes);
  return with_etag(request, reading, std::string("void-") + std::string(syntax::extension_of(format)), [&] {
    const auto quads = services.datasets.get(reading.snapshot->commit_number(), "",
                                             [&] { return publish::describe_dataset(services.site, reading.source); });
    return write(*quads, format);
  });
}

}  // namespace

void add_void_routes(Router& router, Services& services) {
  router.add(std::string(publish::dataset_path), Router::Match::Exact, {"GET"}, Router::Cors::Yes,
             [&services](const Request& request) { return dataset(services, request); });
}

}  // namespace scenograph::server
