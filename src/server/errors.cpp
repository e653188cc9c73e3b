#include "server/internal/errors.hpp"

#include <array>

#include "publish/json.hpp"
#include "syntax/negotiation.hpp"

namespace scenograph::server {

namespace {

bool prefers_json(std::string_view accept) {
  constexpr std::array<std::string_view, 4> offered = {"text/plain", "application/json",
                                                       "application/sparql-results+json", "application/ld+json"};
  return syntax::negotiate(accept, offered).value_or(0) != 0;
}

std::string to_json(int status, const base::Error& error) {
  publish::JsonWriter json;
  json.begin_object().key("error").begin_object();
  json.key("status").value(status);
  json.key("code").value(base::name_of(error.code()));
  json.key("message").value(error.message());
  if (error.where().line != 0) {
    json.key("line").value(static_cast<std::int64_t>(error.where().line));
    json.key("column").value(static_cast<std::int64_t>(error.where().column));
  }
  json.end_object().end_object();
  return json.take() + "\n";
}

}  // namespace

int status_of(base::Code code) noexcept {
  switch (code) {
    case base::Code::BadArgument:
    case base::Code::BadSyntax:
    case base::Code::BadData:
    case base::Code::Unsupported:
      return 400;
    case base::Code::Denied:
    case base::Code::ReadOnly:
      return 403;
    case base::Code::NotFound:
      return 404;
    case base::Code::TooLarge:
      return 413;
    case base::Code::Timeout:
      return 504;
    case base::Code::Cancelled:
    case base::Code::OutOfMemory:
    case base::Code::Busy:
    case base::Code::Locked:
      return 503;
    case base::Code::Remote:
      return 502;
    case base::Code::DiskFull:
      return 507;
    case base::Code::Io:
    case base::Code::Corrupt:
      return 500;
  }
  return 500;
}

Response error_response(int status, const base::Error& error, std::string_view accept) {
  Response out;
  out.status = status;
  if (prefers_json(accept)) {
    out.content_type = "application/json";
    out.body = to_json(status, error);
  } else {
    out.content_type = "text/plain; charset=utf-8";
    out.body = std::string(error.what()) + "\n";
  }
  if (status == 503) out.headers.emplace_back("Retry-After", "2");
  out.headers.emplace_back("Cache-Control", "no-store");
  return out;
}

}  // namespace scenograph::server
