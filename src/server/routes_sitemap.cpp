#include <charconv>

#include "base/error.hpp"
#include "publish/sitemap.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"

namespace scenograph::server {

namespace {

constexpr std::string_view file_prefix = "/sitemap-";

/// The number in "/sitemap-3.xml"; 0 if there is none.
std::size_t number_of(std::string_view path) {
  path.remove_prefix(file_prefix.size());
  std::size_t out = 0;
  const auto [end, failure] = std::from_chars(path.data(), path.data() + path.size(), out);
  const bool is_file = failure == std::errc() && std::string_view(end, path.data() + path.size()) == ".xml";
  return is_file ? out : 0;
}

Response sitemap(Services& services, const Request& request) {
  const Reading reading(services);
  return with_etag(request, reading, "sitemap", [&] {
    const auto map = services.sitemaps.get(reading.snapshot->commit_number(), "",
                                           [&] { return publish::Sitemap::read(services.site, reading.source); });
    Response out;
    out.content_type = "application/xml";
    if (request.path == "/sitemap.xml") {
      out.body = map->files() == 1 ? map->file(1) : map->index();
      return out;
    }
    const std::size_t number = number_of(request.path);
    if (number < 1 || number > map->files()) throw base::Error(base::Code::NotFound, "there is no such sitemap");
    out.body = map->file(number);
    return out;
  });
}

Response robots(const Services& services) {
  Response out;
  out.content_type = "text/plain; charset=utf-8";
  out.body = publish::robots_txt(services.site);
  out.headers.emplace_back("Cache-Control", "public, max-age=3600");
  return out;
}

}  // namespace

void add_sitemap_routes(Router& router, Services& services) {
  using Match = Router::Match;
  const Handler handler = [&services](const Request& request) { return sitemap(services, request); };
  router.add("/sitemap.xml", Match::Exact, {"GET"}, Router::Cors::No, handler);
  router.add(std::string(file_prefix), Match::Prefix, {"GET"}, Router::Cors::No, handler);
  router.add("/robots.txt", Match::Exact, {"GET"}, Router::Cors::No,
             [&services](const Request&) { return robots(services); });
}

}  // namespace scenograph::server
