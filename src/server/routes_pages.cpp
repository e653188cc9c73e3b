#include <fmt/format.h>

#include "publish/pages.hpp"
#include "server/internal/entity_quality.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"

namespace scenograph::server {

namespace {

constexpr std::string_view page_folder = "/page/";

Response home(Services& services, const Request& request) {
  const Reading reading(services);
  const auto language = language_of(request);
  return with_etag(request, reading, publish::tag_of(language), [&] {
    const auto day = std::chrono::system_clock::now().time_since_epoch() / std::chrono::hours(24);
    const auto page =
        services.home_pages.get(reading.snapshot->commit_number(), fmt::format("{} {}", day, publish::tag_of(language)),
                                [&] { return publish::home_page(services.site, reading.source, language); });
    return html(*page, language);
  });
}

/// The IRI that a page or preview is asked for.
std::string iri_of(const Services& services, const Request& request) {
  if (request.path.starts_with(page_folder)) {
    return services.options.base_iri + "id/" + request.path.substr(page_folder.size());
  }
  const std::string_view iri = request.parameter(request.path == "/preview" ? "id" : "iri");
  return std::string(iri.empty() ? request.parameter("iri") : iri);
}

Response entity(const Services& services, const Request& request) {
  const Reading reading(services);
  const auto language = language_of(request);
  return with_etag(request, reading, publish::tag_of(language), [&] {
    const std::string iri = iri_of(services, request);
    const auto quality = entity_quality(services, request, reading.source, iri, language);
    auto page = publish::entity_page(services.site, reading.source, iri, language, quality ? &*quality : nullptr);
    return page ? html(std::move(*page), language) : no_such_entity(services, request);
  });
}

Response preview(const Services& services, const Request& request) {
  const Reading reading(services);
  const auto language = language_of(request);
  return with_etag(request, reading, "preview-" + std::string(publish::tag_of(language)), [&] {
    auto page = publish::preview_page(services.site, reading.source, iri_of(services, request), language);
    return page ? html(std::move(*page), language, true) : no_such_entity(services, request);
  });
}

Response search(Services& services, const Request& request) {
  const Reading reading(services);
  const auto language = language_of(request);
  const auto names = services.names.get(reading.snapshot, reading.readable);
  return html(publish::search_page(services.site, reading.source, *names, request.parameter("q"), language), language);
}

}  // namespace

void add_page_routes(Router& router, Services& services) {
  using Match = Router::Match;
  router.add("/", Match::Exact, {"GET"}, Router::Cors::No,
             [&services](const Request& request) { return home(services, request); });
  router.add("/search", Match::Exact, {"GET"}, Router::Cors::No,
             [&services](const Request& request) { return search(services, request); });
  router.add("/page", Match::Exact, {"GET"}, Router::Cors::No,
             [&services](const Request& request) { return entity(services, request); });
  router.add(std::string(page_folder), Match::Prefix, {"GET"}, Router::Cors::No,
             [&services](const Request& request) { return entity(services, request); });
  router.add("/preview", Match::Exact, {"GET"}, Router::Cors::Yes,
             [&services](const Request& request) { return preview(services, request); });
}

}  // namespace scenograph::server
