#include "server/internal/content_coding.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "syntax/negotiation.hpp"

namespace scenograph::server {

namespace {

constexpr std::size_t shortest = 512;  ///< what fits in a packet or two is not worth the work

bool is_text(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  if (type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml")) return true;
  constexpr std::array<std::string_view, 5> others = {"application/n-triples", "application/n-quads",
                                                      "application/trig", "application/javascript",
                                                      "application/sparql-query"};
  return std::find(others.begin(), others.end(), type) != others.end();
}

bool has_header(const Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [name](const auto& header) { return header.first == name; });
}

void vary(Response& response) {
  for (auto& [name, value] : response.headers) {
    if (name != "Vary") continue;
    if (value.find("Accept-Encoding") == std::string::npos) value += ", Accept-Encoding";
    return;
  }
  response.headers.emplace_back("Vary", "Accept-Encoding");
}

std::string packed(std::string_view body, syntax::Packing packing) {
  std::string out;
  const auto packer = syntax::make_packer(
      packing, [&out](std::string_view bytes) { out += bytes; }, syntax::Effort::Little);
  packer->write(body);
  packer->finish();
  return out;
}

}  // namespace

Response pack(Response response, std::string_view accept_encoding) {
  const bool worthwhile = response.stream || response.body.size() >= shortest;
  if (!worthwhile || !is_text(response.content_type) || has_header(response, "Content-Encoding")) return response;
  vary(response);
  const syntax::Packing packing = syntax::negotiate_packing(accept_encoding);
  if (packing == syntax::Packing::None) return response;
  response.headers.emplace_back("Content-Encoding", packing == syntax::Packing::Gzip ? "gzip" : "zstd");
  if (!response.stream) {
    response.body = packed(response.body, packing);
    return response;
  }
  response.stream = [stream = std::move(response.stream), packing](const base::ByteSink& sink) {
    const auto packer = syntax::make_packer(packing, sink, syntax::Effort::Little);
    stream([&packer](std::string_view bytes) { packer->write(bytes); });
    packer->finish();
  };
  return response;
}

}  // namespace scenograph::server
