#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "jsonld/document.hpp"
#include "server/stub_server.hpp"

namespace scenograph::conformance {

/// A server of this process that answers as a test of the suite "remote-doc" says: with its status, redirect, media
/// type and Link headers for the input, and with the files of the suite for all else. Documents are fetched from it by
/// the loader of the program.
class JsonLdServer {
 public:
  JsonLdServer(std::filesystem::path folder, const jsonld::Value& entry);

  [[nodiscard]] std::string address(const std::string& path) const { return server_.address("/" + path); }

  [[nodiscard]] std::optional<jsonld::LoadedDocument> load(std::string_view address) const;

  /// The value with addresses of the server replaced by those that the suite has for its files.
  [[nodiscard]] jsonld::Value with_own_addresses(const jsonld::Value& value, const std::string& base) const;

 private:
  [[nodiscard]] std::string answer(const std::string& request) const;

  std::filesystem::path folder_;
  std::string input_;
  jsonld::Value option_;
  server::tests::StubServer server_;
};

}  // namespace scenograph::conformance
