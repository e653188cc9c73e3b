#include <catch2/catch.hpp>

#include "jsonld/json.hpp"
#include "server/http_client.hpp"
#include "server/stub_server.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

const std::string event =
    R"({"@context": "https://schema.org", "@id": "http://ex.test/1", "@type": "Event", "name": "Phèdre"})";

Answer post(const TestServer& server, const std::string& target, const std::string& body,
            const std::string& type = "application/ld+json") {
  return call(server.port(), {"POST", target, {{"Content-Type", type}}, body});
}

}  // namespace

TEST_CASE("JSON-LD that is sent is processed") {
  TestServer server;
  Answer answer = post(server, "/jsonld/expand", event);
  CHECK(answer.status == 200);
  CHECK(answer.headers.at("content-type") == "application/ld+json");
  CHECK(jsonld::parse_json(answer.body, "").array().front().has("http://schema.org/name"));
  answer = post(server, "/jsonld/to-rdf?format=ntriples", event);
  CHECK(answer.body.find("<http://ex.test/1> <http://schema.org/name> \"Phèdre\" .") != std::string::npos);
  CHECK(post(server, "/jsonld/compact?context=https://schema.org", event).body.find("\"name\"") != std::string::npos);
  CHECK(post(server, "/jsonld/flatten?compactArrays=false", event).status == 200);
  const std::string frame = encode(R"({"@context": "https://schema.org", "@type": "Event", "@explicit": true})");
  CHECK(post(server, "/jsonld/frame?frame=" + frame, event).body.find("Phèdre") == std::string::npos);
  answer = post(server, "/jsonld/from-rdf", "<http://ex.test/1> <http://ex.test/p> \"x\" .", "application/n-quads");
  CHECK(jsonld::parse_json(answer.body, "").array().front().has("http://ex.test/p"));
  answer =
      post(server, "/jsonld",
           "operation=expand&input=" + encode(event) + "&frame=&base=&context=", "application/x-www-form-urlencoded");
  CHECK(answer.body.find("http://schema.org/name") != std::string::npos);
}

TEST_CASE("What of JSON-LD is refused says how to go on") {
  ServerOptions options;
  options.max_jsonld_bytes = 1000;
  options.contexts.allow_hosts = {"contexts.example"};
  TestServer server({}, options);
  Answer answer = post(server, "/jsonld/expand", std::string(2000, ' '));
  CHECK(answer.status == 413);
  CHECK(answer.body.find("--max-jsonld") != std::string::npos);
  answer = post(server, "/jsonld/expand", R"({"@context": "http://127.0.0.1:1/c", "a": 1})");
  CHECK(answer.status == 403);
  CHECK(answer.body.find("--allow-context") != std::string::npos);
  answer = post(server, "/jsonld/expand?maxSteps=99999999", event);
  CHECK(answer.status == 400);
  answer = post(server, "/jsonld/expand?nothing=1", event);
  CHECK(answer.status == 400);
  CHECK(answer.body.find("compactArrays") != std::string::npos);
  CHECK(post(server, "/jsonld/compact", event).status == 400);
  CHECK(post(server, "/jsonld/juggle", event).status == 404);
  CHECK(get(server.port(), "/jsonld/expand").status == 405);
}

TEST_CASE("Contexts are fetched from hosts that are allowed") {
  const StubServer stub([](const std::string&) {
    return answer_with("application/ld+json", R"({"@context": {"p": "http://ex.test/p"}})");
  });
  ServerOptions options;
  options.contexts.allow_hosts = {"127.0.0.1:" + std::to_string(stub.port())};
  TestServer server({}, options);
  const Answer answer = post(server, "/jsonld/expand", R"({"@context": ")" + stub.address("/c") + R"(", "p": 1})");
  CHECK(answer.status == 200);
  CHECK(answer.body.find("http://ex.test/p") != std::string::npos);
  CHECK(stub.requests().size() == 1);
}

TEST_CASE("JSON-LD has a form in French and English") {
  TestServer server;
  CHECK(get(server.port(), "/jsonld?lang=fr").body.find("Rien n’est conservé") != std::string::npos);
  CHECK(get(server.port(), "/jsonld?lang=en").body.find("Nothing is kept") != std::string::npos);
}

}  // namespace scenograph::server::tests
