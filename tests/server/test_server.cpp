#include "server/test_server.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>

#include "base/bytes.hpp"
#include "syntax/reader.hpp"

namespace scenograph::server::tests {

namespace {

void load(store::Store& store, std::string_view turtle) {
  const auto transaction = store.begin();
  store::BlankScope scope(*transaction);
  const auto source = base::open_text(turtle);
  syntax::ReadOptions options;
  options.base = base_iri;
  syntax::read(*source, syntax::Format::Turtle, options, [&](const rdf::Quad& quad) {
    rdf::Quad in_graph = quad;
    in_graph.graph = rdf::Term::iri("http://ex.test/graph/halage");
    transaction->insert(scope.intern(in_graph));
  });
  transaction->commit({"test", "load the fixture"});
}

}  // namespace

TestServer::TestServer(std::string_view turtle, ServerOptions options) {
  static std::atomic<int> count = 0;
  folder_ = std::filesystem::temp_directory_path() / fmt::format("scenograph-server-{}-{}", getpid(), ++count);
  store_ = store::Store::open(folder_);
  if (!turtle.empty()) load(*store_, turtle);
  options.port = 0;
  if (options.base_iri.empty()) options.base_iri = base_iri;
  server_ = Server::bind(*store_, options);
  server_->start();
}

TestServer::~TestServer() {
  server_.reset();
  store_.reset();
  std::filesystem::remove_all(folder_);
}

}  // namespace scenograph::server::tests
