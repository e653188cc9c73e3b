#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <atomic>
#include <thread>
#include <vector>

#include "jsonld/any_syntax.hpp"
#include "jsonld/json.hpp"
#include "server/http_client.hpp"
#include "server/stub_server.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

using jsonld::Value;

/// A performance without a place; a comma of it is doubled on the second line.
const std::string event =
    "{\"@context\": \"https://schema.org\", \"@id\": \"http://ex.test/1\",\n"
    " \"@type\": \"TheaterEvent\",, \"name\": \"Phèdre <b>\", \"startDate\": \"2026-03-14 20:00\"}";

const std::string page =
    "<!doctype html><html><head><script type=\"application/ld+json\">" + event + "</script></head></html>";

const std::string ttl =
    "@prefix s: <http://schema.org/> . <http://ex.test/1> a s:TheaterEvent ; s:name \"Phèdre\" ; s:startDate "
    "\"2026-03-14 "
    "20:00\" .";

/// Wants a name of things of type T, in French and English.
const std::string shapes = R"(
@prefix sh: <http://www.w3.org/ns/shacl#> .
<http://ex.test/shape> a sh:NodeShape ; sh:targetClass <http://ex.test/T> ;
  sh:property [ sh:path <http://ex.test/name> ; sh:minCount 1 ; sh:message "It has no name."@en, "Le nom manque."@fr ] .
)";

Answer post(const TestServer& server, const std::string& target, const std::string& body, const std::string& type,
            const std::string& accept = "") {
  Call request{"POST", target, {{"Content-Type", type}}, body};
  if (!accept.empty()) request.headers["Accept"] = accept;
  return call(server.port(), request);
}

struct Field {
  std::string name;
  std::string value;
  std::string file_name = {};
  std::string type = {};
};

Answer post_form(const TestServer& server, const std::string& target, const std::vector<Field>& fields,
                 const std::string& accept = "") {
  std::string body;
  for (const Field& field : fields) {
    body += fmt::format("--xyz\r\nContent-Disposition: form-data; name=\"{}\"", field.name);
    if (!field.file_name.empty()) body += fmt::format("; filename=\"{}\"", field.file_name);
    if (!field.type.empty()) body += "\r\nContent-Type: " + field.type;
    body += "\r\n\r\n" + field.value + "\r\n";
  }
  return post(server, target, body + "--xyz--\r\n", "multipart/form-data; boundary=xyz", accept);
}

Value json_of(const Answer& answer) {
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  REQUIRE(answer.headers.at("content-type") == "application/json");
  return jsonld::parse_json(answer.body, "");
}

