#include "server/internal/refusal.hpp"

#include <fmt/format.h>

#include "server/internal/framing.hpp"

namespace scenograph::server {

namespace {

std::string_view name_of_status(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 408:
      return "Request Timeout";
    case 413:
      return "Content Too Large";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    default:
      return "Service Unavailable";
  }
}

}  // namespace

Request request_of_head(std::string_view head) {
  Request out;
  head = head.substr(0, head.find("\r\n\r\n"));
  for (const char* name : {"accept", "accept-language"}) out.headers[name] = find_header(head, name);
  return out;
}

std::string to_wire(const Response& response) {
  std::string out =
      fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n", response.status,
                  name_of_status(response.status), response.content_type, response.body.size());
  for (const auto& [name, value] : response.headers) out += fmt::format("{}: {}\r\n", name, value);
  return out + "\r\n" + response.body;
}

}  // namespace scenograph::server
