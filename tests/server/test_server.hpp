#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "server/server.hpp"
#include "store/store.hpp"

namespace scenograph::server::tests {

/// A server on a free loopback port over a store in a folder of its own, which goes with it.
class TestServer {
 public:
  /// @param turtle  loaded into the graph http://ex.test/graph/halage
  explicit TestServer(std::string_view turtle = {}, ServerOptions options = {});
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;
  ~TestServer();

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] Server& server() { return *server_; }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Server> server_;
};

/// The base of the fixtures' IRIs, and what TestServer serves by default.
inline constexpr std::string_view base_iri = "http://data.ex.test/";

}  // namespace scenograph::server::tests
