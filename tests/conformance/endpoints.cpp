#include "conformance/endpoints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "conformance/data.hpp"
#include "server/test_server.hpp"
#include "sparql/federation/remote_options.hpp"

namespace scenograph::conformance {

namespace {

class Endpoints final : public sparql::ServiceClient {
 public:
  /// An endpoint may ask those that were started before it.
  void start(const std::string& address, const std::vector<rdf::Term>& files) {
    server::ServerOptions options;
    options.remote = remote_;
    auto& server = servers_[address] = std::make_unique<server::tests::TestServer>("", options);
    for (const rdf::Term& file : files) load(server->store(), path_of(file.value), {});
    remote_.allow_service.push_back(fmt::format("127.0.0.1:{}", server->port()));
  }

  std::unique_ptr<sparql::RemoteSolutions> select(const std::string& endpoint, const std::string& query,
                                                  std::shared_ptr<base::Budget> budget) const override {
    return sparql::federation::make_services(remote_)->select(local(endpoint), local(query), std::move(budget));
  }

 private:
  /// The text with the addresses of endpoints replaced by those that the servers have.
  std::string local(std::string text) const {
    for (const auto& [address, server] : servers_) {
      const std::string own = fmt::format("http://127.0.0.1:{}/sparql", server->port());
      for (std::size_t at = text.find(address); at != std::string::npos; at = text.find(address, at + own.size())) {
        text.replace(at, address.size(), own);
      }
    }
    return text;
  }

  std::map<std::string, std::unique_ptr<server::tests::TestServer>> servers_;
  sparql::federation::RemoteOptions remote_{.allow_service = {"127.0.0.1:1"}, .allow_load = {}};
};

}  // namespace

std::shared_ptr<const sparql::ServiceClient> start_endpoints(const Graph& manifest, const rdf::Term& action) {
  auto out = std::make_shared<Endpoints>();
  auto services = manifest.objects(action, qt::service_data);
  std::reverse(services.begin(), services.end());  // so that an endpoint may ask those listed after it
  for (const rdf::Term& service : services) {
    out->start(manifest.object(service, qt::endpoint).value, manifest.objects(service, qt::data));
  }
  return out;
}

}  // namespace scenograph::conformance
