#include <catch2/catch.hpp>

#include "jsonld/json.hpp"
#include "server/halage.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

jsonld::Value ask(const TestServer& server, const std::string& queries) {
  const Answer answer = call(
      server.port(),
      {"POST", "/reconcile", {{"Content-Type", "application/x-www-form-urlencoded"}}, "queries=" + encode(queries)});
  REQUIRE(answer.status == 200);
  return jsonld::parse_json(answer.body, "answer");
}

const jsonld::Value::Array& result(const jsonld::Value& answer, const char* key) {
  return answer.find(key)->find("result")->array();
}

}  // namespace

TEST_CASE("The reconciliation service introduces itself") {
  TestServer server(halage);
  const Answer answer = get(server.port(), "/reconcile");
  const auto manifest = jsonld::parse_json(answer.body, "manifest");
  CHECK(answer.headers.at("access-control-allow-origin") == "*");
  CHECK(manifest.find("identifierSpace")->is("http://data.ex.test/id/"));
  CHECK(manifest.find("schemaSpace")->is("http://schema.org/"));
  CHECK(manifest.find("versions")->array().at(0).is("0.2"));
  CHECK(manifest.find("view")->find("url")->string().find("{{id}}") != std::string::npos);
  CHECK(!manifest.find("defaultTypes")->array().empty());
}

TEST_CASE("Names are reconciled in batches") {
  TestServer server(halage);
  const auto answer = ask(server, R"({"q0":{"query":"theatre du halage"},
      "q1":{"query":"Phedre","type":"schema:Play","limit":1},
      "q2":{"query":"Phedre","type":["http://schema.org/Event"]},
      "q3":{"query":"nothing at all like it"}})");
  const auto& hall = result(answer, "q0").at(0);
  CHECK(hall.find("id")->is("http://data.ex.test/id/place/halage"));
  CHECK(hall.find("name")->is("Théâtre du Halage"));
  CHECK(hall.find("score")->number() == 100);
  CHECK(hall.find("match")->boolean());
  CHECK(hall.find("type")->array().at(0).find("id")->is("http://schema.org/PerformingArtsTheater"));
  CHECK(result(answer, "q1").size() == 1);
  CHECK(result(answer, "q1").at(0).find("match")->boolean());
  CHECK(result(answer, "q2").size() >= 3);
  CHECK(!result(answer, "q2").at(0).find("match")->boolean());
  CHECK(result(answer, "q3").empty());
}

TEST_CASE("Properties tell namesakes apart") {
  TestServer server(halage);
  const auto answer = ask(server, R"({"a":{"query":"Phèdre","type":"schema:TheaterEvent","properties":[
      {"pid":"schema:startDate","v":"2099-12-13T17:00:00+01:00"}]},
      "b":{"query":"Théâtre du Halage","properties":[{"pid":"schema:addressLocality","v":"ANGERS"}]},
      "c":{"query":"Théâtre du Halage","properties":[{"pid":"schema:addressLocality","v":"Nantes"}]}})");
  CHECK(result(answer, "a").at(0).find("id")->is("http://data.ex.test/id/event/phedre-2"));
  CHECK(result(answer, "a").at(0).find("match")->boolean());
  CHECK(result(answer, "b").at(0).find("score")->number() == 100);
  CHECK(result(answer, "c").at(0).find("score")->number() == 80);
}

TEST_CASE("Batches that make no sense are refused") {
  TestServer server(halage);
  for (const char* queries :
       {"nonsense", "[]", "{\"q\":1}", "{\"q\":{}}", "{\"q\":{\"query\":\"a\",\"properties\":[1]}}"}) {
    CAPTURE(queries);
    CHECK(get(server.port(), "/reconcile?queries=" + encode(queries)).status == 400);
  }
  CHECK(call(server.port(), {"POST", "/reconcile", {}, ""}).status == 400);
}

TEST_CASE("Entities are suggested and previewed") {
  TestServer server(halage);
  const Answer suggested = get(server.port(), "/reconcile/suggest/entity?prefix=th");
  CHECK(suggested.body.find("place/halage") != std::string::npos);
  const Answer preview = get(server.port(), "/preview?id=" + encode("http://data.ex.test/id/place/halage"));
  CHECK(preview.status == 200);
  CHECK(preview.body.find("4 quai du Halage") != std::string::npos);
  CHECK(preview.headers.at("content-security-policy").find("frame-ancestors") == std::string::npos);
}

}  // namespace scenograph::server::tests
