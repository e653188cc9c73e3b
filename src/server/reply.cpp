#include "server/internal/reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/hash.hpp"
#include "base/version.hpp"
#include "publish/assets.hpp"
#include "server/internal/authorization.hpp"
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

/// Whether the message of an error says more than the page of its status does.
bool tells_more(int status) {
  constexpr std::array<int, 7> said_already = {401, 404, 408, 414, 429, 431, 500};
  return std::find(said_already.begin(), said_already.end(), status) == said_already.end();
}

/// Where the request can be made again in another language: its address without one, if it was to read something.
std::string address_of(const Request& request) {
  constexpr std::size_t longest = 2000;
  const std::string_view target = request.target;
  const bool can_be_linked = target.starts_with('/') && !target.starts_with("//") && target.size() <= longest;
  if (!can_be_linked || (request.method != "GET" && request.method != "HEAD")) return "/";
  const std::size_t question = std::min(target.find('?'), target.size());
  std::string out(target.substr(0, question));
  char separator = '?';
  for (std::string_view query = target.substr(std::min(question + 1, target.size())); !query.empty();) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.starts_with("lang=")) continue;
    out.append(1, separator).append(pair);
    separator = '&';
  }
  return out;
}

Response html_error(const Services& services, const Request& request, const publish::Failure& failure) {
  const auto language = language_of(request);
  Response out = html(publish::error_page(services.site, failure, language), language);
  out.status = failure.status;
  if (out.status == 503) out.headers.emplace_back("Retry-After", "2");
  return out;
}

/// Whether the answer may leave compressed: its bytes are then not those that a strong tag would promise.
bool takes_compressed(const Request& request) {
  const std::string_view encodings = request.header("accept-encoding");
  return !encodings.empty() && encodings != "identity";
}

/// Differs between weights that score differently, as far as their numbers and shapes tell.
std::string fingerprint(const shacl::QualityWeights& weights) {
  std::string out = fmt::format("{} {}", weights.half_life_days, weights.step_days);
  for (const double weight : weights.weights) out += fmt::format(" {}", weight);
  for (const double penalty : weights.penalties) out += fmt::format(" {}", penalty);
  for (const shacl::QualityRule& rule : weights.rules) out += fmt::format(" {} {}", rule.id.value, rule.weight);
  return out;
}

}  // namespace

std::string Services::edition_of(const store::Store& store, const ServerOptions& options) {
  const auto first = store.commits(1, 1);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t born =
      first.empty() ? std::chrono::duration_cast<std::chrono::milliseconds>(now).count() : first.front().time_ms;
  return base::to_base32(base::stable_hash(fmt::format("{} {} {} {} {} {}", born, base::version(),
                                                       publish::asset_edition(), options.base_iri, options.site_name,
                                                       options.weights ? fingerprint(*options.weights) : "")));
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

Response no_such_entity(const Services& services, const Request& request) {
  return html_error(services, request, {404, "error_404_entity", {}, address_of(request)});
}

Response answer_error(const Services& services, const Request& request, int status, const base::Error& error) {
  constexpr std::array<std::string_view, 3> offered = {"text/plain", "application/json", "text/html"};
  const std::string_view accept = request.header("accept");
  if (syntax::negotiate(accept, offered) != std::size_t{2}) return error_response(status, error, accept);
  const std::string_view detail = tells_more(status) ? error.what() : std::string_view();
  return html_error(services, request, {status, {}, detail, address_of(request)});
}

namespace {

/// @param closed  what to say where there is no token that would do. @param subject  what needs one.
std::optional<Response> refuse_without_token(const Services& services, const Request& request, std::string_view closed,
                                             std::string_view subject) {
  const Access access = check_token(request.header("authorization"), services.options.write_token);
  if (access == Access::Granted) return std::nullopt;
  if (access == Access::Closed) {
    return answer_error(services, request, 403, base::Error(base::Code::Denied, std::string(closed)));
  }
  Response out = answer_error(
      services, request, 401,
      base::Error(base::Code::Denied,
                  fmt::format("{} needs the header \"Authorization: Bearer\" with the server's token", subject)));
  out.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"update\"");
  return out;
}

}  // namespace

std::optional<Response> refuse_write(const Services& services, const Request& request) {
  return refuse_without_token(services, request,
                              "this server takes no updates; start it with --write-token to allow them", "an update");
}

std::optional<Response> refuse_operation(const Services& services, const Request& request) {
  return refuse_without_token(services, request,
                              "this server tells nobody of its queries; start it with --write-token to see them",
                              "the list of queries");
}

void write_commit(publish::JsonWriter& json, const store::CommitResult& result) {
  json.begin_object().key("commit").value(static_cast<std::int64_t>(result.number));
  json.key("inserted").value(static_cast<std::int64_t>(result.inserted));
  json.key("removed").value(static_cast<std::int64_t>(result.removed));
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
