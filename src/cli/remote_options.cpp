#include "cli/internal/remote_options.hpp"

namespace scenograph::cli {

void declare_remote_options(po::options_description& options, bool load) {
  const auto hosts = [] { return po::value<std::vector<std::string>>()->composing()->value_name("HOST[:PORT]"); };
  options.add_options()("allow-service", hosts(),
                        "an endpoint that SERVICE may ask; repeatable; none: SERVICE is refused. A host at a private "
                        "address needs its address listed too");
  if (load) {
    options.add_options()("allow-load", hosts(), "a host that LOAD may fetch from; repeatable; none: LOAD is refused");
  }
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

}  // namespace scenograph::cli
