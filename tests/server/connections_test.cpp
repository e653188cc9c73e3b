#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

TEST_CASE("The server says that it is well") {
  TestServer server;
  const Answer answer = get(server.port(), "/health");
  CHECK(answer.status == 200);
  CHECK(answer.headers.at("content-type") == "application/json");
  CHECK(answer.headers.at("x-content-type-options") == "nosniff");
  CHECK(answer.body.find("\"status\":\"ok\"") != std::string::npos);
}

TEST_CASE("Five hundred idle clients and as many slow ones delay nobody") {
  ServerOptions options;
  options.threads = 4;
  TestServer server({}, options);
  std::vector<std::unique_ptr<Client>> waiting;
  for (int i = 0; i < 1000; ++i) {
    waiting.push_back(std::make_unique<Client>(server.port()));
    if (i % 2 == 0) waiting.back()->send("POST /sparql HTTP/1.1\r\nContent-Length: 1000\r\nX-Slow: ");
  }
  double worst = 0;
  for (int i = 0; i < 50; ++i) {
    const auto start = Clock::now();
    CHECK(get(server.port(), "/health").status == 200);
    worst = std::max(worst, ms_since(start));
  }
  fmt::print("slowest of 50 answers beside 1,000 waiting clients: {:.1f} ms\n", worst);
  CHECK(worst < 50);
}

TEST_CASE("A connection takes one request after the other, also ahead of time") {
  TestServer server;
  Client client(server.port());
  for (int i = 0; i < 20; ++i) {
    client.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
    REQUIRE(client.receive().status == 200);
  }
  client.send("GET /health HTTP/1.1\r\n\r\nHEAD /health HTTP/1.1\r\n\r\nGET /none HTTP/1.1\r\n\r\n");
  CHECK(client.receive().status == 200);
  CHECK(client.receive(true).status == 200);
  CHECK(client.receive().status == 404);
}

TEST_CASE("Requests that never arrive whole are given up") {
  ServerOptions options;
  options.request_timeout = std::chrono::milliseconds(200);
  options.idle_timeout = std::chrono::milliseconds(300);
  TestServer server({}, options);
  Client slow(server.port());
  Client idle(server.port());
  slow.send("GET /health HT");
  CHECK(slow.receive().status == 408);
  CHECK(idle.is_closed_by_server());
}

TEST_CASE("What is too large or malformed is refused") {
  ServerOptions options;
  options.max_header_bytes = 1000;
  options.max_body_bytes = 1000;
  TestServer server({}, options);
  CHECK(get(server.port(), "/health", {{"X", std::string(2000, 'x')}}).status == 431);
  CHECK(call(server.port(), {"POST", "/health", {}, std::string(2000, 'x')}).status == 413);
  CHECK(call(server.port(), {"DELETE", "/health", {}, ""}).status == 405);
  for (const char* text : {"nonsense\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9\r\n\r\n", "\x16\x03\x01\r\n\r\n"}) {
    CAPTURE(text);
    Client client(server.port());
    client.send(text);
    CHECK(client.receive().status == 400);
  }
  TestServer roomy;
  CHECK(get(roomy.port(), "/" + std::string(9000, 'x')).status == 414);
  CHECK(get(roomy.port(), "/" + std::string(8000, 'x')).status == 404);
}

TEST_CASE("The oldest idle connection makes room for a new one") {
  ServerOptions options;
  options.max_connections = 8;
  TestServer server({}, options);
  std::vector<std::unique_ptr<Client>> waiting;
  for (int i = 0; i < 20; ++i) waiting.push_back(std::make_unique<Client>(server.port()));
  CHECK(get(server.port(), "/health").status == 200);
  CHECK(waiting.front()->is_closed_by_server());
}

TEST_CASE("A client may ask to be told to go on") {
  TestServer server;
  Client client(server.port());
  client.send("POST /health HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  client.send("abc");
  CHECK(client.receive().status == 405);
}

TEST_CASE("A port in use is said to be, and how to choose another") {
  TestServer server;
  ServerOptions options;
  options.port = server.port();
  try {
    static_cast<void>(Server::bind(server.store(), options));
    FAIL("bound twice");
  } catch (const base::Error& error) {
    CHECK(error.message().find("--listen") != std::string::npos);
    CHECK(error.message().find("in use") != std::string::npos);
  }
}

TEST_CASE("SIGTERM stops a server that runs") {
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &term, nullptr);
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("scenograph-signal-{}", getpid());
  {
    const auto store = store::Store::open(folder);
    ServerOptions options;
    options.port = 0;
    const auto server = Server::bind(*store, options);
    std::thread runner([&] { server->run(); });
    CHECK(get(server->port(), "/health").status == 200);
    kill(getpid(), SIGTERM);
    runner.join();
    CHECK_THROWS(Client(server->port()));
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("Stopping closes what waits and comes back at once") {
  TestServer server;
  Client idle(server.port());
  Client slow(server.port());
  slow.send("GET /hea");
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const auto start = Clock::now();
  server.server().stop();
  CHECK(ms_since(start) < 1000);
  CHECK(idle.is_closed_by_server());
  CHECK_THROWS(Client(server.port()));
}

}  // namespace scenograph::server::tests
