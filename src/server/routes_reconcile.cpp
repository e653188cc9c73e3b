#include <charconv>

#include "base/error.hpp"
#include "publish/reconcile.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"

namespace scenograph::server {

namespace {

Response json(std::string body) {
  Response out;
  out.content_type = "application/json";
  out.body = std::move(body) + "\n";
  out.headers = {{"Cache-Control", "no-cache"}, {"Vary", "Accept-Language, Accept-Encoding"}};
  return out;
}

Response reconcile(Services& services, const Request& request) {
  const auto language = language_of(request);
  const Parameters form = request.method == "POST" ? parse_form(request.body) : Parameters();
  std::string_view queries = value_of(form, "queries");
  if (queries.empty()) queries = request.parameter("queries");
  if (queries.empty()) {
    if (request.method == "POST") {
      throw base::Error(base::Code::BadArgument, "send the queries as JSON in the form field \"queries\"");
    }
    return json(publish::reconcile_manifest(services.site, language));
  }
  const Reading reading(services);
  const auto names = services.names.get(reading.snapshot, reading.readable);
  return json(publish::reconcile(services.site, reading.source, *names, queries, language));
}

Response suggest(Services& services, const Request& request) {
  const Reading reading(services);
  const auto names = services.names.get(reading.snapshot, reading.readable);
  std::size_t cursor = 0;
  const std::string_view text = request.parameter("cursor");
  std::from_chars(text.data(), text.data() + text.size(), cursor);
  return json(publish::suggest_entities(services.site, reading.source, *names, request.parameter("prefix"), cursor,
                                        language_of(request)));
}

}  // namespace

void add_reconcile_routes(Router& router, Services& services) {
  router.add("/reconcile", Router::Match::Exact, {"GET", "POST"}, Router::Cors::Yes,
             [&services](const Request& request) { return reconcile(services, request); });
  router.add("/reconcile/suggest/entity", Router::Match::Exact, {"GET"}, Router::Cors::Yes,
             [&services](const Request& request) { return suggest(services, request); });
}

}  // namespace scenograph::server
