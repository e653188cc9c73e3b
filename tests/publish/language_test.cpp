#include "publish/language.hpp"

#include <catch2/catch.hpp>

#include "publish/assets.hpp"
#include "publish/json.hpp"
#include "publish/json_ld.hpp"
#include "publish/site.hpp"

namespace scenograph::publish {

TEST_CASE("The language is what the address says, else what the browser likes") {
  struct Row {
    const char* parameter;
    const char* header;
    Language language;
  };
  const Row rows[] = {{"", "", Language::French},
                      {"en", "fr", Language::English},
                      {"", "en-GB,en;q=0.9", Language::English},
                      {"", "fr;q=0.4, en;q=0.8", Language::English},
                      {"", "de, en;q=0.3, fr;q=0.2", Language::English},
                      {"", "de", Language::French},
                      {"xx", "en", Language::English},
                      {"", ";;;q=,,", Language::French}};
  for (const Row& row : rows) {
    CAPTURE(row.parameter, row.header);
    CHECK(choose_language(row.parameter, row.header) == row.language);
  }
}

TEST_CASE("Every text is there in both languages") {
  std::string_view file = find_asset("texts.tsv").value();
  int lines = 0;
  while (!file.empty()) {
    const std::string_view line = file.substr(0, file.find('\n'));
    file.remove_prefix(line.size() + 1);
    if (line.starts_with('#')) continue;
    const std::string_view key = line.substr(0, line.find('\t'));
    CAPTURE(std::string(line));
    CHECK(!find_text(Language::French, key).empty());
    CHECK(!find_text(Language::English, key).empty());
    ++lines;
  }
  CHECK(lines > 100);
  CHECK(text(Language::English, "schema:startDate") == "Start");
  CHECK(text(Language::English, "no such key") == "no such key");
}

TEST_CASE("JSON is escaped for scripts too") {
  std::string out;
  append_json_string(out, "a\"b\\c\n\x01</script>\xE2\x80\xA8é");
  CHECK(out == R"("a\"b\\c\n\u0001\u003c/script>\u2028é")");
  JsonWriter json;
  json.begin_object()
      .key("a")
      .begin_array()
      .value(1)
      .value(true)
      .value(1.5)
      .end_array()
      .key("b")
      .value("x")
      .end_object();
  CHECK(json.take() == R"({"a":[1,true,1.5],"b":"x"})");
}

TEST_CASE("Addresses of pages and data follow the IRI") {
  const Site site{"https://data.ex.test/", "Test"};
  CHECK(page_path(site, "https://data.ex.test/id/event/x1") == "/page/event/x1");
  CHECK(page_path(site, "https://data.ex.test/id/event/a%2Fb é") == "/page/event/a%252Fb%20é");
  CHECK(page_path(site, "http://other.test/a?b#c") == "/page?iri=http%3A%2F%2Fother.test%2Fa%3Fb%23c");
  CHECK(data_path(site, "https://data.ex.test/id/place/y", "ttl") == "/data/place/y.ttl");
  CHECK(with_language("/page?iri=x", Language::English) == "/page?iri=x&lang=en");
  CHECK(is_part(site, "https://data.ex.test/id/part/z"));
  CHECK(!local_part(site, "https://data.ex.test/id/"));
  CHECK(embed_snippet(site, "https://a.test/\"x").find("&quot;x") != std::string::npos);
}

}  // namespace scenograph::publish
