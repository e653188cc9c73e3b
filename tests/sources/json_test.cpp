#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "sources/json_path.hpp"
#include "sources/reading.hpp"

using namespace scenograph;
using namespace scenograph::sources;
using namespace scenograph::sources::testing;
using Lines = std::vector<std::string>;

TEST_CASE("iterators and references find their values", "[json]") {
  struct Case {
    std::string iterator, path, text;
    Lines records;
  };
  const std::vector<Case> cases = {
      {"$[*]", "$.a", R"([{"a":1},{"a":"x"},{}])", {"1", "x", ""}},
      {"$[*]", "a", R"([{"a":1.50},{"a":true},{"a":null}])", {"1.5", "true", ""}},
      {"$.items[*]", "$.a", R"({"n":[1,{"items":2}],"items":[{"a":1},{"a":2}],"z":"]}"})", {"1", "2"}},
      {"$.x.y[*]", "$", R"({"x":{"q":{"y":[9]},"y":["a\"]b","c"]}})", {"a\"]b", "c"}},
      {"$.m[*]", "$.v", R"({"m":{"one":{"v":1},"two":{"v":2}}})", {"1", "2"}},
      {"$", "$.a[*].b", R"({"a":[{"b":1},{"b":2}]})", {"1+2"}},
      {"$", "$.a", "{\"a\":1}\n{\"a\":2}\n", {"1", "2"}},
      {"$.a[1]", "$", R"({"a":[5,6,7]})", {"6"}},
      {"$.a[*].b[*]", "$", R"({"a":[{"b":[1,2]},{"b":[3]}]})", {"1", "2", "3"}},
      {"$..n", "$", R"({"n":1,"a":[{"n":2},{"b":{"n":3}}]})", {"1", "2", "3"}},
      {"$[*]", "$['odd key'][-1]", R"([{"odd key":[1,2,3]}])", {"3"}},
      {"$[*]", "$.a", R"([{"a":{"b":[1, 2]}}])", {R"({"b":[1,2]})"}},
      {"$[*]", "$.a", "[]", {}},
      {"$[*]", "$.a", "[{\"a\":18446744073709551615},{\"a\":-3}]", {"18446744073709551615", "-3"}},
      {"$[*]",
       "$",
       "\xEF\xBB\xBF[\"\\u00e9\", \"Ph\xC3\xA8"
       "dre\"]",
       {"é", "Phèdre"}},
  };
  for (const Case& c : cases) {
    INFO(c.iterator << " " << c.path << " " << c.text);
    CHECK(read_json(c.text, {c.iterator}, {c.path}).records == c.records);
  }
}

TEST_CASE("several iterators share one reading", "[json]") {
  const std::string text = R"({"a":[{"v":1},{"v":2}],"b":[{"v":3,"w":[{"v":4}]}]})";
  CHECK(read_json(text, {"$.b[*]", "$.a[*]", "$.b[*].w[*]"}, {"v"}).records == Lines{"1", "2", "3", "4"});
  CHECK(read_json(text, {"$", "$.a[*]"}, {"v"}).records == Lines{"", "1", "2"});
  CHECK(read_json(text, {"$[*]", "$.a[*]"}, {"$[0].v"}).records == Lines{"1", "3", "", ""});
}

TEST_CASE("faulty documents are told by line and column", "[json]") {
  struct Case {
    std::string iterator, text, told;
  };
  const std::vector<Case> cases = {
      {"$[*]", "[{\"a\":1},\n {\"a\":", "t.json:2:7: the text ends too early"},
      {"$[*]", "[{\"a\":1},\n {\"a\" 2}]", "t.json:2:7: a colon is expected after the name"},
      {"$", "{\"a\":\n  tru}", "t.json:2:3: a value is expected here"},
      {"$[*]", "[\"abc", "t.json:1:2: the text ends inside a string that starts here"},
      {"$[*]", "[1 2]", "t.json:1:4: a comma or «]» is expected here"},
      {"$[*]", "[{]", "t.json:1:3: «]» where «}» is owed"},
      {"$.a[*]", "{\"a\":[1],", "t.json:1:10: a quoted name is expected here"},
      {"$", "{\"a\":[1,]}", "t.json:1:9: a value is expected here"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK_THROWS_WITH(read_json(c.text, {c.iterator}, {}), Catch::StartsWith(c.told));
  }
}

TEST_CASE("depth and size have bounds", "[json]") {
  CHECK_THROWS_WITH(read_json("[" + std::string(1000, '['), {"$[*]"}, {}), Catch::Contains("deeper than 256"));
  CHECK_THROWS_WITH(read_json(std::string(1000, '['), {"$"}, {}), Catch::Contains("deeper than 256"));
  ReadOptions options;
  options.max_record = 100;
  options.max_document = 100;
  const std::string text = "[\"" + std::string(1000, 'x') + "\"]";
  CHECK_THROWS_WITH(read_json(text, {"$[*]"}, {}, options), Catch::Contains("--max-record"));
  CHECK_THROWS_WITH(read_json(text, {"$"}, {}, options), Catch::Contains("--max-document"));
}

TEST_CASE("faulty paths are refused with the place", "[json]") {
  for (const char* path : {"", "$.students[*]]", "$.", "$[", "$['a", "$.a{b", "N\\ame", "$[1", "$[x]"}) {
    INFO(path);
    CHECK_THROWS_AS(parse_json_path(path), base::Error);
  }
  CHECK_THROWS_WITH(parse_json_path("$.a[?(@.b)]"), Catch::Contains("a filter"));
  CHECK_THROWS_WITH(parse_json_path("$.a[1:2]"), Catch::Contains("union or slice"));
}

TEST_CASE("JSON inside a text can be asked", "[json]") {
  const Values found = query_json(R"([{"begin":"2025"},{"begin":"2026"}])", parse_json_path("$[*].begin"));
  REQUIRE(found.size() == 2);
  CHECK(found[1] == Value{ValueType::String, "2026"});
  CHECK_THROWS_AS(query_json("[1,", {}), base::Error);
}
