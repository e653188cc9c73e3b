#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "server/halage.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

bool holds(const Answer& answer, std::string_view text) { return answer.body.find(text) != std::string::npos; }

ServerOptions writable() {
  ServerOptions options;
  options.write_token = "secret";
  return options;
}

Call write(const char* method, const std::string& target, const std::string& type, const std::string& body) {
  return {method, target, {{"Content-Type", type}, {"Authorization", "Bearer secret"}}, body};
}

}  // namespace

TEST_CASE("The endpoint describes itself to programs") {
  TestServer server(halage);
  const Answer answer = get(server.port(), "/sparql", {{"Accept", "application/n-triples"}});
  CHECK(answer.status == 200);
  CHECK(answer.headers.at("content-type") == "application/n-triples");
  constexpr std::string_view sd = "http://www.w3.org/ns/sparql-service-description#";
  CHECK(holds(answer,
              fmt::format("<http://data.ex.test/sparql#service> <{}endpoint> <http://data.ex.test/sparql> .", sd)));
  CHECK(holds(answer, fmt::format("<{}SPARQL11Query>", sd)));
  CHECK(holds(answer, fmt::format("<{}UnionDefaultGraph>", sd)));
  CHECK(holds(answer, "<http://www.w3.org/ns/formats/SPARQL_Results_TSV>"));
  CHECK(holds(answer, fmt::format("<{}name> <http://ex.test/graph/halage>", sd)));
  CHECK_FALSE(holds(answer, "SPARQL11Update"));
  CHECK(get(server.port(), "/sparql", {{"Accept", "text/html"}}).headers.at("content-type").starts_with("text/html"));
  CHECK(get(server.port(), "/sparql", {{"Accept", "*/*"}}).headers.at("content-type").starts_with("text/turtle"));
  CHECK(get(server.port(), "/sparql", {{"Accept", "image/png"}}).status == 406);
}

TEST_CASE("The description leaves out graphs that are not public") {
  ServerOptions options;
  options.readable = [](const store::View&) { return store::GraphSet::of({}); };
  TestServer server(halage, options);
  CHECK_FALSE(holds(get(server.port(), "/sparql", {{"Accept", "text/turtle"}}), "halage"));
}

TEST_CASE("A graph may be named by its own address") {
  TestServer server({}, writable());
  const std::string path = "/graphs/season/2026.ttl";
  CHECK(get(server.port(), path).status == 404);
  CHECK(call(server.port(), write("PUT", path, "text/turtle", "<a> <http://ex.test/p> 1 .")).status == 201);
  CHECK(
      holds(get(server.port(), path, {{"Accept", "application/n-triples"}}), "<http://data.ex.test/graphs/season/a>"));
  const std::string indirect = "/graphs?graph=" + encode("http://data.ex.test/graphs/season/2026.ttl");
  CHECK(get(server.port(), indirect).status == 200);
  CHECK(call(server.port(), write("POST", path, "text/turtle", "<b> <http://ex.test/p> 2 .")).status == 200);
  CHECK(get(server.port(), path + "?default").status == 400);
  CHECK(call(server.port(), {"DELETE", path, {}, ""}).status == 401);
  CHECK(call(server.port(), write("DELETE", path, "text/turtle", "")).status == 200);
  CHECK(get(server.port(), path).status == 404);
}

TEST_CASE("A graph without a name is given one") {
  TestServer server({}, writable());
  const Answer one = call(server.port(), write("POST", "/graphs", "text/turtle", "<> <http://ex.test/p> 1 ."));
  const Answer two = call(server.port(), write("POST", "/graphs", "text/turtle", "<> <http://ex.test/p> 1 ."));
  CHECK(one.status == 201);
  const std::string name = one.headers.at("location");
  CHECK(name.starts_with("http://data.ex.test/graphs/"));
  CHECK(name != two.headers.at("location"));
  CHECK(holds(get(server.port(), name.substr(19), {{"Accept", "application/n-triples"}}), "<" + name + ">"));
  CHECK(call(server.port(), write("PUT", "/graphs", "text/turtle", "<> <http://ex.test/p> 1 .")).status == 400);
}

TEST_CASE("A form may bring a graph in parts") {
  TestServer server({}, writable());
  const std::string type = "multipart/form-data; boundary=\"x-y\"";
  const auto part = [](const std::string& headers, const std::string& body) {
    return "--x-y\r\n" + headers + "\r\n\r\n" + body + "\r\n";
  };
  const std::string turtle = "Content-Disposition: form-data; name=\"one\"; filename=\"one.ttl\"";
  const std::string typed = "Content-Type: application/ld+json\r\nContent-Disposition: form-data; name=\"two\"";
  const std::string body = part(turtle, "_:b <http://ex.test/p> 1 .") +
                           part(typed, R"({"@id":"_:b","http://ex.test/p":"two"})") + "--x-y--\r\n";
  const Answer stored = call(server.port(), write("POST", "/graphs/form", type, body));
  INFO(stored.body);
  CHECK(stored.status == 201);
  const Answer count = get(server.port(), "/sparql?format=csv&query=" +
                                              encode("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s <http://ex.test/p> ?o }"));
  CHECK(holds(count, "2"));
  const std::string faulty = part(turtle, "<http://ex.test/a> <http://ex.test/p> 1 .\nnonsense") + "--x-y--\r\n";
  const Answer fault = call(server.port(), write("POST", "/graphs/form", type, faulty));
  CHECK(fault.status == 400);
  CHECK(holds(fault, "one.ttl:2:"));
  for (const std::string& wrong :
       {std::string("no form"), part(turtle, ""), std::string("--x-y\r\nContent-Type: text/turtle"),
        part("Content-Disposition: form-data; name=\"x\"", "?") + "--x-y--"}) {
    INFO(wrong);
    CHECK(call(server.port(), write("POST", "/graphs/form", type, wrong)).status == 400);
  }
  CHECK(call(server.port(), write("POST", "/graphs/form", "multipart/form-data", body)).status == 400);
}

}  // namespace scenograph::server::tests
