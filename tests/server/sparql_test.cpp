#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <thread>

#include "server/halage.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

const std::string names = "PREFIX schema: <http://schema.org/> SELECT ?n WHERE { ?s schema:name ?n } ORDER BY ?n";

std::string query_path(std::string_view query, std::string_view more = "") {
  return fmt::format("/sparql?query={}{}", encode(query), more);
}

bool holds(const Answer& answer, std::string_view text) { return answer.body.find(text) != std::string::npos; }

constexpr const char* insert = "INSERT DATA { <http://a.test/s> <http://a.test/p> 'new' }";

}  // namespace

TEST_CASE("A query is answered however it is sent") {
  TestServer server(halage);
  const std::string form = "query=" + encode(names);
  const Call calls[] = {{"GET", query_path(names), {}, ""},
                        {"POST", "/sparql", {{"Content-Type", "application/sparql-query; charset=utf-8"}}, names},
                        {"POST", "/sparql", {{"Content-Type", "application/x-www-form-urlencoded"}}, form}};
  for (const Call& each : calls) {
    const Answer answer = call(server.port(), each);
    CHECK(answer.status == 200);
    CHECK(answer.complete);
    CHECK(answer.headers.at("content-type") == "application/sparql-results+json");
    CHECK(answer.headers.at("access-control-allow-origin") == "*");
    CHECK(holds(answer, "Théâtre du Halage"));
  }
}

TEST_CASE("Forms may be long") {
  TestServer server(halage);
  std::string query = "SELECT * { VALUES ?x {";
  for (int i = 0; i < 5000; ++i) query += fmt::format(" {}", i);
  const Answer answer = call(
      server.port(),
      {"POST", "/sparql", {{"Content-Type", "application/x-www-form-urlencoded"}}, "query=" + encode(query + "} }")});
  CHECK(answer.status == 200);
  CHECK(holds(answer, "4999"));
}

TEST_CASE("The answer's syntax is negotiated") {
  TestServer server(halage);
  struct Row {
    std::string target;
    const char* accept;
    int status;
    const char* type;
  };
  const std::string graph = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }";
  const Row rows[] = {
      {query_path(names), "application/sparql-results+xml", 200, "application/sparql-results+xml"},
      {query_path(names), "text/csv", 200, "text/csv; charset=utf-8"},
      {query_path(names), "text/tab-separated-values, */*;q=0.1", 200, "text/tab-separated-values; charset=utf-8"},
      {query_path(names), "application/json", 200, "application/json"},
      {query_path(names), "image/png", 406, "text/plain; charset=utf-8"},
      {query_path(names, "&format=csv"), "text/html", 200, "text/csv; charset=utf-8"},
      {query_path(names), "text/html,application/xhtml+xml,*/*;q=0.8", 200, "text/html; charset=utf-8"},
      {"/sparql", "text/html", 200, "text/html; charset=utf-8"},
      {query_path("ASK { ?s ?p ?o }"), "application/sparql-results+json", 200, "application/sparql-results+json"},
      {query_path(graph), "", 200, "text/turtle; charset=utf-8"},
      {query_path(graph), "application/n-triples", 200, "application/n-triples"},
      {query_path(graph), "application/rdf+xml", 200, "application/rdf+xml"},
      {query_path(graph), "application/ld+json", 200, "application/ld+json"},
      {query_path("DESCRIBE <http://data.ex.test/id/work/phedre>"), "text/turtle", 200, "text/turtle; charset=utf-8"}};
  for (const Row& row : rows) {
    CAPTURE(row.target, row.accept);
    const Answer answer = get(server.port(), row.target, {{"Accept", row.accept}});
    CHECK(answer.status == row.status);
    CHECK(answer.headers.at("content-type") == row.type);
    CHECK(answer.complete);
  }
}

TEST_CASE("What is wrong is said, with its place") {
  TestServer server(halage);
  const Answer syntax = get(server.port(), query_path("SELECT ?who WERE { }"), {{"Accept", "application/json"}});
  CHECK(syntax.status == 400);
  CHECK(syntax.headers.at("content-type") == "application/json");
  CHECK(holds(syntax, "\"code\":\"BadSyntax\""));
  CHECK(holds(syntax, "\"line\":1"));
  CHECK(get(server.port(), query_path("SELECT")).headers.at("content-type") == "text/plain; charset=utf-8");
  CHECK(get(server.port(), "/sparql?query=", {{"Accept", "text/csv"}}).status == 400);
  CHECK(get(server.port(), query_path(names, "&query=ASK%7B%7D")).status == 400);
  CHECK(call(server.port(), {"POST", "/sparql", {{"Content-Type", "text/plain"}}, names}).status == 415);
  CHECK(call(server.port(), {"PUT", "/sparql", {}, ""}).status == 405);
}

