#include "server/internal/reply.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "base/hash.hpp"
#include "base/version.hpp"
#include "publish/assets.hpp"
#include "server/internal/errors.hpp"
#include "syntax/negotiation.hpp"

namespace scenograph::server {

namespace {

std::string etag_of(const Reading& reading, std::string_view variant) {
  const auto hours =
      std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch()).count();
  return fmt::format("\"{}-{}-{}-{}\"", reading.snapshot->commit_number(), hours / 24, reading.edition, variant);
}

/// Source: RFC 9110, section 13.1.2; the tags compared weakly.
bool has_already(std::string_view if_none_match, std::string_view etag) {
  return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

/// Whether the answer may leave compressed: its bytes are then not those that a strong tag would promise.
bool takes_compressed(const Request& request) {
  const std::string_view encodings = request.header("accept-encoding");
  return !encodings.empty() && encodings != "identity";
}

}  // namespace

std::string Services::edition_of(const store::Store& store, const publish::Site& site) {
  const auto first = store.commits(1, 1);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t born =
      first.empty() ? std::chrono::duration_cast<std::chrono::milliseconds>(now).count() : first.front().time_ms;
  return base::to_base32(base::stable_hash(
      fmt::format("{} {} {} {} {}", born, base::version(), publish::asset_edition(), site.base_iri, site.name)));
}

publish::Language language_of(const Request& request) {
  return publish::choose_language(request.parameter("lang"), request.header("accept-language"));
}

Response html(std::string page, publish::Language language, bool framed) {
  Response out;
  out.content_type = "text/html; charset=utf-8";
  out.body = std::move(page);
  out.headers = {{"Content-Security-Policy", std::string(publish::content_security_policy(framed))},
                 {"Content-Language", std::string(publish::tag_of(language))},
                 {"Vary", "Accept, Accept-Language, Accept-Encoding"}};
  return out;
}

Response html_error(const Services& services, const Request& request, int status, std::string_view message) {
  const auto language = language_of(request);
  Response out = html(publish::error_page(services.site, status, message, language), language);
  out.status = status;
  return out;
}

Response answer_error(const Services& services, const Request& request, const base::Error& error) {
  constexpr std::array<std::string_view, 3> offered = {"text/plain", "application/json", "text/html"};
  const std::string_view accept = request.header("accept");
  if (syntax::negotiate(accept, offered) == std::size_t{2}) {
    const bool is_missing = error.code() == base::Code::NotFound;
    return html_error(services, request, status_of(error.code()),
                      is_missing ? publish::text(language_of(request), "error_404_page") : error.what());
  }
  return error_response(error, accept);
}

Response see_other(std::string location) {
  Response out;
  out.status = 303;
  out.headers = {{"Location", std::move(location)}, {"Vary", "Accept"}};
  return out;
}

Response with_etag(const Request& request, const Reading& reading, std::string_view variant,
                   const std::function<Response()>& make) {
  const std::string etag = etag_of(reading, variant);
  Response out;
  if (has_already(request.header("if-none-match"), etag)) {
    out.status = 304;
    out.headers.emplace_back("Vary", "Accept, Accept-Language, Accept-Encoding");
  } else {
    out = make();
  }
  if (out.status == 200 || out.status == 304) {
    out.headers.emplace_back("ETag", (takes_compressed(request) ? "W/" : "") + etag);
    out.headers.emplace_back("Cache-Control", "public, max-age=0, must-revalidate");
  }
  return out;
}

}  // namespace scenograph::server
