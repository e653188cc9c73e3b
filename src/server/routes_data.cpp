#include <array>

#include "base/error.hpp"
#include "publish/description.hpp"
#include "publish/json_ld.hpp"
#include "rdf/vocab.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"
#include "syntax/format.hpp"
#include "syntax/negotiation.hpp"
#include "syntax/writer.hpp"

namespace scenograph::server {

namespace {

constexpr std::string_view id_folder = "/id/";
constexpr std::string_view data_folder = "/data/";

struct Offered {
  std::string_view media_type;
  std::optional<syntax::Format> format;  ///< none: the page
};

constexpr std::array<Offered, 7> offered = {{{"text/html", std::nullopt},
                                             {"text/turtle", syntax::Format::Turtle},
                                             {"application/ld+json", syntax::Format::JsonLd},
                                             {"application/n-triples", syntax::Format::NTriples},
                                             {"application/rdf+xml", syntax::Format::RdfXml},
                                             {"application/json", syntax::Format::JsonLd},
                                             {"application/xhtml+xml", std::nullopt}}};

/// Splits "event/x.ttl" if the ending is that of a syntax without graphs.
std::pair<std::string, std::optional<syntax::Format>> split_ending(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string::npos) return {path, std::nullopt};
  const std::string_view ending = std::string_view(path).substr(dot + 1);
  for (const Offered& entry : offered) {
    if (entry.format && syntax::extension_of(*entry.format) == ending) return {path.substr(0, dot), entry.format};
  }
  return {path, std::nullopt};
}

/// The path after `folder` as the client sent it: IRIs of entities may hold percent signs of their own.
std::string raw_path(const Request& request, std::string_view folder) {
  const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
  return std::string(path.size() > folder.size() ? path.substr(folder.size()) : "");
}

bool is_known(const Reading& reading, const std::string& iri) {
  const auto id = reading.snapshot->find(rdf::Term::iri(iri));
  if (!id) return false;
  store::QuadBatch batch;
  return reading.snapshot->scan({{*id, {}, {}, {}}, store::Order::Spog, reading.readable, false})->next(batch);
}

/// Where to find the entity that another one was merged into: the one that alone is said of it, with owl:sameAs.
std::string merged_into(const Services& services, const Reading& reading, const std::string& iri) {
  const auto facts = publish::describe(reading.source.view, reading.readable, services.site, rdf::Term::iri(iri));
  if (facts.empty() || facts.front().predicate.value != rdf::owl::sameAs) return iri;
  for (const rdf::Quad& fact : facts) {
    if (fact.subject.value == iri && fact.predicate.value != rdf::owl::sameAs) return iri;
  }
  const std::string& other = facts.front().object.value;
  return publish::local_part(services.site, other) && other != iri ? other : iri;
}

Response redirect(const Services& services, const Request& request) {
  const Reading reading(services);
  auto [path, ending] = split_ending(raw_path(request, id_folder));
  std::string iri = services.options.base_iri + "id/" + path;
  if (!is_known(reading, iri)) {
    path = split_ending(request.path.substr(id_folder.size())).first;
    iri = services.options.base_iri + "id/" + path;
  }
  std::optional<syntax::Format> format = ending;
  if (!ending) {
    std::array<std::string_view, offered.size()> types;
    for (std::size_t i = 0; i < types.size(); ++i) types[i] = offered[i].media_type;
    const auto chosen = syntax::negotiate(request.header("accept"), types);
    if (!chosen) {
      return answer_error(services, request, 406,
                          base::Error(base::Code::Unsupported,
                                      "an entity can be had as a page, as Turtle, JSON-LD, N-Triples and RDF/XML"));
    }
    format = offered[*chosen].format;
  }
  if (!is_known(reading, iri)) {
    if (!format) return no_such_entity(services, request);
    throw base::Error(base::Code::NotFound, "nothing is known of this entity");
  }
  iri = merged_into(services, reading, iri);
  return see_other(format ? publish::data_path(services.site, iri, syntax::extension_of(*format))
                          : publish::page_path(services.site, iri));
}

std::string write(const std::vector<rdf::Quad>& quads, syntax::Format format) {
  std::string out;
  const auto writer = syntax::make_writer(format, [&](std::string_view bytes) { out += bytes; });
  for (const rdf::Quad& quad : quads) writer->write(quad);
  writer->finish();
  return out;
}

/// What the store says of an entity; "" if nothing is known.
std::string describe(const Services& services, const Reading& reading, const std::string& iri, syntax::Format format) {
  const store::View& view = reading.source.view;
  if (format == syntax::Format::JsonLd) return publish::data_json_ld(view, reading.readable, services.site, iri);
  const rdf::Term entity = rdf::Term::iri(iri);
  auto quads = publish::describe(view, reading.readable, services.site, entity);
  if (quads.empty()) return {};
  const auto incoming = publish::describe_incoming(view, reading.readable, entity);
  quads.insert(quads.end(), incoming.begin(), incoming.end());
  return write(quads, format);
}

Response data(const Services& services, const Request& request) {
  std::string iri(request.parameter("iri"));
  std::optional<syntax::Format> format;
  if (request.path.starts_with(data_folder)) {
    auto [path, ending] = split_ending(request.path.substr(data_folder.size()));
    iri = services.options.base_iri + "id/" + path;
    format = ending;
  }
  if (const auto name = request.parameter("format"); !name.empty()) format = syntax::parse_format(name);
  if (!format)
    throw base::Error(base::Code::BadArgument, "say which format: end the address in .ttl, .jsonld, .nt or .rdf");
  const Reading reading(services);
  return with_etag(request, reading, syntax::extension_of(*format), [&] {
    Response out;
    out.body = describe(services, reading, iri, *format);
    if (out.body.empty()) throw base::Error(base::Code::NotFound, "nothing is known of this entity");
    out.content_type = syntax::media_type(*format);
    if (out.content_type.starts_with("text/")) out.content_type += "; charset=utf-8";
    out.headers.emplace_back("Vary", "Accept-Encoding");
    return out;
  });
}

/// What embed.js puts into a venue's page: the same JSON-LD as in the entity's own page of that language.
Response embed(const Services& services, const Request& request) {
  const Reading reading(services);
  const std::string_view language = publish::tag_of(language_of(request));
  return with_etag(request, reading, "embed-" + std::string(language), [&] {
    Response out;
    out.body =
        publish::page_json_ld(reading.source.view, reading.readable, services.site, request.parameter("iri"), language);
    if (out.body.empty()) throw base::Error(base::Code::NotFound, "nothing is known of this entity");
    out.content_type = "application/ld+json";
    out.headers.emplace_back("Vary", "Accept-Language");
    return out;
  });
}

}  // namespace

void add_data_routes(Router& router, Services& services) {
  using Match = Router::Match;
  router.add(std::string(id_folder), Match::Prefix, {"GET"}, Router::Cors::Yes,
             [&services](const Request& request) { return redirect(services, request); });
  router.add(std::string(data_folder), Match::Prefix, {"GET"}, Router::Cors::Yes,
             [&services](const Request& request) { return data(services, request); });
  router.add("/data", Match::Exact, {"GET"}, Router::Cors::Yes,
             [&services](const Request& request) { return data(services, request); });
  router.add("/embed", Match::Exact, {"GET"}, Router::Cors::Yes,
             [&services](const Request& request) { return embed(services, request); });
}

}  // namespace scenograph::server
