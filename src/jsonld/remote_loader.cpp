#include "jsonld/remote_loader.hpp"

#include <fmt/format.h>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "net/fetch.hpp"

namespace scenograph::jsonld {

namespace {

using base::Code;
using base::Error;

constexpr const char* allow_option = "--allow-context";
constexpr const char* accepted =
    "application/ld+json, application/json;q=0.9, text/html;q=0.8, application/xhtml+xml;q=0.8, */*;q=0.1";

std::string type_of_file(std::string_view path) {
  const bool page = path.ends_with(".html") || path.ends_with(".htm") || path.ends_with(".xhtml");
  return page ? "text/html" : "application/ld+json";
}

class RemoteLoader {
 public:
  RemoteLoader(const RemoteOptions& options, std::shared_ptr<base::Budget> budget)
      : files_(options.files),
        policy_{{allow_option, options.allow_hosts}, options.timeout, options.max_bytes},
        budget_(std::move(budget)) {}

  std::optional<LoadedDocument> load(std::string_view address) const {
    const std::string place(address.substr(0, address.find('#')));
    if (const auto file = files_.find(place); file != files_.end()) {
      const auto source = base::open_file(file->second);
      return LoadedDocument{read(*source, file->second), place, type_of_file(file->second), {}};
    }
    if (auto bundled = bundled_document(address)) return bundled;
    if (policy_.hosts.is_empty()) return std::nullopt;
    net::Fetched fetched = net::fetch(policy_, {place, accepted, {}}, budget_);
    std::string text = read(*fetched.body, fetched.url);
    return LoadedDocument{std::move(text), std::move(fetched.url), std::move(fetched.content_type),
                          std::move(fetched.links)};
  }

 private:
  std::string read(base::ByteSource& source, const std::string& name) const {
    return base::read_all(source, policy_.max_bytes, name, "--remote-bytes");
  }

  std::map<std::string, std::string> files_;
  net::FetchPolicy policy_;
  std::shared_ptr<base::Budget> budget_;
};

}  // namespace

DocumentLoader make_loader(const RemoteOptions& options, std::shared_ptr<base::Budget> budget) {
  if (options.files.empty() && options.allow_hosts.empty()) return bundled_document;
  return [loader = RemoteLoader(options, std::move(budget))](std::string_view address) { return loader.load(address); };
}

}  // namespace scenograph::jsonld
