#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "base/error.hpp"
#include "ingest/load_remote.hpp"
#include "server/http_client.hpp"
#include "server/stub_server.hpp"
#include "server/test_server.hpp"
#include "sparql/query.hpp"
#include "sparql/update/run_update.hpp"

namespace scenograph::server::tests {

namespace {

using base::Code;
using namespace std::chrono_literals;

constexpr std::string_view people = R"(
<http://ex.test/a> <http://ex.test/name> "Ada" ; <http://ex.test/at> "1" .
<http://ex.test/b> <http://ex.test/name> "Bo" .
)";

std::string json(const std::string& vars, const std::string& rows) {
  return answer_with("application/sparql-results+json",
                     R"({"head":{"vars":[)" + vars + R"(]},"results":{"bindings":[)" + rows + "]}}");
}

sparql::federation::RemoteOptions allowing(std::initializer_list<const StubServer*> servers) {
  sparql::federation::RemoteOptions out;
  for (const StubServer* server : servers) out.allow_service.push_back(fmt::format("127.0.0.1:{}", server->port()));
  out.allow_load = out.allow_service;
  return out;
}

using Rows = std::multiset<std::vector<std::string>>;

Rows rows_of(store::Store& store, const std::string& query, const sparql::federation::RemoteOptions& remote,
             std::shared_ptr<base::Budget> budget = nullptr) {
  sparql::QueryOptions options;
  options.services = sparql::federation::make_services(remote);
  const auto result = sparql::run_query(store.snapshot(), query, options, std::move(budget));
  Rows out;
  for (sparql::SolutionBatch batch; result->next(batch);) {
    for (std::size_t row = 0; row < batch.size; ++row) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < batch.columns.size(); ++i) {
        const auto term = batch.at(i, row);
        cells.emplace_back(term ? term->value : "-");
      }
      out.insert(cells);
    }
  }
  return out;
}

/// The error that an action ends in.
template <typename Action>
base::Error error_of(const Action& action) {
  try {
    action();
  } catch (const base::Error& error) {
    return error;
  }
  FAIL("there was no error");
  throw std::logic_error("unreachable");
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string service(const StubServer& server, const std::string& more = "") {
  return fmt::format("SELECT * {{ ?s <http://ex.test/name> ?n {} SERVICE <{}> {{ ?s <http://ex.test/age> ?age }} }}",
                     more, server.address());
}

}  // namespace

TEST_CASE("SERVICE joins what an endpoint answers, asked about what is known") {
  const StubServer stub([](const std::string&) {
    return json(R"("s","age")", R"({"s":{"type":"uri","value":"http://ex.test/a"},
      "age":{"type":"literal","value":"36","datatype":"http://www.w3.org/2001/XMLSchema#integer"}})");
  });
  TestServer server(people);
  CHECK(rows_of(server.store(),
                "SELECT ?n ?age { ?s <http://ex.test/name> ?n SERVICE <" + stub.address() +
                    "> { ?s <http://ex.test/age> ?age } FILTER(?age > 30) }",
                allowing({&stub})) == Rows{{"Ada", "36"}});
  REQUIRE(stub.requests().size() == 1);
  const std::string request = stub.requests()[0];
  CHECK(contains(request, "POST /sparql HTTP/1.1"));
  CHECK(contains(request, "Accept: application/sparql-results+json"));
  CHECK(contains(request, "<http://ex.test/a>"));
  CHECK(contains(request, "<http://ex.test/b>"));
  CHECK(contains(request, "VALUES"));
}

TEST_CASE("An endpoint is asked about a bounded number of terms at once") {
  const StubServer stub([](const std::string&) { return json(R"("x")", ""); });
  TestServer server;
  std::string query = "SELECT * { VALUES ?x {";
  for (int i = 0; i < 450; ++i) query += fmt::format(" {}", i);
  query += "} SERVICE <" + stub.address() + "> { ?x ?p ?o } }";
  CHECK(rows_of(server.store(), query, allowing({&stub})).empty());
  CHECK(stub.requests().size() == 3);
}

