#include "base/version.hpp"
#include "publish/json.hpp"
#include "server/internal/routes.hpp"

namespace scenograph::server {

namespace {

Response health(const Services& services) {
  const store::StoreInfo info = services.store.info();
  publish::JsonWriter json;
  json.begin_object().key("status").value("ok");
  json.key("version").value(base::version());
  json.key("commit").value(static_cast<std::int64_t>(services.store.snapshot()->commit_number()));
  json.key("quads").value(static_cast<std::int64_t>(info.quads));
  json.key("queries_running").value(static_cast<std::int64_t>(services.queries.count()));
  json.end_object();
  Response out;
  out.content_type = "application/json";
  out.body = json.take() + "\n";
  out.headers.emplace_back("Cache-Control", "no-store");
  return out;
}

}  // namespace

void add_health_routes(Router& router, Services& services) {
  router.add("/health", Router::Match::Exact, {"GET"}, Router::Cors::Yes,
             [&services](const Request&) { return health(services); });
}

}  // namespace scenograph::server