TEST_CASE("The endpoint knows the usual prefixes only if asked to, as its form does") {
  TestServer server(halage);
  const std::string query = "SELECT ?n { ?s schema:name ?n }";
  const Answer standard = get(server.port(), query_path(query));
  CHECK(standard.status == 400);
  CHECK(holds(standard, "did you forget PREFIX schema: <http://schema.org/>?"));
  const Answer asked = get(server.port(), query_path(query, "&prefixes=usual"));
  CHECK(asked.status == 200);
  CHECK(holds(asked, "Théâtre du Halage"));
  CHECK(get(server.port(), query_path(query, "&prefixes=all")).status == 400);
  const Answer form = call(server.port(), {"GET", "/sparql", {{"Accept", "text/html"}}, ""});
  CHECK(holds(form, R"(<input type="hidden" name="prefixes" value="usual">)"));
  CHECK(holds(get(server.port(), "/static/sparql.js"), "fetch(\"/sparql?prefixes=usual\""));
}

TEST_CASE("The protocol's dataset narrows a query") {
  TestServer server(halage);
  const std::string count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
  const Answer none =
      get(server.port(), query_path(count, "&default-graph-uri=" + encode("http://ex.test/graph/none")));
  CHECK(holds(none, "\"0\""));
  const Answer one =
      get(server.port(), query_path(count, "&default-graph-uri=" + encode("http://ex.test/graph/halage")));
  CHECK(!holds(one, "\"0\""));
}

TEST_CASE("Updates need the token") {
  ServerOptions options;
  options.write_token = "s3cret";
  TestServer server(halage, options);
  const std::map<std::string, std::string> type = {{"Content-Type", "application/sparql-update"}};
  const auto with = [&](const std::string& authorization) {
    auto headers = type;
    headers["Authorization"] = authorization;
    return call(server.port(), {"POST", "/sparql", headers, insert});
  };
  const Answer none = call(server.port(), {"POST", "/sparql", type, insert});
  CHECK(none.status == 401);
  CHECK(none.headers.at("www-authenticate").starts_with("Bearer"));
  CHECK(with("Bearer wrong").status == 401);
  CHECK(with("Basic s3cret").status == 401);
  CHECK(with("Bearer s3cret2").status == 401);
  const Answer done = with("Bearer s3cret");
  CHECK(done.status == 200);
  CHECK(holds(done, "\"inserted\":1"));
  CHECK(holds(get(server.port(), query_path("ASK { ?s ?p 'new' }")), "true"));
  const Answer form =
      call(server.port(), {"POST",
                           "/sparql",
                           {{"Content-Type", "application/x-www-form-urlencoded"}, {"Authorization", "Bearer s3cret"}},
                           "update=" + encode("DELETE WHERE { ?s ?p 'new' }")});
  CHECK(holds(form, "\"removed\":1"));
  CHECK(get(server.port(), "/sparql?update=" + encode(insert), {{"Authorization", "Bearer s3cret"}}).status == 400);
  TestServer closed(halage);
  CHECK(call(closed.port(), {"POST", "/sparql", type, insert}).status == 403);
}

TEST_CASE("Browsers of other sites may ask first") {
  TestServer server(halage);
  const Answer answer = call(server.port(), {"OPTIONS", "/sparql", {{"Origin", "https://a.test"}}, ""});
  CHECK(answer.status == 204);
  CHECK(answer.headers.at("access-control-allow-methods").find("POST") != std::string::npos);
  CHECK(answer.headers.at("access-control-allow-origin") == "*");
}

TEST_CASE("A query that takes too long is stopped, and others meanwhile are told to come back") {
  ServerOptions options;
  options.max_concurrent_queries = 1;
  options.query_timeout = std::chrono::milliseconds(700);
  TestServer server(halage, options);
  const std::string endless =
      "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p FILTER(?a != ?m || ?b != ?o) }";
  Answer slow;
  std::thread asker([&] { slow = get(server.port(), query_path(endless)); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const Answer refused = get(server.port(), query_path(names));
  CHECK(refused.status == 503);
  CHECK(refused.headers.count("retry-after") == 1);
  CHECK(get(server.port(), "/page/event/phedre-1").status == 200);
  asker.join();
  CHECK(slow.status == 504);
  CHECK(get(server.port(), query_path(names)).status == 200);
}

TEST_CASE("A query whose client has gone is stopped") {
  ServerOptions options;
  options.max_concurrent_queries = 1;
  TestServer server(halage, options);
  {
    Client impatient(server.port());
    impatient.send("GET " +
                   query_path("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p "
                              "FILTER(?a != ?m || ?b != ?o) }") +
                   " HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    CHECK(get(server.port(), query_path(names)).status == 503);
  }
  int status = 0;
  for (int i = 0; i < 40 && status != 200; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    status = get(server.port(), query_path(names)).status;
  }
  CHECK(status == 200);
}

TEST_CASE("Large answers come in chunks, whole") {
  TestServer server(halage);
  const std::string cross = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 5000";
  const Answer answer = get(server.port(), query_path(cross, "&format=csv"));
  CHECK(answer.complete);
  CHECK(answer.headers.at("transfer-encoding") == "chunked");
  CHECK(std::count(answer.body.begin(), answer.body.end(), '\n') > 4000);
}

}  // namespace scenograph::server::tests
