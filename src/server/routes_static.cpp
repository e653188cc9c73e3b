#include "base/error.hpp"
#include "publish/assets.hpp"
#include "server/internal/routes.hpp"

namespace scenograph::server {

namespace {

constexpr std::string_view folder = "static/";

Response asset(const Request& request, const std::string& name) {
  const auto content = publish::find_asset(name);
  if (!content) throw base::Error(base::Code::NotFound, "there is no such file");
  const std::string& edition = publish::asset_edition();
  const std::string etag = "\"" + edition + "\"";
  const std::string weak = request.header("accept-encoding").empty() ? "" : "W/";  // it may be compressed on its way
  const bool is_for_good = request.parameter("v") == edition;
  Response out;
  if (request.header("if-none-match").find(etag) != std::string_view::npos) {
    out.status = 304;
  } else {
    out.content_type = publish::asset_media_type(name);
    out.body = *content;
  }
  out.headers = {{"ETag", weak + etag},
                 {"Cache-Control", is_for_good ? "public, max-age=31536000, immutable" : "public, max-age=3600"},
                 {"Vary", "Accept-Encoding"}};
  return out;
}

}  // namespace

void add_static_routes(Router& router, Services&) {
  router.add("/static/", Router::Match::Prefix, {"GET"}, Router::Cors::No,
             [](const Request& request) { return asset(request, request.path.substr(1)); });
  router.add("/embed.js", Router::Match::Exact, {"GET"}, Router::Cors::Yes,
             [](const Request& request) { return asset(request, std::string(folder) + "embed.js"); });
}

}  // namespace scenograph::server