TEST_CASE("A query asks an endpoint over one connection, while that stays open") {
  const std::string kept =
      "HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
      "Connection: keep-alive\r\nContent-Length: ";
  const std::string body = R"({"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"x"}}]}})";
  TestServer local(people);
  const auto query = [](const StubServer& remote) {
    return fmt::format("SELECT ?n {{ ?s <http://ex.test/name> ?n FILTER EXISTS {{ SERVICE <{}> {{ ?s ?p ?o }} }} }}",
                       remote.address());
  };
  SECTION("kept") {
    const StubServer remote([&](const std::string&) { return fmt::format("{}{}\r\n\r\n{}", kept, body.size(), body); });
    CHECK(rows_of(local.store(), query(remote), allowing({&remote})) == Rows{{"Ada"}, {"Bo"}});
    CHECK(remote.requests().size() == 2);
    CHECK(remote.connections() == 1);
    // Another query does not take it over; a stub that holds the first would not answer the second.
    CHECK(rows_of(local.store(), query(remote), allowing({&remote})).size() == 2);
    CHECK(remote.connections() == 2);
  }
  SECTION("closed by the endpoint, told or not") {
    const bool is_told = GENERATE(true, false);
    const StubServer remote([&](const std::string&) {
      const std::string head = is_told ? "HTTP/1.1 200 OK\r\nConnection: close\r\n" : "HTTP/1.1 200 OK\r\n";
      return fmt::format("{}Content-Type: application/sparql-results+json\r\nContent-Length: {}\r\n\r\n{}", head,
                         body.size(), body);
    });
    CHECK(rows_of(local.store(), query(remote), allowing({&remote})) == Rows{{"Ada"}, {"Bo"}});
    CHECK(remote.requests().size() == 2);
    CHECK(remote.connections() == 2);
  }
}

TEST_CASE("Variables may name endpoints") {
  const auto named = [](const std::string& name) {
    return [name](const std::string&) { return json(R"("t")", R"({"t":{"type":"literal","value":")" + name + "\"}}"); };
  };
  const StubServer one(named("one"));
  const StubServer two(named("two"));
  TestServer server;
  const std::string query = "SELECT ?e ?t { VALUES ?e { <" + one.address() + "> <" + two.address() +
                            "> } SERVICE ?e { ?x <http://ex.test/title> ?t } }";
  CHECK(rows_of(server.store(), query, allowing({&one, &two})) == Rows{{one.address(), "one"}, {two.address(), "two"}});
  const auto unbound =
      error_of([&] { (void)rows_of(server.store(), "SELECT * { SERVICE ?e { ?x ?p ?t } }", allowing({&one})); });
  CHECK(unbound.code() == Code::BadArgument);
}

TEST_CASE("Blank nodes of different answers stay apart") {
  const StubServer stub([](const std::string&) { return json(R"("x")", R"({"x":{"type":"bnode","value":"b"}})"); });
  TestServer server;
  const std::string part = "SERVICE <" + stub.address() + "> { ?x a <http://ex.test/T> }";
  CHECK(rows_of(server.store(), "SELECT (COUNT(DISTINCT ?x) AS ?n) { { " + part + " } UNION { " + part + " } }",
                allowing({&stub})) == Rows{{"2"}});
}

