#include <catch2/catch.hpp>

#include "ingest/score.hpp"
#include "ingest/shapes.hpp"
#include "jsonld/json.hpp"
#include "rdf/vocab.hpp"
#include "server/halage.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

using rdf::Term;

const std::string graph = "http://ex.test/graph/halage";

bool holds(const Answer& answer, std::string_view text) { return answer.body.find(text) != std::string::npos; }

void say(TestServer& server, const Term& subject, std::string_view predicate, const Term& object,
         const std::string& in = std::string(base_iri) + "graph/provenance") {
  const auto transaction = server.store().begin();
  transaction->insert({transaction->intern(subject), transaction->intern(Term::iri(predicate)),
                       transaction->intern(object), transaction->intern(Term::iri(in))});
  (void)transaction->commit({});
}

/// Names the contributor of a graph.
void attribute(TestServer& server, const std::string& which, std::string_view who) {
  say(server, Term::iri(which), "http://www.w3.org/ns/prov#wasAttributedTo", Term::literal(who));
}

void quarantine(TestServer& server, const std::string& which) {
  say(server, Term::iri(which), rdf::rdf::type, Term::iri("https://w3id.org/scenograph/ontology#Quarantine"));
}

void score(TestServer& server) {
  const auto weights = ingest::default_weights();
  const auto shapes = ingest::default_shapes();
  base::Budget budget;
  (void)ingest::store_scores(server.store(), {weights, shapes, std::string(base_iri), ingest::today(), true}, budget);
}

}  // namespace

TEST_CASE("An entity's page tells its quality and what would improve it, scored or not") {
  TestServer server(halage);
  const Answer before = get(server.port(), "/page/event/phedre-1?lang=fr");
  for (const char* text : {"Qualité de la fiche\u00A0: <strong>", "Complétude", "Validité", "Fraîcheur",
                           "/badge/event/phedre-1.svg", " <span class=\"gain\">+"}) {
    CAPTURE(text);
    CHECK(holds(before, text));
  }
  CHECK(holds(get(server.port(), "/page/event/phedre-1?lang=en"), "Quality of this entry:"));
  score(server);
  const Answer after = get(server.port(), "/page/event/phedre-1?lang=fr");
  // Nothing of the scores is among the facts, the links or the JSON-LD.
  CHECK(after.body == before.body);
  const Answer data = get(server.port(), "/data/event/phedre-1.ttl");
  CHECK(!holds(data, "dqv"));
  CHECK(get(server.port(), "/page?iri=" + encode("http://schema.org/Event")).status == 404);
}

TEST_CASE("Scores are no entities to search, reconciliation and the site map, but SPARQL reads them") {
  TestServer server(halage);
  const auto all = [&] {
    std::string out;
    for (const std::string target : {"/?lang=fr", "/search?q=qualite&lang=fr", "/search?q=completeness&lang=en",
                                     "/sitemap.xml", "/reconcile/suggest/entity?prefix=compl"}) {
      out += get(server.port(), target).body;
    }
    return out;
  };
  attribute(server, graph, "Halage");
  const std::string before = all();
  score(server);
  CHECK(all() == before);
  const Answer answer =
      get(server.port(),
          "/sparql?query=" + encode("SELECT (COUNT(*) AS ?n) { ?m a "
                                    "<http://www.w3.org/ns/dqv#QualityMeasurement> } HAVING (?n > 20)"),
          {{"Accept", "text/csv"}});
  CHECK(answer.status == 200);
  CHECK(answer.body.size() > 4);
  CHECK(get(server.port(), "/data/store?graph=" + encode(std::string(base_iri) + "graph/quality")).status != 500);
}

TEST_CASE("The page of quality lists contributors and sources") {
  TestServer server(halage);
  CHECK(holds(get(server.port(), "/quality?lang=fr"), "Rien n’est encore mesuré"));
  attribute(server, graph, "Théâtre <b>du</b> \"Halage\" & Cie");
  score(server);
  const Answer page = get(server.port(), "/quality?lang=fr");
  CHECK(page.status == 200);
  CHECK(page.headers.at("content-type") == "text/html; charset=utf-8");
  for (const char* text :
       {"Par contributeur", "Par source", "Théâtre &lt;b&gt;du&lt;/b&gt; &quot;Halage&quot; &amp; Cie",
        "Théâtre du Halage, billetterie", "fiches mesurées", "Montrer ce score sur votre site"}) {
    CAPTURE(text);
    CHECK(holds(page, text));
  }
  CHECK(!holds(page, "<b>du"));
  CHECK(holds(get(server.port(), "/quality?lang=en"), "By contributor"));
  CHECK(holds(get(server.port(), "/?lang=en"), "/quality?lang=en"));
  const std::string etag = page.headers.at("etag");
  CHECK(get(server.port(), "/quality?lang=fr", {{"If-None-Match", etag}}).status == 304);
  const Answer head = call(server.port(), {"HEAD", "/quality?lang=fr", {}, {}});
  CHECK(head.status == 200);
  CHECK(call(server.port(), {"POST", "/quality", {}, {}}).status == 405);
  CHECK(get(server.port(), "/contributor/x").status == 303);
}