bool contains(const Answer& answer, std::string_view part) { return answer.body.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("A page that is sent is validated, and what was repaired is told with its place") {
  TestServer server;
  const Value json = json_of(post(server, "/validate", page, "text/html"));
  CHECK_FALSE(json.find("conforms")->boolean());
  CHECK(json.find("syntax")->is("html"));
  CHECK(json.find("report")->find("counts")->has("violation"));
  const auto& remarks = json.find("remarks")->array();
  REQUIRE(remarks.size() == 2);
  CHECK(remarks[0].find("line")->number() == 2);
  CHECK(remarks[0].find("column")->number() == 26);
  CHECK(remarks[1].find("field")->is("startDate"));
  CHECK(remarks[1].find("made")->is("2026-03-14T20:00:00"));
  CHECK(remarks[1].find("messages")->find("en")->is("the date was written the standard way"));
  CHECK(remarks[1].find("messages")->find("fr")->is("la date a été écrite sous la forme normalisée"));
  const Answer text = post(server, "/validate?lang=fr&format=text", page, "text/html");
  CHECK(contains(text, "ligne 2:26\u00A0: une virgule n’a rien devant elle\u202F; supprimez-la"));
}

TEST_CASE("A page in French tells in French what was repaired, and marks what is English only") {
  TestServer server;
  const Answer answer = post(server, "/validate?lang=fr", page, "text/html", "text/html");
  CHECK(contains(answer, "<div>la date a été écrite sous la forme normalisée</div>"));
  CHECK_FALSE(contains(answer, "<div lang=\"en\">"));
}

TEST_CASE("A page says in its language what to do about a document that cannot be validated") {
  TestServer server;
  const Answer french = post(server, "/validate?lang=fr", "<a> <b> .", "text/turtle", "text/html");
  CHECK(french.status == 400);
  CHECK(contains(french, "Collez le code source de la page entière"));
  CHECK(contains(french, "<pre lang=\"en\" aria-labelledby=\"detail\">"));
  CHECK(contains(post(server, "/validate?lang=en", "x", "image/png", "text/html"),
                 "choose a file: a web page (HTML)"));
}

TEST_CASE("Data is cleaned as ingestion would, where that is its way or asked for") {
  TestServer server;
  const auto repairs = [&](const std::string& target, const std::string& body, const std::string& type) {
    return json_of(post(server, target, body, type)).find("remarks")->array().size();
  };
  CHECK(repairs("/validate", event, "application/ld+json") == 2);
  CHECK(repairs("/validate?clean=false", event, "application/ld+json") == 1);
  CHECK(repairs("/validate", ttl, "text/turtle") == 0);
  CHECK(repairs("/validate?clean=true", ttl, "text/turtle") == 1);
  CHECK(post(server, "/validate?clean=perhaps", ttl, "text/turtle").status == 400);
}

TEST_CASE("A report comes in the syntax that is asked for") {
  struct Row {
    const char* format;
    const char* type;
    const char* says;
  };
  const Row rows[] = {
      {"json", "application/json", "\"results\":["},
      {"html", "text/html; charset=utf-8", "<section class=\"verdict bad\">"},
      {"text", "text/plain; charset=utf-8", "Phèdre <b> (performance"},
      {"sarif", "application/sarif+json", "\"version\":\"2.1.0\""},
      {"turtle", "text/turtle", "a sh:ValidationReport"},
      {"jsonld", "application/ld+json", "http://www.w3.org/ns/shacl#conforms"},
      {"ntriples", "application/n-triples", "<http://www.w3.org/ns/shacl#conforms> \"false\""},
      {"rdfxml", "application/rdf+xml", "<rdf:RDF"},
  };
  TestServer server;
  for (const Row& row : rows) {
    CAPTURE(row.format);
    const Answer by_name =
        post(server, fmt::format("/validate?lang=en&format={}", row.format), event, "application/ld+json");
    CHECK(by_name.status == 200);
    CHECK(by_name.headers.at("content-type") == row.type);
    CHECK(by_name.headers.at("cache-control") == "no-store");
    CHECK(contains(by_name, row.says));
    const std::string accept = std::string(row.type).substr(0, std::string(row.type).find(';'));
    CHECK(post(server, "/validate?lang=en", event, "application/ld+json", accept).body == by_name.body);
  }
  const Answer unknown = post(server, "/validate?format=csv", event, "application/ld+json");
  CHECK(unknown.status == 400);
  CHECK(contains(unknown, "sarif"));
  CHECK(post(server, "/validate", event, "application/ld+json", "image/png").status == 406);
}

TEST_CASE("The report graph is RDF that reads back") {
  TestServer server;
  const Answer answer = post(server, "/validate?format=turtle", event, "application/ld+json");
  std::size_t results = 0;
  const auto source = base::open_text(answer.body);
  jsonld::read_any(*source, syntax::Format::Turtle, {}, [&](const rdf::Quad& quad) {
    if (quad.predicate.value == "http://www.w3.org/ns/shacl#result") ++results;
  });
  const Value json = json_of(post(server, "/validate", event, "application/ld+json"));
  CHECK(results == json.find("report")->find("results")->array().size());
  CHECK(results > 0);
}

TEST_CASE("A form brings the document as text or file, and its shapes") {
  TestServer server;
  Answer answer =
      post(server, "/validate", "lang=fr&format=text&input=" + encode(event), "application/x-www-form-urlencoded");
  CHECK(answer.status == 200);
  CHECK(contains(answer, "à corriger"));
  CHECK(contains(answer, "Relevé et réparé"));
  answer = post_form(server, "/validate", {{"lang", "fr"}, {"format", "text"}, {"input", event}});
  CHECK(contains(answer, "à corriger"));
  answer = post_form(server, "/validate?format=text&lang=en",
                     {{"input", ""}, {"file", ttl, "season.ttl", "application/octet-stream"}});
  CHECK(contains(answer, "Check of season.ttl"));
  const std::string thing = "<http://ex.test/1> a <http://ex.test/T> .";
  for (const Field& sent : {Field{"shapes", shapes}, Field{"shapes", shapes, "s.ttl", "text/turtle"}}) {
    answer = post_form(server, "/validate?format=text&lang=fr", {{"input", thing}, sent});
    CHECK(contains(answer, "1 à corriger"));
    CHECK(contains(answer, "Le nom manque."));
  }
  answer = post(server, "/validate?format=text&lang=en", "input=" + encode(thing) + "&shapes=" + encode(shapes),
                "application/x-www-form-urlencoded");
  CHECK(contains(answer, "It has no name."));
}

TEST_CASE("A document in which there is nothing to check is not called right") {
  TestServer server;
  const std::string empty = "<html><body><p>Bonjour</p></body></html>";
  CHECK(json_of(post(server, "/validate", empty, "text/html")).find("checked")->number() == 0);
  CHECK(json_of(post(server, "/validate", event, "application/ld+json")).find("checked")->number() == 1);
  CHECK(contains(post(server, "/validate?lang=en&format=text", empty, "text/html"), "Nothing to check was found."));
  const Answer shown = post(server, "/validate?lang=fr&format=html", empty, "text/html");
  CHECK(contains(shown, "Rien à vérifier n’a été trouvé."));
  CHECK_FALSE(contains(shown, "est en ordre"));
}

TEST_CASE("The page shows by show what is to mend, and the text again") {
  TestServer server;
  const Answer answer = post_form(server, "/validate", {{"lang", "fr"}, {"input", event}}, "text/html");
  CHECK(answer.status == 200);
  CHECK(answer.headers.at("content-language") == "fr");
  CHECK(contains(answer, "Phèdre &lt;b&gt;"));
  CHECK_FALSE(contains(answer, "Phèdre <b>"));
  CHECK(contains(answer, "ligne 2:26"));
  CHECK(contains(answer, "&quot;TheaterEvent&quot;,,"));
  CHECK(contains(answer, "<option value=\"fr\" lang=\"fr\" selected>"));
}

TEST_CASE("A thing that has all it needs is called right") {
  TestServer server;
  const std::string thing = "<http://ex.test/1> a <http://ex.test/T> ; <http://ex.test/name> \"a\" .";
  const std::vector<Field> fields = {{"input", thing}, {"shapes", shapes}};
  CHECK(json_of(post_form(server, "/validate", fields)).find("conforms")->boolean());
  CHECK(contains(post_form(server, "/validate?format=html&lang=fr", fields), "<section class=\"verdict good\">"));
}

TEST_CASE("What cannot be validated is refused with its place, and how to go on") {
  ServerOptions options;
  options.max_validate_bytes = 5000;
  options.max_validate_results = 3;
  TestServer server({}, options);
  Answer answer = post(server, "/validate", std::string(6000, ' '), "text/turtle");
  CHECK(answer.status == 413);
  CHECK(contains(answer, "--max-validate"));
  answer = post(server, "/validate", "<a> <b> ", "text/turtle");
  CHECK(answer.status == 400);
  CHECK(contains(answer, "1:"));
  answer = post(server, "/validate", "<rdf", "application/rdf+xml");
  CHECK(answer.status == 400);
  CHECK(contains(answer, "the document:1"));
  CHECK(post(server, "/validate", "x", "image/png").status == 400);
  CHECK(post(server, "/validate", "hello", "").status == 400);
  CHECK(contains(post(server, "/validate", "", "text/turtle"), "nothing to validate"));
  CHECK(post(server, "/validate?base=here", ttl, "text/turtle").status == 400);
  CHECK(post(server, "/validate?max-results=many", ttl, "text/turtle").status == 400);
  answer = post(server, "/validate?format=text&lang=en", ttl, "text/turtle");
  CHECK(contains(answer, "raise --max-validate-results"));
  CHECK(json_of(post(server, "/validate?max-results=1", ttl, "text/turtle"))
            .find("report")
            ->find("results")
            ->array()
            .size() == 1);
  answer = post_form(server, "/validate", {{"lang", "fr"}, {"input", "hello"}}, "text/html");
  CHECK(answer.status == 400);
  CHECK(contains(answer, "La vérification n’a pas pu se faire"));
  CHECK(contains(answer, "hello</textarea>"));
}

TEST_CASE("Shapes that make no sense are refused by name") {
  TestServer server;
  const auto refused = [&](const std::string& text) {
    const std::string prefix = "@prefix sh: <http://www.w3.org/ns/shacl#> . ";
    const Answer answer = post_form(server, "/validate", {{"input", ttl}, {"shapes", prefix + text}});
    CHECK(answer.status == 400);
    return answer.body;
  };
  CHECK_THAT(refused("<http://ex.test/loop> a sh:NodeShape ; sh:targetNode <http://ex.test/1> ; "
                     "sh:node <http://ex.test/other> . <http://ex.test/other> sh:node <http://ex.test/loop> ."),
             Catch::Contains("http://ex.test/loop"));
  CHECK_THAT(refused("<http://ex.test/s> a sh:NodeShape ; sh:targetNode <http://ex.test/1> ; sh:minLength \"x\" ."),
             Catch::Contains("http://ex.test/s"));
  CHECK_THAT(refused("<http://ex.test/s> a "), Catch::Contains("shapes:1:"));
}

TEST_CASE("Hostile documents end within the limits") {
  TestServer server;
  const std::string deep(1'000'000, '[');
  CHECK(post(server, "/validate", deep, "application/ld+json").status == 400);
  std::string nested;
  for (int i = 0; i < 50'000; ++i) nested += R"({"http://ex.test/p":)";
  CHECK(post(server, "/validate", nested, "application/ld+json").status == 400);
  std::string shape = "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://ex.test/s> sh:targetNode <http://ex.test/1>";
  for (int i = 0; i < 2000; ++i) shape += " ; sh:node [ a sh:NodeShape";
  for (int i = 0; i < 2000; ++i) shape += " ]";
  CHECK(post_form(server, "/validate", {{"input", ttl}, {"shapes", shape + " ."}}).status >= 400);
  const std::string slow = R"(@prefix sh: <http://www.w3.org/ns/shacl#> .
    <http://ex.test/s> a sh:NodeShape ; sh:targetSubjectsOf <http://ex.test/p> ;
      sh:property [ sh:path <http://ex.test/p> ; sh:pattern "^(a+)+$" ] .)";
  std::string texts;
  for (int i = 0; i < 2000; ++i) texts += fmt::format("<http://ex.test/{}> <http://ex.test/p> \"{:a<60}!\" .\n", i, "");
  const Answer answer = post_form(server, "/validate?timeout=500ms", {{"input", texts}, {"shapes", slow}});
  CHECK((answer.status == 200 || answer.status == 504 || answer.status == 400));
  CHECK(answer.complete);
}

TEST_CASE("Shapes that grow with their square end in time") {
  TestServer server;
  std::string many = "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://ex.test/s> a sh:NodeShape";
  for (int i = 0; i < 10'000; ++i) {
    many += fmt::format(
        " ; sh:property [ sh:path <http://ex.test/p> ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape "
        "[ sh:class <http://ex.test/c{}> ] ; sh:qualifiedValueShapesDisjoint true ]",
        i);
  }
  many += " ; sh:targetNode <http://ex.test/1> .";
  const Answer answer = post_form(server, "/validate?timeout=300ms", {{"input", ttl}, {"shapes", many}});
  CHECK(answer.status == 504);
  CHECK(contains(answer, "timeout"));
}

TEST_CASE("A validation keeps to the time and memory of a query") {
  ServerOptions options;
  options.query_memory = 100'000;
  TestServer server({}, options);
  std::string many;
  for (int i = 0; i < 2000; ++i) many += fmt::format("<http://ex.test/{}> <http://ex.test/p> {} .\n", i, i);
  const Answer answer = post(server, "/validate", many, "text/turtle");
  CHECK(answer.status == 503);
  CHECK(contains(answer, "--query-memory"));
}

TEST_CASE("A page at an address is validated if its host is allowed") {
  const StubServer stub([](const std::string&) { return answer_with("text/html", page); });
  ServerOptions options;
  options.allow_validate = {"127.0.0.1:" + std::to_string(stub.port())};
  const TestServer closed;
  const TestServer open({}, options);
  const std::string fields = "format=text&lang=en&address=" + encode(stub.address("/show"));
  const std::string type = "application/x-www-form-urlencoded";
  Answer answer = post(closed, "/validate", fields, type);
  CHECK(answer.status == 403);
  CHECK(contains(answer, "--allow-validate"));
  CHECK(contains(answer, "paste the page's source instead"));
  CHECK(stub.requests().empty());
  answer = post(open, "/validate", fields, type);
  CHECK(answer.status == 200);
  CHECK(contains(answer, "Check of " + stub.address("/show")));
  CHECK(stub.requests().size() == 1);
  CHECK(contains(get(open.port(), "/validate"), "name=\"address\""));
  CHECK_FALSE(contains(get(closed.port(), "/validate"), "name=\"address\""));
}

TEST_CASE("A page at an address may be no longer than others") {
  const StubServer stub([](const std::string&) { return answer_with("text/html", std::string(3000, 'x')); });
  ServerOptions options;
  options.max_validate_bytes = 2000;
  options.allow_validate = {"127.0.0.1:" + std::to_string(stub.port())};
  const TestServer server({}, options);
  const Answer answer =
      post(server, "/validate", "address=" + encode(stub.address("/")), "application/x-www-form-urlencoded");
  CHECK(answer.status == 413);
  CHECK(contains(answer, "--max-validate"));
}

TEST_CASE("Nothing of a validation is kept, and many may go on at once") {
  TestServer server;
  std::vector<std::thread> clients;
  std::atomic<int> done = 0;
  for (int i = 0; i < 6; ++i) {
    clients.emplace_back([&] {
      const Answer answer = post(server, "/validate", event, "application/ld+json");
      if (answer.status == 200) ++done;
    });
  }
  for (std::thread& client : clients) client.join();
  CHECK(done == 6);
  CHECK(server.store().info().quads == 0);
}

TEST_CASE("Validation has a form in French and English, which all pages lead to") {
  TestServer server;
  const Answer french = get(server.port(), "/validate?lang=fr");
  CHECK(french.status == 200);
  CHECK(contains(french, "Rien n’est conservé"));
  CHECK(contains(french, "enctype=\"multipart/form-data\""));
  CHECK(contains(get(server.port(), "/validate?lang=en"), "Nothing is kept"));
  CHECK(contains(get(server.port(), "/?lang=en"), "href=\"/validate?lang=en\""));
  CHECK(get(server.port(), "/static/validate.js").status == 200);
}

}  // namespace scenograph::server::tests
