#include "sparql/federation/http_services.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "sparql/results/reader.hpp"

namespace scenograph::sparql::federation {

namespace {

ResultFormat format_of(const net::Fetched& answer) {
  const std::string type = answer.content_type.substr(0, answer.content_type.find(';'));
  if (type.find("json") != std::string::npos) return ResultFormat::Json;
  if (type.find("xml") != std::string::npos) return ResultFormat::Xml;
  throw base::Error(base::Code::Remote,
                    fmt::format("<{}> answers with «{}», which are no SPARQL results", answer.url, type));
}

class HttpServices final : public ServiceClient {
 public:
  explicit HttpServices(net::FetchPolicy policy, std::shared_ptr<net::Connections> connections = nullptr)
      : policy_(std::move(policy)), connections_(std::move(connections)) {}

  std::shared_ptr<const ServiceClient> for_query() const override {
    return std::make_shared<HttpServices>(policy_, net::make_connections());
  }

  std::unique_ptr<RemoteSolutions> select(const std::string& endpoint, const std::string& query,
                                          std::shared_ptr<base::Budget> budget) const override {
    net::FetchRequest request;
    request.url = endpoint;
    request.accept = "application/sparql-results+json, application/sparql-results+xml;q=0.5";
    request.form = "query=" + net::encode_form(query);
    net::Fetched answer = net::fetch(policy_, request, budget, connections_);
    const ResultFormat format = format_of(answer);
    return read_results(std::move(answer.body), format, std::move(answer.url), std::move(budget));
  }

 private:
  net::FetchPolicy policy_;
  std::shared_ptr<net::Connections> connections_;  ///< null: each request has its own
};

}  // namespace

std::shared_ptr<const ServiceClient> make_http_services(net::FetchPolicy policy) {
  return std::make_shared<HttpServices>(std::move(policy));
}

}  // namespace scenograph::sparql::federation
