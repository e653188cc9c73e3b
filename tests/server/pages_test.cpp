#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "jsonld/any_syntax.hpp"
#include "server/halage.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"
#include "syntax/reader.hpp"

namespace scenograph::server::tests {

namespace {

bool holds(const Answer& answer, std::string_view text) { return answer.body.find(text) != std::string::npos; }

/// The page's or document's triples as N-Triples lines.
std::set<std::string> triples_of(const std::string& document, syntax::Format format) {
  std::set<std::string> out;
  const auto source = base::open_text(document);
  jsonld::read_any(*source, format, {}, [&](const rdf::Quad& quad) {
    if (quad.subject.is_blank() || quad.object.is_blank()) return;
    out.insert(rdf::to_ntriples(quad.subject) + " " + rdf::to_ntriples(quad.predicate) + " " +
               rdf::to_ntriples(quad.object));
  });
  return out;
}

}  // namespace

TEST_CASE("The home page counts, and lists what is coming, in two languages") {
  TestServer server(halage);
  const Answer french = get(server.port(), "/", {{"Accept-Language", "fr-FR,fr;q=0.9,en;q=0.5"}});
  CHECK(french.status == 200);
  CHECK(french.headers.at("content-type") == "text/html; charset=utf-8");
  CHECK(french.headers.at("content-security-policy").find("default-src 'none'") != std::string::npos);
  CHECK(holds(french, "<html lang=\"fr\">"));
  CHECK(holds(french, "Prochaines dates"));
  CHECK(holds(french, "/page/event/phedre-1"));
  CHECK(!holds(french, "Nocturnes"));
  const Answer english = get(server.port(), "/", {{"Accept-Language", "en"}});
  CHECK(holds(english, "Coming up"));
  CHECK(holds(english, "Phaedra"));
  CHECK(holds(get(server.port(), "/?lang=fr", {{"Accept-Language", "en"}}), "Prochaines dates"));
  TestServer empty;
  CHECK(holds(get(empty.port(), "/"), "pas encore de données"));
}

TEST_CASE("An event's page says when, where, who and how much") {
  TestServer server(halage);
  const Answer page = get(server.port(), "/page/event/phedre-1?lang=fr");
  CHECK(page.status == 200);
  for (const char* text : {"vendredi 11 décembre 2099 à 20\u00A0h\u00A030–22\u00A0h\u00A015", "Théâtre du Halage",
                           "4 quai du Halage, 49100 Angers, FR", "Plein tarif", "24\u00A0€", "Inès Lemaire",
                           "Compagnie Rive Haute", "Disponible", "application/ld+json", "embed.js",
                           "Théâtre du Halage, billetterie", "/data/event/phedre-1.ttl"}) {
    CAPTURE(text);
    CHECK(holds(page, text));
  }
  const Answer english = get(server.port(), "/page/event/phedre-1?lang=en");
  CHECK(holds(english, "Friday 11 December 2099, 20:30"));
  CHECK(holds(english, "€24"));
  CHECK(holds(get(server.port(), "/page/event/phedre-2?lang=fr"), "Annulé"));
}

TEST_CASE("Pages of runs and venues list their dates") {
  TestServer server(halage);
  const Answer series = get(server.port(), "/page/series/phedre-halage?lang=fr");
  CHECK(holds(series, "du 11 au 13 décembre 2099"));
  CHECK(holds(series, "/page/event/phedre-2"));
  CHECK(holds(series, "Mise en scène"));
  const Answer place = get(server.port(), "/page/place/halage?lang=fr");
  CHECK(holds(place, "Dates passées (1)"));
  CHECK(holds(place, "Nocturnes &lt;pour&gt; rire &amp; &quot;pleurer&quot;"));
  CHECK(holds(get(server.port(), "/page/person/lemaire?lang=fr"), "/page/event/phedre-1"));
}

TEST_CASE("The JSON-LD of a page says what the store says") {
  TestServer server(halage);
  const std::string all = "/sparql?format=ntriples&query=" + encode("CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }");
  const auto stored = triples_of(get(server.port(), all).body, syntax::Format::NTriples);
  const auto shown = triples_of(get(server.port(), "/page/event/phedre-1").body, syntax::Format::Html);
  CHECK(shown.size() > 15);
  for (const std::string& triple : shown) {
    const std::string values = triple.substr(0, triple.rfind("\"^^") + 1);  // numbers and dates may lose their types
    CAPTURE(triple);
    CHECK(std::any_of(stored.begin(), stored.end(), [&](const auto& other) {
      return other == triple || other.substr(0, other.rfind("\"^^") + 1) == values || other.starts_with(triple);
    }));
  }
  const auto embedded = get(server.port(), "/embed?iri=" + encode("http://data.ex.test/id/event/phedre-1"));
  CHECK(triples_of(embedded.body, syntax::Format::JsonLd) == shown);
  CHECK(embedded.headers.at("access-control-allow-origin") == "*");
}

TEST_CASE("Entities are redirected to what the client reads") {
  TestServer server(halage);
  struct Row {
    const char* path;
    const char* accept;
    const char* location;
  };
  const Row rows[] = {
      {"/id/event/phedre-1", "text/html", "/page/event/phedre-1"},
      {"/id/event/phedre-1", "text/turtle", "/data/event/phedre-1.ttl"},
      {"/id/event/phedre-1", "application/ld+json", "/data/event/phedre-1.jsonld"},
      {"/id/event/phedre-1", "application/rdf+xml;q=0.9, application/n-triples", "/data/event/phedre-1.nt"},
      {"/id/event/phedre-1.rdf", "text/html", "/data/event/phedre-1.rdf"},
      {"/id/event/old-id", "text/html", "/page/event/phedre-1"}};
  for (const Row& row : rows) {
    CAPTURE(row.path, row.accept);
    const Answer answer = get(server.port(), row.path, {{"Accept", row.accept}});
    CHECK(answer.status == 303);
    CHECK(answer.headers.at("location") == row.location);
    CHECK(answer.headers.at("vary") == "Accept");
  }
  CHECK(get(server.port(), "/id/event/none", {{"Accept", "text/turtle"}}).status == 404);
  CHECK(get(server.port(), "/id/event/phedre-1", {{"Accept", "image/png"}}).status == 406);
}

TEST_CASE("Data comes in every syntax, with the same triples") {
  TestServer server(halage);
  const auto wanted = triples_of(get(server.port(), "/data/place/halage.nt").body, syntax::Format::NTriples);
  CHECK(wanted.size() >= 8);
  CHECK(triples_of(get(server.port(), "/data/place/halage.ttl").body, syntax::Format::Turtle) == wanted);
  CHECK(triples_of(get(server.port(), "/data/place/halage.rdf").body, syntax::Format::RdfXml) == wanted);
  CHECK(get(server.port(), "/data/place/halage.ttl").headers.at("content-type") == "text/turtle; charset=utf-8");
  CHECK(get(server.port(), "/data?format=ttl&iri=" + encode("http://other.ex.test/show/7")).status == 200);
  CHECK(get(server.port(), "/data/place/none.ttl").status == 404);
  CHECK(get(server.port(), "/data/place/halage").status == 400);
  CHECK(holds(get(server.port(), "/page?lang=fr&iri=" + encode("http://other.ex.test/show/7")),
              "samedi 31 janvier 2099"));
}

TEST_CASE("What has not changed is not sent again") {
  TestServer server(halage);
  const Answer first = get(server.port(), "/page/event/phedre-1?lang=fr");
  const std::string etag = first.headers.at("etag");
  CHECK(get(server.port(), "/page/event/phedre-1?lang=fr", {{"If-None-Match", etag}}).status == 304);
  CHECK(get(server.port(), "/page/event/phedre-1?lang=en", {{"If-None-Match", etag}}).status == 200);
  const auto transaction = server.store().begin();
  transaction->insert({transaction->intern(rdf::Term::iri("http://a.test/")),
                       transaction->intern(rdf::Term::iri("http://a.test/")),
                       transaction->intern(rdf::Term::iri("http://a.test/")), store::default_graph});
  transaction->commit({});
  CHECK(get(server.port(), "/page/event/phedre-1?lang=fr", {{"If-None-Match", etag}}).status == 200);
  CHECK(call(server.port(), {"HEAD", "/page/event/phedre-1", {}, ""}).status == 200);
  CHECK(get(server.port(), "/", {{"Accept-Encoding", "gzip"}}).headers.at("content-encoding") == "gzip");
}

TEST_CASE("Every answer says how long it may be kept") {
  TestServer server(halage);
  const Answer style = get(server.port(), "/static/style.css");
  const std::string page = get(server.port(), "/").body;
  const std::size_t at = page.find("/static/style.css?v=");
  REQUIRE(at != std::string::npos);
  const std::string for_good = page.substr(at, page.find('"', at) - at);
  struct Row {
    std::string path;
    int status;
    const char* kept;
    bool has_tag;
  };
  const Row rows[] = {{"/", 200, "public, max-age=0, must-revalidate", true},
                      {"/page/event/phedre-1", 200, "public, max-age=0, must-revalidate", true},
                      {"/data/event/phedre-1.ttl", 200, "public, max-age=0, must-revalidate", true},
                      {"/embed?iri=" + encode("http://data.ex.test/id/event/phedre-1"), 200,
                       "public, max-age=0, must-revalidate", true},
                      {"/preview?id=" + encode("http://data.ex.test/id/event/phedre-1"), 200,
                       "public, max-age=0, must-revalidate", true},
                      {"/sitemap.xml", 200, "public, max-age=0, must-revalidate", true},
                      {for_good, 200, "public, max-age=31536000, immutable", true},
                      {"/static/style.css", 200, "public, max-age=3600", true},
                      {"/static/style.css?v=other", 200, "public, max-age=3600", true},
                      {"/embed.js", 200, "public, max-age=3600", true},
                      {"/id/event/phedre-1", 303, "no-cache", false},
                      {"/search?q=phedre", 200, "no-cache", false},
                      {"/health", 200, "no-store", false},
                      {"/nothing", 404, "no-store", false},
                      {"/page/event/nothing", 404, "no-store", false},
                      {"/data/event/nothing.ttl", 404, "no-store", false},
                      {"/static/nothing.css", 404, "no-store", false},
                      {"/sparql?query=nonsense", 400, "no-store", false}};
  for (const Row& row : rows) {
    CAPTURE(row.path);
    const Answer answer = get(server.port(), row.path);
    CHECK(answer.status == row.status);
    CHECK(answer.headers.at("cache-control") == row.kept);
    REQUIRE(answer.headers.contains("etag") == row.has_tag);
    if (!row.has_tag) continue;
    const std::string& etag = answer.headers.at("etag");
    CHECK(etag.front() == '"');
    CHECK(get(server.port(), row.path, {{"Accept-Encoding", "gzip"}}).headers.at("etag") == "W/" + etag);
    const Answer again = get(server.port(), row.path, {{"If-None-Match", "\"a\", W/" + etag}});
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(again.headers.at("cache-control") == row.kept);
    CHECK(again.headers.at("etag") == etag);
  }
  const Answer page_404 = get(server.port(), "/nothing", {{"Accept", "text/html"}});
  CHECK(page_404.headers.at("cache-control") == "no-store");
}

TEST_CASE("A tag of one store or site is not that of another") {
  ServerOptions options;
  options.site_name = "Autre";
  TestServer server(halage);
  TestServer other(halage, options);
  CHECK(get(server.port(), "/").headers.at("etag") != get(other.port(), "/").headers.at("etag"));
}

TEST_CASE("What was committed is searched before long") {
  TestServer server(halage);
  CHECK(holds(get(server.port(), "/search?lang=fr&q=phedre"), "Phèdre"));
  const auto transaction = server.store().begin();
  transaction->insert({transaction->intern(rdf::Term::iri("http://data.ex.test/id/work/berenice")),
                       transaction->intern(rdf::Term::iri("http://schema.org/name")),
                       transaction->intern(rdf::Term::literal("Bérénice")), store::default_graph});
  transaction->commit({});
  bool is_found = false;
  for (int i = 0; i < 2000 && !is_found; ++i) {
    is_found = holds(get(server.port(), "/search?lang=fr&q=berenice"), "/page/work/berenice");
    if (!is_found) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  CHECK(is_found);
}

TEST_CASE("Names are searched, misspelt ones too") {
  TestServer server(halage);
  const Answer found = get(server.port(), "/search?lang=fr&q=" + encode("thaetre du halage"));
  CHECK(holds(found, "/page/place/halage"));
  CHECK(holds(get(server.port(), "/search?lang=fr&q=zzzzqq"), "Rien ne ressemble"));
  CHECK(holds(get(server.port(), "/search?q=" + encode("<script>")), "&lt;script&gt;"));
}

TEST_CASE("Pages that are not there are said not to be") {
  TestServer server(halage);
  CHECK(get(server.port(), "/nothing").status == 404);
  const Answer page = get(server.port(), "/page/event/nothing?lang=en", {{"Accept", "text/html"}});
  CHECK(page.status == 404);
  CHECK(holds(page, "There is no such page"));
  const Answer other = get(server.port(), "/nothing?lang=fr", {{"Accept", "text/html"}});
  CHECK(holds(other, "Cette page n’existe pas"));
  CHECK(holds(other, "Vérifiez l’adresse"));
  CHECK(!holds(other, "there is nothing"));
  CHECK(get(server.port(), "/static/../texts.tsv").status == 404);
  CHECK(get(server.port(), "/static/style.css").headers.at("content-type") == "text/css; charset=utf-8");
}

TEST_CASE("Graphs that nobody may read appear nowhere") {
  ServerOptions options;
  options.readable = [](const store::View&) { return store::GraphSet::of({}); };
  TestServer server(halage, options);
  for (const char* path :
       {"/", "/page/event/phedre-1", "/data/event/phedre-1.ttl", "/search?q=phedre", "/sitemap.xml",
        "/reconcile?queries=%7B%22q%22%3A%7B%22query%22%3A%22phedre%22%7D%7D",
        "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D", "/preview?id=http://data.ex.test/id/event/phedre-1",
        "/embed?iri=http://data.ex.test/id/event/phedre-1", "/reconcile/suggest/entity?prefix=ph"}) {
    CAPTURE(path);
    CHECK(!holds(get(server.port(), path), "Halage"));
    CHECK(!holds(get(server.port(), path), "id/event/phedre-1\""));
  }
}

TEST_CASE("Sitemaps list the pages, dated only where the data says so") {
  TestServer server(halage);
  const Answer map = get(server.port(), "/sitemap.xml");
  CHECK(map.headers.at("content-type") == "application/xml");
  CHECK(holds(map, "<loc>http://data.ex.test/page/event/phedre-1</loc></url>"));
  CHECK(holds(map, "page/series/phedre-halage</loc><lastmod>2026-11-02T09:30:00+01:00</lastmod>"));
  CHECK(!holds(map, "part/"));
  CHECK(get(server.port(), "/sitemap-1.xml").status == 200);
  CHECK(get(server.port(), "/sitemap-2.xml").status == 404);
  CHECK(holds(get(server.port(), "/robots.txt"), "Sitemap: http://data.ex.test/sitemap.xml"));
}

}  // namespace scenograph::server::tests