TEST_CASE("Badges are whole pictures with a title, for entities, sources, contributors and all") {
  TestServer server(halage);
  attribute(server, graph, "Halage <&>");
  const Answer badge = get(server.port(), "/badge/event/phedre-1.svg?lang=fr");
  CHECK(badge.status == 200);
  CHECK(badge.headers.at("content-type") == "image/svg+xml");
  CHECK(badge.headers.at("content-language") == "fr");
  CHECK(holds(badge, "role=\"img\" aria-label=\"Phèdre – qualité des données\u00A0: "));
  CHECK(holds(badge, "<title>Phèdre – qualité des données\u00A0: "));
  CHECK(holds(badge, "\u202F%</text>"));
  CHECK(holds(get(server.port(), "/badge/event/phedre-1.svg", {{"Accept-Language", "en"}}), ">data quality</text>"));
  CHECK(get(server.port(), "/badge/event/phedre-1.svg?lang=fr", {{"If-None-Match", badge.headers.at("etag")}}).status ==
        304);
  const Answer head = call(server.port(), {"HEAD", "/badge/event/phedre-1.svg?lang=fr", {}, {}});
  CHECK(head.status == 200);
  CHECK(head.headers.at("etag") == badge.headers.at("etag"));

  const std::string of_graph = "/badge?lang=en&iri=" + encode(graph);
  const std::string of_contributor = "/badge?lang=en&iri=" + encode(ingest::contributor_iri(base_iri, "Halage <&>"));
  for (const std::string& target : {of_graph, of_contributor, std::string("/badge")}) {
    CAPTURE(target);
    CHECK(get(server.port(), target).status == 404);
  }
  score(server);
  CHECK(get(server.port(), of_graph).status == 200);
  CHECK(holds(get(server.port(), of_contributor), "<title>Halage &lt;&amp;&gt; – data quality: "));
  CHECK(get(server.port(), "/badge").status == 200);
  for (const char* target : {"/badge/event/none.svg", "/badge/event/phedre-1", "/badge/", "/badge?iri=no%20iri",
                             "/badge?iri=http%3A%2F%2Fex.test%2Fnone", "/badge/..%2F..%2Fevent.svg"}) {
    CAPTURE(target);
    CHECK(get(server.port(), target).status == 404);
  }
}

TEST_CASE("Names that are hostile do no harm to a badge") {
  TestServer server(
      "<id/event/x> a <http://schema.org/Event> ; <http://schema.org/name> "
      "\"\\\"><script>alert(1)</script>\\u0001&amp;]]>\\n\" .");
  const Answer badge = get(server.port(), "/badge/event/x.svg?lang=en");
  CHECK(badge.status == 200);
  CHECK(!holds(badge, "<script"));
  CHECK(!holds(badge, "\x01"));
  CHECK(holds(badge, "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;]]&gt;"));
}

TEST_CASE("Graphs that a reader may not see do not show in scores, nor does who brought them") {
  TestServer server(halage);
  const std::string held = "http://ex.test/graph/held";
  const std::string eve = std::string(base_iri) + "id/person/eve";
  say(server, Term::iri(eve), rdf::rdf::type, Term::iri("http://schema.org/Person"), held);
  attribute(server, graph, "Halage");
  attribute(server, held, "Eve");
  score(server);
  REQUIRE(holds(get(server.port(), "/quality?lang=en"), "Eve"));
  REQUIRE(get(server.port(), "/badge/person/eve.svg").status == 200);
  const std::string whole = get(server.port(), "/badge?lang=en").body;

  quarantine(server, held);  // after it was scored
  const Answer page = get(server.port(), "/quality?lang=en");
  CHECK(holds(page, "Halage"));
  CHECK(!holds(page, "Eve"));
  CHECK(!holds(page, "/held"));
  CHECK(!holds(page, "entries measured"));
  for (const std::string& iri : {held, ingest::contributor_iri(base_iri, "Eve"), eve}) {
    CAPTURE(iri);
    CHECK(get(server.port(), "/badge?iri=" + encode(iri)).status == 404);
  }
  CHECK(get(server.port(), "/badge").status == 404);
  score(server);
  CHECK(get(server.port(), "/badge?lang=en").status == 200);
  CHECK(holds(get(server.port(), "/quality?lang=en"), "entries measured"));
}

TEST_CASE("A server scores by weights of its own") {
  auto weights = ingest::default_weights();
  for (auto& rule : weights.rules) rule.names = {{"a golden frame", "en"}};
  ServerOptions options;
  options.weights = std::make_shared<const shacl::QualityWeights>(std::move(weights));
  TestServer server(halage, options);
  CHECK(holds(get(server.port(), "/page/event/phedre-1?lang=en"), "a golden frame"));
}

}  // namespace scenograph::server::tests
