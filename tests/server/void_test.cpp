#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "server/halage.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

constexpr const char* path = "/.well-known/void";

bool holds(const Answer& answer, std::string_view text) { return answer.body.find(text) != std::string::npos; }

Answer as(const TestServer& server, const char* type) { return get(server.port(), path, {{"Accept", type}}); }

std::string count(const TestServer& server, const std::string& what) {
  const std::string query = "PREFIX schema: <http://schema.org/> SELECT " + what;
  const Answer answer = get(server.port(), "/sparql?format=csv&query=" + encode(query));
  REQUIRE(answer.status == 200);
  const std::size_t line = answer.body.find('\n') + 1;
  return answer.body.substr(line, answer.body.find_first_of("\r\n", line) - line);
}

std::string number(const std::string& value) {
  return "\"" + value + "\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n";
}

/// The node whose line in N-Triples ends so.
std::string node_with(const Answer& answer, const std::string& end) {
  const std::size_t at = answer.body.find(end);
  REQUIRE(at != std::string::npos);
  const std::size_t line = answer.body.rfind('\n', at) + 1;
  return answer.body.substr(line, answer.body.find(' ', line) - line);
}

}  // namespace

TEST_CASE("The dataset is described where VoID says, in the syntax that is asked for") {
  TestServer server(halage);
  const std::pair<const char*, const char*> types[] = {{"", "text/turtle; charset=utf-8"},
                                                       {"text/html, */*;q=0.5", "text/turtle; charset=utf-8"},
                                                       {"application/ld+json", "application/ld+json"},
                                                       {"application/n-triples", "application/n-triples"},
                                                       {"application/rdf+xml", "application/rdf+xml"}};
  for (const auto& [accept, type] : types) {
    CAPTURE(accept);
    const Answer answer = as(server, accept);
    CHECK(answer.status == 200);
    CHECK(answer.headers.at("content-type") == type);
    CHECK(holds(answer, "propertyPartition"));
    CHECK(holds(answer, "http://data.ex.test/sparql"));
    const std::string tag = answer.headers.at("etag");
    CHECK(get(server.port(), path, {{"Accept", accept}, {"If-None-Match", tag}}).status == 304);
  }
  CHECK(as(server, "image/png").status == 406);
}

TEST_CASE("The description's numbers are those that queries count") {
  TestServer server(halage);
  const Answer answer = as(server, "application/n-triples");
  const std::string ns = "<http://rdfs.org/ns/void#";
  const std::string dataset = "<http://data.ex.test/.well-known/void#dataset> ";
  const auto says = [&](const std::string& subject, const char* property, const std::string& what) {
    CAPTURE(subject, property);
    CHECK(holds(answer, subject + " " + ns + property + "> " + number(count(server, what))));
  };
  const std::string all = "<http://data.ex.test/.well-known/void#dataset>";
  says(all, "triples", "(COUNT(*) AS ?n) { ?s ?p ?o }");
  says(all, "distinctSubjects", "(COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }");
  says(all, "distinctObjects", "(COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }");
  says(all, "properties", "(COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }");
  says(all, "classes", "(COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }");
  const std::string name = node_with(answer, ns + "property> <http://schema.org/name>");
  says(name, "triples", "(COUNT(*) AS ?n) { ?s schema:name ?o }");
  says(name, "distinctSubjects", "(COUNT(DISTINCT ?s) AS ?n) { ?s schema:name ?o }");
  says(name, "distinctObjects", "(COUNT(DISTINCT ?o) AS ?n) { ?s schema:name ?o }");
  says(node_with(answer, ns + "class> <http://schema.org/TheaterEvent>"), "entities",
       "(COUNT(DISTINCT ?s) AS ?n) { ?s a schema:TheaterEvent }");
  says("<http://ex.test/graph/halage>", "triples",
       "(COUNT(*) AS ?n) { GRAPH <http://ex.test/graph/halage> { ?s ?p ?o } }");
  CHECK(holds(answer, dataset + ns + "vocabulary> <http://schema.org/> .\n"));
  CHECK(holds(answer, dataset + ns + "subset> <http://ex.test/graph/halage> .\n"));
}

TEST_CASE("The description follows commits, and tells nothing of graphs that may not be read") {
  ServerOptions options;
  options.readable = [](const store::View&) { return store::GraphSet::of({store::default_graph}); };
  TestServer server(halage, options);
  const Answer answer = as(server, "application/n-triples");
  CHECK(answer.status == 200);
  CHECK_FALSE(holds(answer, "schema.org"));
  CHECK_FALSE(holds(answer, "graph/halage"));
  CHECK(holds(answer, "#triples> " + number("0")));
  const auto transaction = server.store().begin();
  const store::TermId s = transaction->intern(rdf::Term::iri("http://ex.test/s"));
  transaction->insert({s, s, s, store::default_graph});
  transaction->commit({});
  CHECK(holds(as(server, "application/n-triples"), "#triples> " + number("1")));
}

}  // namespace scenograph::server::tests
