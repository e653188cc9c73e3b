#include <fmt/format.h>

#include <charconv>

#include "base/error.hpp"
#include "base/time.hpp"
#include "publish/json.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"

namespace scenograph::server {

namespace {

constexpr std::string_view path = "/queries/";

Response json_answer(publish::JsonWriter& json) {
  Response out;
  out.content_type = "application/json";
  out.body = json.take() + "\n";
  out.headers.emplace_back("Cache-Control", "no-store");
  return out;
}

Response list(const Services& services, const Request& request) {
  if (auto refused = refuse_operation(services, request)) return *refused;
  publish::JsonWriter json;
  json.begin_object().key("queries").begin_array();
  for (const RunningQueryInfo& query : services.queries.list()) {
    json.begin_object().key("id").value(std::to_string(query.id));
    json.key("text").value(query.text);
    json.key("client").value(query.client);
    json.key("started").value(base::utc_text(query.started_ms));
    json.key("seconds").value(query.seconds);
    json.key("rows").value(static_cast<std::int64_t>(query.rows));
    json.key("memory_bytes").value(static_cast<std::int64_t>(query.memory));
    json.key("peak_memory_bytes").value(static_cast<std::int64_t>(query.peak_memory));
    json.end_object();
  }
  json.end_array().end_object();
  return json_answer(json);
}

Response cancel(Services& services, const Request& request) {
  if (auto refused = refuse_operation(services, request)) return *refused;
  const std::string_view id = std::string_view(request.path).substr(path.size());
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (failure != std::errc() || end != id.data() + id.size() || !services.queries.cancel(number)) {
    throw base::Error(base::Code::NotFound, fmt::format("no query \"{}\" is running; GET /queries lists them", id));
  }
  publish::JsonWriter json;
  json.begin_object().key("cancelled").value(id).end_object();
  return json_answer(json);
}

}  // namespace

void add_query_routes(Router& router, Services& services) {
  router.add("/queries", Router::Match::Exact, {"GET"}, Router::Cors::No,
             [&services](const Request& request) { return list(services, request); });
  router.add(std::string(path), Router::Match::Prefix, {"DELETE"}, Router::Cors::No,
             [&services](const Request& request) { return cancel(services, request); });
}

}  // namespace scenograph::server
