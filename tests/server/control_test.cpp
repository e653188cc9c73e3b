#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <thread>

#include "server/halage.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

const std::string endless =
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p FILTER(?a != ?m || ?b != ?o) }";
const std::string everything = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f";

std::string query_path(std::string_view query, std::string_view more = "") {
  return fmt::format("/sparql?query={}{}", encode(query), more);
}

bool holds(const Answer& answer, std::string_view text) { return answer.body.find(text) != std::string::npos; }

ServerOptions with_token() {
  ServerOptions options;
  options.write_token = "s3cret";
  return options;
}

Answer operate(const TestServer& server, const std::string& method, const std::string& target,
               const std::string& token = "s3cret") {
  return call(server.port(), {method, target, {{"Authorization", "Bearer " + token}}, ""});
}

}  // namespace

TEST_CASE("A request lowers the limits of its query, and is told which") {
  TestServer server(halage);
  struct Row {
    std::string target;
    int status;
    std::string_view says;
  };
  const Row rows[] = {
      {query_path(endless, "&timeout=100ms"), 504,
       "stopped after 100 ms, the time allowed (raise it with the parameter "
       "\"timeout\""},
      {query_path(everything, "&query-memory=10K"), 503, "raise it with the parameter \"query-memory\""},
      {query_path(everything, "&max-results=7"), 413,
       "has more than 7 results, the number allowed (raise it with the "
       "parameter \"max-results\""},
      {query_path("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }", "&max-results=7"), 413, "more than 7 results"},
      {query_path("SELECT * { ?a ?b ?c } LIMIT 7", "&max-results=7"), 200, ""},
      {query_path("ASK { ?a ?b ?c }", "&timeout=soon"), 400, "the parameter \"timeout\" takes a number such as 30s"},
      {query_path("ASK { ?a ?b ?c }", "&query-memory=much"), 400, "the parameter \"query-memory\" takes"},
      {query_path("ASK { ?a ?b ?c }", "&max-results=-1"), 400, "the parameter \"max-results\" takes"},
      {query_path("ASK { ?a ?b ?c }", "&timeout=1s&timeout=2s"), 400, "more than once"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.target);
    const Answer answer = get(server.port(), row.target);
    CHECK(answer.status == row.status);
    CHECK(holds(answer, row.says));
  }
}

TEST_CASE("A request does not raise the server's limits") {
  ServerOptions options;
  options.query_timeout = std::chrono::milliseconds(200);
  options.query_memory = std::size_t{64} << 10U;
  options.max_results = 5;
  TestServer server(halage, options);
  for (const char* more : {"", "&timeout=1h", "&timeout=0s"}) {
    const Answer answer = get(server.port(), query_path(endless, more));
    CHECK(answer.status == 504);
    CHECK(holds(answer, "stopped after 200 ms, the time allowed (the server's limit, set by --timeout"));
  }
  for (const char* more : {"", "&query-memory=4G", "&query-memory=0"}) {
    const Answer answer = get(server.port(), query_path(everything, more));
    CHECK(answer.status == 503);
    CHECK(holds(answer, "set by --query-memory"));
  }
  for (const char* more : {"", "&max-results=6", "&max-results=0"}) {
    const Answer answer = get(server.port(), query_path("SELECT * { ?a ?b ?c }", more));
    CHECK(answer.status == 413);
    CHECK(holds(answer, "more than 5 results, the number allowed (the server's limit, set by --max-results"));
  }
}

TEST_CASE("An answer that has begun is cut off at the limit of results, never shortened") {
  TestServer server(halage);
  const Answer answer = get(server.port(), query_path("SELECT * { ?a ?b ?c . ?d ?e ?f }", "&max-results=1000"));
  CHECK(answer.status == 200);
  CHECK(!answer.complete);
}

TEST_CASE("Running queries are listed and cancelled by who has the token") {
  TestServer server(halage, with_token());
  CHECK(operate(server, "GET", "/queries").body == "{\"queries\":[]}\n");
  Answer slow;
  std::thread asker([&] { slow = get(server.port(), query_path(endless)); });
  Answer list;
  for (int i = 0; i < 100 && !holds(list, "\"id\""); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    list = operate(server, "GET", "/queries");
  }
  CHECK(holds(list, "{\"id\":\"1\",\"text\":\"SELECT (COUNT(*)"));
  for (const char* name : {"client", "started", "seconds", "rows", "memory_bytes", "peak_memory_bytes"}) {
    CHECK(holds(list, fmt::format("\"{}\":", name)));
  }
  CHECK(call(server.port(), {"GET", "/queries", {}, ""}).status == 401);
  CHECK(call(server.port(), {"DELETE", "/queries/1", {}, ""}).status == 401);
  CHECK(operate(server, "DELETE", "/queries/1", "wrong").status == 401);
  CHECK(operate(server, "DELETE", "/queries/2").status == 404);
  CHECK(operate(server, "DELETE", "/queries/1x").status == 404);
  CHECK(operate(server, "DELETE", "/queries/1").status == 200);
  asker.join();
  CHECK(slow.status == 503);
  CHECK(holds(slow, "cancelled"));
  CHECK(operate(server, "DELETE", "/queries/1").status == 404);
  TestServer closed(halage);
  CHECK(call(closed.port(), {"GET", "/queries", {}, ""}).status == 403);
}

TEST_CASE("The list shows the beginning of a long text only") {
  TestServer server(halage, with_token());
  const std::string comment = "#" + std::string(10'000, 'x') + "\n";
  Answer slow;
  std::thread asker([&] {
    slow = call(server.port(),
                {"POST", "/sparql?timeout=1s", {{"Content-Type", "application/sparql-query"}}, comment + endless});
  });
  Answer list;
  for (int i = 0; i < 40 && !holds(list, "\"id\""); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    list = operate(server, "GET", "/queries");
  }
  CHECK(holds(list, "xxx…\""));
  CHECK(list.body.size() < 3000);
  asker.join();
  CHECK(slow.status == 504);
}

TEST_CASE("A query is explained, within its limits") {
  TestServer server(halage);
  const std::string names = "PREFIX schema: <http://schema.org/> SELECT ?n { ?s schema:name ?n } ORDER BY ?n";
  const Answer text = get(server.port(), query_path(names, "&explain"), {{"Accept", "text/html"}});
  CHECK(text.status == 200);
  CHECK(text.headers.at("content-type") == "text/plain; charset=utf-8");
  CHECK(holds(text, "OrderBy"));
  CHECK(holds(text, "Sort  estimated"));
  CHECK(holds(text, "of which planning"));
  const Answer json = get(server.port(), query_path(names, "&explain=json"));
  CHECK(json.headers.at("content-type") == "application/json");
  CHECK(holds(json, "\"plan\":{\"operator\":\"Sort\",\"estimated_rows\":"));
  CHECK(holds(json, "\"inputs\":[{\"operator\":\"IndexScan"));
  CHECK(get(server.port(), query_path(names, "&explain=xml")).status == 400);
  CHECK(get(server.port(), query_path(endless, "&explain&timeout=100ms")).status == 504);
}

}  // namespace scenograph::server::tests
