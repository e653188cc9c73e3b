#include "server/internal/router.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "server/internal/errors.hpp"

namespace scenograph::server {

namespace {

Response preflight(const std::string& allowed) {
  Response out;
  out.status = 204;
  out.headers = {
      {"Allow", allowed},
      {"Access-Control-Allow-Methods", allowed},
      {"Access-Control-Allow-Headers", "Accept, Authorization, Content-Encoding, Content-Type, If-None-Match"},
      {"Access-Control-Max-Age", "86400"}};
  return out;
}

}  // namespace

void Router::add(std::string path, Match match, std::vector<std::string> methods, Cors cors, Handler handler) {
  routes_.push_back({std::move(path), match, std::move(methods), cors, std::move(handler)});
}

const Router::Route* Router::find(const std::string& path) const {
  const auto at = std::find_if(routes_.begin(), routes_.end(), [&](const Route& route) {
    return route.match == Match::Exact ? path == route.path : path.starts_with(route.path);
  });
  return at == routes_.end() ? nullptr : &*at;
}

Response Router::route(const Request& request) const {
  const Route* route = find(request.path);
  if (route == nullptr)
    return on_error_(request, 404, base::Error(base::Code::NotFound, "there is nothing at this address"));
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  const bool allowed = std::find(route->methods.begin(), route->methods.end(), method) != route->methods.end();
  const std::string list = fmt::format("{}, OPTIONS", fmt::join(route->methods, ", "));
  Response out;
  if (allowed) {
    try {
      out = route->handler(request);
    } catch (const base::Error& error) {
      out = on_error_(request, status_of(error.code()), error);
    }
  } else if (method == "OPTIONS") {
    out = preflight(list);
  } else {
    out =
        on_error_(request, 405, base::Error(base::Code::BadArgument, fmt::format("this address takes {} only", list)));
    out.headers.emplace_back("Allow", list);
  }
  if (route->cors == Cors::Yes) {
    out.headers.emplace_back("Access-Control-Allow-Origin", "*");
    out.headers.emplace_back("Access-Control-Expose-Headers", "ETag, Link, Location, Retry-After");
  }
  return out;
}

}  // namespace scenograph::server
