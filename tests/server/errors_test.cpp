#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "publish/language.hpp"
#include "publish/pages.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const std::map<std::string, std::string> from_browser = {{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};

std::map<std::string, std::string> with(std::map<std::string, std::string> more) {
  more.insert(from_browser.begin(), from_browser.end());
  return more;
}

/// "" if it is not there.
std::string header_of(const Answer& answer, const std::string& name) {
  const auto at = answer.headers.find(name);
  return at == answer.headers.end() ? "" : at->second;
}

/// An errant request, and what the page in answer to it says.
struct Row {
  Call call;
  int status;
  const char* french;
  const char* english;
};

}  // namespace

TEST_CASE("Every error is a page for browsers, in the reader's language") {
  ServerOptions options;
  options.write_token = "secret";
  options.max_body_bytes = 1000;
  options.max_header_bytes = 12'000;
  TestServer server({}, options);
  TestServer closed;
  const std::string update = "update=CLEAR%20ALL";
  const std::map<std::string, std::string> form = {{"Content-Type", "application/x-www-form-urlencoded"}};
  const Row rows[] = {
      {{"POST", "/sparql", form, "query=nonsense"}, 400, "pas comprise", "not understood"},
      {{"POST", "/sparql", form, update}, 401, "Il faut un jeton", "A token is needed"},
      {{"GET", "/nothing", {}, ""}, 404, "Cette page n’existe pas", "There is no such page"},
      {{"DELETE", "/health", {}, ""}, 405, "ne le permet pas", "does not allow that"},
      {{"GET", "/graphs?default&format=nonsense", {}, ""}, 404, "n’existe pas", "no such page"},
      {{"POST", "/sparql", form, std::string(2000, 'x')}, 413, "trop volumineux", "too large"},
      {{"GET", "/" + std::string(9000, 'x'), {}, ""}, 414, "trop longue", "too long"},
      {{"POST", "/sparql", {{"Content-Type", "text/plain"}}, "x"}, 415, "Ce type de contenu", "That type of content"},
      {{"POST", "/sparql", {{"Content-Encoding", "gzip"}}, "\x1F\x8B nonsense"}, 400, "pas comprise", "not understood"},
      {{"GET", "/", {{"Transfer-Encoding", "gzip"}}, ""}, 501, "ne sait pas", "cannot do"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.call.target.substr(0, 40), row.status);
    for (const char* language : {"fr", "en"}) {
      Call each = row.call;
      each.headers = with(each.headers);
      each.headers["Accept-Language"] = language;
      const Answer page = call(server.port(), each);
      CHECK(page.status == row.status);
      CHECK(header_of(page, "content-type") == "text/html; charset=utf-8");
      CHECK(header_of(page, "content-language") == language);
      CHECK(header_of(page, "cache-control") == "no-store");
      CHECK(page.headers.count("content-security-policy") == 1);
      CHECK(holds(page.body, fmt::format("<html lang=\"{}\">", language)));
      CHECK(holds(page.body, *language == 'f' ? row.french : row.english));
    }
    const Answer text = call(server.port(), row.call);
    CHECK(text.status == row.status);
    CHECK(header_of(text, "content-type") == "text/plain; charset=utf-8");
    Call json = row.call;
    json.headers["Accept"] = "application/json";
    CHECK(holds(call(server.port(), json).body, fmt::format("{{\"error\":{{\"status\":{},", row.status)));
  }
  Call denied{"POST", "/sparql", with(form), update};
  CHECK(holds(call(closed.port(), denied).body, "Ce serveur ne l’autorise pas"));
}

TEST_CASE("A request that never arrives whole gets a page too") {
  ServerOptions options;
  options.request_timeout = std::chrono::milliseconds(100);
  TestServer server({}, options);
  Client slow(server.port());
  slow.send("GET / HTTP/1.1\r\nAccept: text/html\r\nAccept-Language: en\r\n");
  const Answer page = slow.receive();
  CHECK(page.status == 408);
  CHECK(holds(page.body, "took too long to arrive"));
  CHECK(page.headers.at("connection") == "close");
}

TEST_CASE("Every status has a title and advice in both languages") {
  for (const int status : {400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 429, 431, 500, 501, 503, 504, 507}) {
    const std::string key = fmt::format("error_{}", status);
    CAPTURE(key);
    for (const auto language : {publish::Language::French, publish::Language::English}) {
      CHECK(!publish::find_text(language, key).empty());
      CHECK(!publish::find_text(language, key + "_advice").empty());
      const std::string page = publish::error_page({"http://ex.test/", "Site"}, {status, {}, "a <detail>"}, language);
      CHECK(holds(page, publish::find_text(language, key)));
      CHECK(holds(page, publish::find_text(language, key + "_advice")));
      CHECK(holds(page, "a &lt;detail&gt;"));
    }
  }
}

TEST_CASE("An error's page can be had in the other language at the same address") {
  TestServer server;
  const auto page = [&](const std::string& target) { return get(server.port(), target, from_browser).body; };
  CHECK(holds(page("/nothing?q=1&lang=en"), "href=\"/nothing?q&#x3D;1&amp;lang&#x3D;fr\"") |
        holds(page("/nothing?q=1&lang=en"), "href=\"/nothing?q=1&amp;lang=fr\""));
  CHECK(!holds(page("//evil.test/x"), "href=\"//evil.test"));
}

}  // namespace scenograph::server::tests
