#include "conformance/json_ld_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "jsonld/remote_loader.hpp"

namespace scenograph::conformance {

namespace {

using jsonld::Value;

std::string type_of(const std::string& path) {
  constexpr std::array<std::pair<std::string_view, const char*>, 3> types = {
      {{".jsonld", "application/ld+json"}, {".json", "application/json"}, {".html", "text/html"}}};
  for (const auto& [ending, type] : types) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

std::string head(int status, const std::string& headers, std::size_t length) {
  return fmt::format("HTTP/1.1 {} x\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n", status, headers, length);
}

}  // namespace

JsonLdServer::JsonLdServer(std::filesystem::path folder, const Value& entry)
    : folder_(std::move(folder)),
      input_(entry.find("input")->string()),
      option_(entry.has("option") ? *entry.find("option") : Value(Value::Object{})),
      server_([this](const std::string& request) { return answer(request); }) {}

std::string JsonLdServer::answer(const std::string& request) const {
  const std::size_t start = request.find(" /") + 2;
  const std::string path = request.substr(start, request.find(' ', start) - start);
  const bool is_input = path == input_;
  const Value* redirect = option_.find("redirectTo");
  if (is_input && redirect != nullptr) {
    const int status = static_cast<int>(option_.find("httpStatus")->integer());
    return head(status, fmt::format("Location: /{}\r\n", redirect->string()), 0);
  }
  if (!std::filesystem::exists(folder_ / path)) return head(404, "", 0);
  const Value* type = is_input ? option_.find("contentType") : nullptr;
  std::string headers = fmt::format("Content-Type: {}\r\n", type != nullptr ? type->string() : type_of(path));
  if (const Value* links = is_input ? option_.find("httpLink") : nullptr) {
    const Value::Array one{*links};
    for (const Value& link : links->is_array() ? links->array() : one) {
      headers += fmt::format("Link: {}\r\n", link.string());
    }
  }
  const auto source = base::open_file(folder_ / path);
  const std::string body = base::read_all(*source, 0, path);
  return head(200, headers, body.size()) + body;
}

std::optional<jsonld::LoadedDocument> JsonLdServer::load(std::string_view address) const {
  jsonld::RemoteOptions options;
  options.allow_hosts = {fmt::format("127.0.0.1:{}", server_.port())};
  return make_loader(options, std::make_shared<base::Budget>())(address);
}

Value JsonLdServer::with_own_addresses(const Value& value, const std::string& base) const {
  std::string text = to_json(value);
  const std::string own = server_.address("/");
  for (std::size_t at = text.find(own); at != std::string::npos; at = text.find(own, at + base.size())) {
    text.replace(at, own.size(), base);
  }
  return jsonld::parse_json(text, "");
}

}  // namespace scenograph::conformance
