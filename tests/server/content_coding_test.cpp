#include <catch2/catch.hpp>

#include "server/halage.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"
#include "syntax/compression.hpp"

namespace scenograph::server::tests {

namespace {

std::string unpacked(const std::string& body) {
  const auto plain = syntax::decompress(base::open_text(body), "the answer");
  return base::read_all(*plain, 0, "the answer");
}

}  // namespace

TEST_CASE("Answers of text are packed as the client likes best, and unpack to what others get") {
  TestServer server(halage);
  const std::string all = "/sparql?query=" + encode("CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }") + "&format=";
  const std::string rows =
      "/sparql?query=" + encode("SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o") + "&format=";
  struct Coding {
    const char* accept;
    const char* sent;
  };
  const Coding codings[] = {
      {"gzip", "gzip"},    {"zstd", "zstd"}, {"gzip, deflate, br, zstd", "zstd"}, {"gzip;q=1.0, zstd;q=0.2", "gzip"},
      {"br, deflate", ""}, {"identity", ""}};
  for (const std::string& target :
       {std::string("/"), std::string("/page/event/phedre-1"), std::string("/data/event/phedre-1.jsonld"),
        "/embed?iri=" + encode("http://data.ex.test/id/event/phedre-1"), rows + "json", rows + "xml", rows + "csv",
        rows + "tsv", all + "ntriples", all + "turtle", all + "jsonld", all + "rdfxml"}) {
    const Answer plain = get(server.port(), target);
    REQUIRE(plain.status == 200);
    CHECK(plain.headers.count("content-encoding") == 0);
    CHECK(plain.headers.at("vary").find("Accept-Encoding") != std::string::npos);
    for (const Coding& coding : codings) {
      INFO(target << " " << coding.accept);
      const Answer answer = get(server.port(), target, {{"Accept-Encoding", coding.accept}});
      const auto encoding = answer.headers.find("content-encoding");
      CHECK((encoding == answer.headers.end() ? "" : encoding->second) == coding.sent);
      CHECK((coding.sent[0] == 0 ? answer.body : unpacked(answer.body)) == plain.body);
      if (coding.sent[0] != 0) CHECK(answer.body.size() < plain.body.size() / 2);
    }
  }
}

TEST_CASE("Short answers are sent as they are") {
  TestServer server(halage);
  const Answer answer = get(server.port(), "/health", {{"Accept-Encoding", "gzip"}});
  CHECK(answer.status == 200);
  CHECK(answer.headers.count("content-encoding") == 0);
}

}  // namespace scenograph::server::tests
