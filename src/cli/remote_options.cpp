#include "cli/internal/remote_options.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace scenograph::cli {

bool is_address(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

void declare_remote_options(po::options_description& options, bool load) {
  const auto hosts = [] { return po::value<std::vector<std::string>>()->composing()->value_name("HOST[:PORT]"); };
  options.add_options()("allow-service", hosts(),
                        "an endpoint that SERVICE may ask; repeatable; none: SERVICE is refused. A host at a private "
                        "address needs its address listed too");
  if (load) {
    options.add_options()("allow-load", hosts(), "a host that LOAD may fetch from; repeatable; none: LOAD is refused");
  }
  declare_remote_limits(options);
}

void declare_remote_limits(po::options_description& options) {
  options.add_options()("remote-timeout", po::value<std::string>()->default_value("30s")->value_name("TIME"),
                        "of one transfer from another server; 0s: that of the query alone")(
      "remote-bytes", po::value<std::string>()->default_value("64M")->value_name("BYTES"),
      "largest answer of another server, decompressed");
}

sparql::federation::RemoteOptions remote_options(const Invocation& invocation) {
  sparql::federation::RemoteOptions out;
  out.allow_service = invocation.list("allow-service");
  out.allow_load = invocation.list("allow-load");
  out.timeout = std::chrono::milliseconds(parse_milliseconds("remote-timeout", invocation.text("remote-timeout")));
  out.max_bytes = parse_bytes("remote-bytes", invocation.text("remote-bytes"));
  return out;
}

void declare_context_options(po::options_description& options) {
  const auto words = [](const char* name) {
    return po::value<std::vector<std::string>>()->composing()->value_name(name);
  };
  options.add_options()("context-file", words("ADDRESS=FILE"),
                        "a file in place of the document of JSON-LD at an address; repeatable")(
      "allow-context", words("HOST[:PORT]"),
      "a host that documents of JSON-LD may have contexts fetched from; repeatable; none: only those that the program "
      "holds, such as https://schema.org");
}

jsonld::RemoteOptions context_options(const Invocation& invocation) {
  jsonld::RemoteOptions out;
  for (const std::string& file : invocation.list("context-file")) out.files.insert(parse_pair("context-file", file));
  out.allow_hosts = invocation.list("allow-context");
  out.timeout = std::chrono::milliseconds(parse_milliseconds("remote-timeout", invocation.text("remote-timeout")));
  out.max_bytes = parse_bytes("remote-bytes", invocation.text("remote-bytes"));
  return out;
}

jsonld::DocumentLoader context_loader(const Invocation& invocation) {
  return jsonld::make_loader(context_options(invocation), std::make_shared<base::Budget>());
}

std::pair<std::string, std::string> parse_pair(std::string_view option, const std::string& text) {
  const std::size_t equals = is_address(text) ? text.rfind('=') : text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw base::Error(base::Code::BadArgument, fmt::format("--{} takes NAME=VALUE, not \"{}\"", option, text));
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace scenograph::cli