TEST_CASE("An OPTIONAL service keeps what it does not match") {
  const StubServer stub([](const std::string&) {
    return json(R"("s","age")",
                R"({"s":{"type":"uri","value":"http://ex.test/a"},"age":{"type":"literal","value":"36"}})");
  });
  TestServer server(people);
  CHECK(rows_of(server.store(),
                "SELECT ?n ?age { ?s <http://ex.test/name> ?n OPTIONAL { SERVICE <" + stub.address() +
                    "> { ?s <http://ex.test/age> ?age } } }",
                allowing({&stub})) == Rows{{"Ada", "36"}, {"Bo", "-"}});
}

TEST_CASE("A service over the same data changes no answer") {
  std::string data = "@prefix : <http://ex.test/> .\n";
  for (int i = 0; i < 700; ++i) {
    data += fmt::format(":s{0} :n {1} ; :next :s{2} .\n", i, i % 7, (i + 1) % 700);
    if (i % 3 == 0) data += fmt::format(":s{} :tag 'a', 'b'@fr ; :part [ :n {} ] .\n", i, i % 5);
  }
  TestServer there(data);
  TestServer here(data);
  sparql::federation::RemoteOptions remote;
  remote.allow_service = {fmt::format("127.0.0.1:{}", there.port())};
  const std::string address = fmt::format("<http://127.0.0.1:{}/sparql>", there.port());
  const std::string prefix = "PREFIX : <http://ex.test/> SELECT * { ";
  const char* const queries[] = {
      "?s :n 3 . @ { ?s :tag ?t }",
      "?s :n ?n . @ { ?s :tag ?t FILTER(LANG(?t) = 'fr') }",
      "?s :n ?n OPTIONAL { @ { ?s :tag ?t } }",
      "?s :n 2 OPTIONAL { ?s :tag ?t } @ { ?s :next ?o OPTIONAL { ?o :tag ?t } }",
      "?s :n 1 MINUS { @ { ?s :tag ?t } }",
      "?s :n ?n . FILTER(?n < 2) FILTER EXISTS { @ { ?s :tag 'a' } }",
      "@ { ?s :n 4 } @ { ?s :next ?o } ?o :tag ?t",
      "@ { SELECT ?n (COUNT(?s) AS ?c) { ?s :n ?n FILTER(ISIRI(?s)) } GROUP BY ?n }",
      "VALUES (?s ?n) { (:s3 UNDEF) (UNDEF 5) (:s6 6) } @ { ?s :n ?n . ?s :tag ?t }",
      "{ ?s :n 5 } UNION { @ { ?s :tag ?t } } ?s :next ?o",
      "BIND(:s9 AS ?s) @ { ?s :tag ?t . BIND(STRLEN(?t) AS ?l) }",
      "?s :n ?n . @ { } FILTER(?s = :s4)",
      "@ { :s0 :next/:next ?o }",
  };
  for (const char* query : queries) {
    std::string local = prefix + query + " }";
    std::string federated = local;
    for (std::size_t at = local.find("@ {"); at != std::string::npos; at = local.find("@ {")) local.erase(at, 1);
    for (std::size_t at = federated.find("@ {"); at != std::string::npos; at = federated.find("@ {")) {
      federated.replace(at, 1, "SERVICE " + address);
    }
    INFO(federated);
    const Rows expected = rows_of(here.store(), local, remote);
    CHECK_FALSE(expected.empty());
    CHECK(rows_of(here.store(), federated, remote) == expected);
  }
}

TEST_CASE("Nothing is asked that is not listed") {
  const StubServer stub([](const std::string&) { return json("", ""); });
  TestServer server(people);
  const auto off = error_of([&] { (void)rows_of(server.store(), service(stub), {}); });
  CHECK(off.code() == Code::Denied);
  CHECK(contains(off.message(), "--allow-service"));
  sparql::federation::RemoteOptions other;
  other.allow_service = {"query.example.org"};
  CHECK(error_of([&] { (void)rows_of(server.store(), service(stub), other); }).code() == Code::Denied);
  CHECK(stub.requests().empty());
}

TEST_CASE("A listed name does not open a private address") {
  const StubServer stub([](const std::string&) { return json("", ""); });
  TestServer server;
  sparql::federation::RemoteOptions remote;
  remote.allow_service = {fmt::format("localhost:{}", stub.port())};
  const std::string query =
      fmt::format("SELECT * {{ SERVICE <http://localhost:{}/sparql> {{ ?s ?p ?o }} }}", stub.port());
  const auto error = error_of([&] { (void)rows_of(server.store(), query, remote); });
  CHECK(error.code() == Code::Denied);
  CHECK(contains(error.message(), "which is no public address"));
  CHECK(stub.requests().empty());
  remote.allow_service.push_back(fmt::format("127.0.0.1:{}", stub.port()));
  CHECK(rows_of(server.store(), query, remote).empty());
  CHECK(stub.requests().size() == 1);
}

TEST_CASE("Redirects are followed to listed hosts only") {
  const StubServer secret(
      [](const std::string&) { return json(R"("s")", R"({"s":{"type":"literal","value":"secret"}})"); });
  std::string target = secret.address();
  const StubServer stub([&target](const std::string&) {
    return "HTTP/1.1 307 Temporary Redirect\r\nLocation: " + target +
           "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  });
  TestServer server;
  const std::string query = "SELECT * { SERVICE <" + stub.address() + "> { ?s ?p ?o } }";
  CHECK(error_of([&] { (void)rows_of(server.store(), query, allowing({&stub})); }).code() == Code::Denied);
  CHECK(secret.requests().empty());

  target = fmt::format("http://localhost:{}/sparql", secret.port());
  auto by_name = allowing({&stub});
  by_name.allow_service.push_back(fmt::format("localhost:{}", secret.port()));
  CHECK(error_of([&] { (void)rows_of(server.store(), query, by_name); }).code() == Code::Denied);
  CHECK(secret.requests().empty());

  target = "file:///etc/passwd";
  CHECK_THROWS_AS(rows_of(server.store(), query, allowing({&stub})), base::Error);

  target = secret.address();
  CHECK(rows_of(server.store(), query, allowing({&stub, &secret})).size() == 1);
  CHECK(contains(secret.requests().at(0), "query=SELECT"));

  target = stub.address();
  CHECK(
      contains(error_of([&] { (void)rows_of(server.store(), query, allowing({&stub})); }).message(), "redirects more"));
}

TEST_CASE("Answers are bounded in size and time") {
  std::chrono::milliseconds delay{0};
  const std::string row = R"({"s":{"type":"literal","value":")" + std::string(1000, 'x') + "\"}},";
  std::string rows;
  for (int i = 0; i < 3000; ++i) rows += row;
  const StubServer stub([&](const std::string&) {
    std::this_thread::sleep_for(delay);
    return json(R"("s")", rows + R"({"s":{"type":"literal","value":"last"}})");
  });
  TestServer server;
  const std::string query = "SELECT (COUNT(*) AS ?n) { SERVICE <" + stub.address() + "> { ?s ?p ?o } }";
  auto remote = allowing({&stub});
  CHECK(rows_of(server.store(), query, remote) == Rows{{"3001"}});

  remote.max_bytes = 100'000;
  const auto large = error_of([&] { (void)rows_of(server.store(), query, remote); });
  CHECK(large.code() == Code::TooLarge);
  CHECK(contains(large.message(), "--remote-bytes"));

  remote = allowing({&stub});
  delay = 600ms;
  remote.timeout = 100ms;
  const auto slow = error_of([&] { (void)rows_of(server.store(), query, remote); });
  CHECK(slow.code() == Code::Timeout);
  CHECK(contains(slow.message(), "--remote-timeout"));
}

TEST_CASE("The query's own limits end a transfer, SILENT or not") {
  const StubServer stub([](const std::string&) {
    std::this_thread::sleep_for(800ms);
    return json("", "");
  });
  TestServer server;
  for (const char* silent : {"", "SILENT "}) {
    const std::string query = fmt::format("SELECT * {{ SERVICE {}<{}> {{ ?s ?p ?o }} }}", silent, stub.address());
    const auto begin = std::chrono::steady_clock::now();
    const auto late = error_of(
        [&] { (void)rows_of(server.store(), query, allowing({&stub}), std::make_shared<base::Budget>(100ms, 0)); });
    CHECK(late.code() == Code::Timeout);
    CHECK(contains(late.message(), "--timeout"));
    const auto budget = std::make_shared<base::Budget>();
    std::thread other([&budget] {
      std::this_thread::sleep_for(100ms);
      budget->cancel();
    });
    const auto cancelled = error_of([&] { (void)rows_of(server.store(), query, allowing({&stub}), budget); });
    other.join();
    CHECK(cancelled.code() == Code::Cancelled);
    CHECK(std::chrono::steady_clock::now() - begin < 1500ms);
  }
}

TEST_CASE("A silent service that fails binds nothing") {
  const std::string cut =
      json(R"("s","age")", R"({"s":{"type":"uri","value":"http://ex.test/a"},"age":{"type":"literal","value":"36"}},)");
  const std::vector<std::string> failures = {
      "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\nConnection: close\r\n\r\noops",
      answer_with("text/html", "<p>no</p>"),
      answer_with("application/sparql-results+json", "{\"head\":{}"),
      answer_with("application/sparql-results+xml", "<sparql><results><result>"),
      cut.substr(0, cut.size() - 3),
      "nonsense",
      "",
  };
  TestServer server(people);
  for (const std::string& failure : failures) {
    INFO(failure);
    const StubServer stub([&failure](const std::string&) { return failure; });
    const std::string query = "SELECT ?n ?age { ?s <http://ex.test/name> ?n SERVICE SILENT <" + stub.address() +
                              "> { ?s <http://ex.test/age> ?age } }";
    CHECK(rows_of(server.store(), query, allowing({&stub})) == Rows{{"Ada", "-"}, {"Bo", "-"}});
    std::string loud = query;
    loud.erase(loud.find("SILENT "), 7);
    const auto error = error_of([&] { (void)rows_of(server.store(), loud, allowing({&stub})); });
    CHECK(error.code() == Code::Remote);
    CHECK(contains(error.message(), "SERVICE"));
  }
  CHECK(rows_of(server.store(), "SELECT ?x { SERVICE SILENT <http://no.example/> { ?x ?p ?o } }", {}) == Rows{{"-"}});
}

TEST_CASE("The pattern is sent as it was written, with what it needs declared") {
  const StubServer stub([](const std::string&) { return json("", ""); });
  TestServer server;
  const std::string query =
      "BASE <http://base.test/> PREFIX ex: <http://ex.test/> PREFIX no: <http://no.test/>\n"
      "SELECT * { SERVICE <" +
      stub.address() + "> { <rel> ex:p/ex:q* ?o # a remark\n OPTIONAL { ?o ex:r 'é' } FILTER(?o < 3) } }";
  CHECK(rows_of(server.store(), query, allowing({&stub})).empty());
  const std::string request = stub.requests().at(0);
  CHECK(contains(request, "BASE <http://base.test/>"));
  CHECK(contains(request, "PREFIX ex: <http://ex.test/>"));
  CHECK_FALSE(contains(request, "PREFIX no:"));
  CHECK(contains(request, "{ <rel> ex:p/ex:q* ?o # a remark\n OPTIONAL { ?o ex:r 'é' } FILTER(?o < 3) }"));
}

namespace {

store::CommitResult update(store::Store& store, const std::string& text,
                           const sparql::federation::RemoteOptions& remote) {
  sparql::UpdateOptions options;
  options.load = ingest::make_remote_loader(remote);
  options.services = sparql::federation::make_services(remote);
  return sparql::run_update(store, text, options);
}

Rows graph(store::Store& store, const std::string& name) {
  return rows_of(store, "SELECT ?s ?o { GRAPH <" + name + "> { ?s ?p ?o } }", {});
}

}  // namespace

TEST_CASE("LOAD reads any syntax by its media type, then by its ending") {
  const std::vector<std::pair<std::string, std::string>> documents = {
      {"text/turtle; charset=utf-8", "<a> <p> 'x' ."},
      {"application/n-triples", "<http://127.0.0.1/a> <http://ex.test/p> \"x\" ."},
      {"application/rdf+xml",
       "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://ex.test/'>"
       "<rdf:Description rdf:about='http://ex.test/a'><e:p>x</e:p></rdf:Description></rdf:RDF>"},
      {"application/ld+json", R"({"@id":"http://ex.test/a","http://ex.test/p":"x"})"},
      {"application/octet-stream", "<a> <p> 'x' ."},
      {"text/plain", "@prefix e: <http://ex.test/> . e:a e:p 'x' ."},
  };
  for (const auto& [type, text] : documents) {
    INFO(type);
    const StubServer stub([&, body = text, media = type](const std::string&) { return answer_with(media, body); });
    TestServer server;
    const auto result = update(
        server.store(), "LOAD <" + stub.address("/doc.ttl?v=1") + "> INTO GRAPH <http://g.test/>", allowing({&stub}));
    CHECK(result.inserted == 1);
    const Rows rows = graph(server.store(), "http://g.test/");
    REQUIRE(rows.size() == 1);
    CHECK((*rows.begin())[1] == "x");
  }
}

TEST_CASE("LOAD is all or nothing, with the rest of the request") {
  const StubServer stub(
      [](const std::string&) { return answer_with("text/turtle", "<a> <p> 'x' .\n<b> <p> oops .\n"); });
  TestServer server;
  const std::string load = "LOAD <" + stub.address("/x") + "> INTO GRAPH <http://g.test/>";
  const std::string insert = "INSERT DATA { GRAPH <http://g.test/> { <http://ex.test/s> <http://ex.test/p> 1 } }; ";
  const auto fault = error_of([&] { (void)update(server.store(), insert + load, allowing({&stub})); });
  CHECK(fault.code() == Code::BadSyntax);
  CHECK(fault.where().line == 2);
  CHECK(fault.where().column > 1);
  CHECK(fault.where().source == stub.address("/x"));
  CHECK(graph(server.store(), "http://g.test/").empty());

  const std::string silent = "LOAD SILENT <" + stub.address("/x") + "> INTO GRAPH <http://g.test/>";
  CHECK(update(server.store(), insert + silent, allowing({&stub})).inserted == 1);

  auto small = allowing({&stub});
  small.max_bytes = 5;
  const auto large = error_of([&] { (void)update(server.store(), load, small); });
  CHECK(large.code() == Code::TooLarge);
  CHECK(contains(large.message(), "--remote-bytes"));
}

TEST_CASE("LOAD is off unless its host is allowed") {
  const StubServer stub([](const std::string&) { return answer_with("text/turtle", "<a> <p> 'x' ."); });
  TestServer server;
  const std::string load = "LOAD <" + stub.address("/x") + ">";
  const auto off = error_of([&] { (void)update(server.store(), load, {}); });
  CHECK(off.code() == Code::Denied);
  CHECK(contains(off.message(), "--allow-load"));
  auto other = allowing({&stub});
  other.allow_load = {"data.example"};  // what SERVICE may ask is another list
  CHECK(error_of([&] { (void)update(server.store(), load, other); }).code() == Code::Denied);
  CHECK(stub.requests().empty());
  CHECK(error_of([&] { (void)update(server.store(), "LOAD <file:///etc/hostname>", allowing({&stub})); }).code() ==
        Code::BadArgument);
}

TEST_CASE("The server asks and loads what its options allow") {
  const StubServer stub([](const std::string& request) {
    return request.starts_with("GET") ? answer_with("text/turtle", "<a> <p> 'x' .")
                                      : json(R"("x")", R"({"x":{"type":"literal","value":"remote"}})");
  });
  ServerOptions options;
  options.write_token = "secret";
  options.remote = allowing({&stub});
  TestServer open({}, options);
  TestServer closed;
  const std::string query = "/sparql?query=" + encode("SELECT ?x { SERVICE <" + stub.address() + "> { ?x ?p ?o } }");
  CHECK(contains(get(open.port(), query).body, "remote"));
  CHECK(get(closed.port(), query).status == 403);
  const StubServer broken(
      [](const std::string&) { return std::string("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"); });
  options.remote = allowing({&broken});
  TestServer behind({}, options);
  CHECK(
      get(behind.port(), "/sparql?query=" + encode("ASK { SERVICE <" + broken.address() + "> { ?x ?p ?o } }")).status ==
      502);
  const Answer loaded =
      call(open.port(), {"POST",
                         "/sparql",
                         {{"Content-Type", "application/sparql-update"}, {"Authorization", "Bearer secret"}},
                         "LOAD <" + stub.address("/d") + ">"});
  CHECK(contains(loaded.body, "\"inserted\":1"));
  const std::string feature = "BasicFederatedQuery";
  CHECK(contains(get(open.port(), "/sparql", {{"Accept", "text/turtle"}}).body, feature));
  CHECK_FALSE(contains(get(closed.port(), "/sparql", {{"Accept", "text/turtle"}}).body, feature));
}

}  // namespace scenograph::server::tests
