#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "sources/reading.hpp"

using namespace scenograph;
using namespace scenograph::sources;
using namespace scenograph::sources::testing;
using Lines = std::vector<std::string>;

TEST_CASE("tables are read whatever their manner of writing", "[csv]") {
  struct Case {
    std::string name, text;
    Lines records;
  };
  const std::vector<Case> cases = {
      {"commas", "a,b\n1,2\n3,4\n", {"1|2", "3|4"}},
      {"no line end at the end", "a,b\n1,2", {"1|2"}},
      {"CRLF", "a,b\r\n1,2\r\n", {"1|2"}},
      {"old Mac line ends", "a,b\r1,2\r3,4", {"1|2", "3|4"}},
      {"semicolons and decimal commas", "a;b\n12,50;2\n9,00;1\n", {"12,50|2", "9,00|1"}},
      {"tabs", "a\tb\n1,5\tx;y\n", {"1,5|x;y"}},
      {"bars", "a|b\n1|2\n", {"1|2"}},
      {"quotes", "a,b\n\"x, y\",\"he said \"\"no\"\"\"\n", {"x, y|he said \"no\""}},
      {"line breaks in a field", "a,b\n\"one\ntwo\",2\n3,4\n", {"one\ntwo|2", "3|4"}},
      {"empty fields", "a,b\n,\n\"\",x\n", {"|", "|x"}},
      {"blank lines", "a,b\n\n1,2\n\r\n3,4\n\n", {"1|2", "3|4"}},
      {"delimiter at each line's end", "a;b;\n1;2;\n", {"1|2"}},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "a,b\nPh\xC3\xA8"
       "dre,2\n",
       {"Phèdre|2"}},
      {"Windows-1252",
       "a;b\nPh\xE8"
       "dre;12 \x80\n",
       {"Phèdre|12 €"}},
      {"UTF-16",
       std::string("\xFF\xFE"
                   "a\0,\0b\0\n\0\xE9\0,\0=\xD8\xAD\xDF\n\0",
                   20),
       {"é|\xF0\x9F\x9E\xAD"}},
      {"sep line of Excel", "sep=;\na;b\n1;2\n", {"1|2"}},
      {"spaces after a quoted field", "a,b\n\"1\" ,2\n", {"1|2"}},
      {"names with spaces around", " a , b\n1,2\n", {"1|2"}},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const Outcome outcome = read_csv(c.text, {"a", "b"});
    CHECK(outcome.records == c.records);
    CHECK(outcome.diagnostics.empty());
  }
}

TEST_CASE("faulty records are told by record and line, and passed over", "[csv]") {
  struct Case {
    std::string name, text;
    Lines records;
    std::string told;
  };
  const std::vector<Case> cases = {
      {"too few fields", "a,b\n1,2\n3\n5,6\n", {"1|2", "5|6"}, "t.csv:3, record 2: the record has 1 fields"},
      {"too many fields", "a,b\n1,2,3\n5,6\n", {"5|6"}, "t.csv:2, record 1: the record has 3 fields"},
      {"text after a quote", "a,b\n\"x\"y,2\n5,6\n", {"5|6"}, "t.csv:2, record 1: there is text after"},
      {"a quote never closed", "a,b\n\"x,2\n5,6\n7,8\n", {"5|6", "7|8"}, "t.csv:2, record 1: a quote is opened"},
      {"lines counted inside fields", "a,b\n\"x\n\ny\",2\n5\n", {"x\n\ny|2"}, "t.csv:5, record 2: the record has 1"},
      {"a stray byte in UTF-8", "a,b\n\xC3\xA9,\xE9\n", {"é|é"}, "t.csv:2, record 1: the record has bytes"},
      {"a name twice", "a,b,a\n1,2,3\n", {"1|2"}, "t.csv:1, «a»: column 3 has the name of column 1"},
      {"no name", "a,,b\n1,2,3\n", {"1|3"}, "t.csv:1: column 2 has no name"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    ReadOptions options;
    if (c.name == "a stray byte in UTF-8") options.encoding = "utf-8";
    const Outcome outcome = read_csv(c.text, {"a", "b"}, {}, options);
    CHECK(outcome.records == c.records);
    REQUIRE(outcome.diagnostics.size() == 1);
    CHECK_THAT(outcome.diagnostics[0], Catch::StartsWith(c.told));
  }
}

TEST_CASE("a table without header has numbered columns", "[csv]") {
  CHECK(read_csv("1,2\n3,4\n", {"_col.2"}, {.header = false}).records == Lines{"2", "4"});
  CHECK(read_csv("", {"anything"}).records.empty());
}

TEST_CASE("an unknown column is an error that lists the columns", "[csv]") {
  CHECK_THROWS_WITH(read_csv("a,b\n1,2\n", {"c"}), "t.csv: no column «c»; the columns are «a», «b»");
}

TEST_CASE("a record past the limit is an error that names the option", "[csv]") {
  ReadOptions options;
  options.max_record = 1000;
  CHECK_THROWS_WITH(read_csv("a,b\n\"" + std::string(500000, 'x'), {"a"}, {}, options),
                    Catch::Contains("--max-record") && Catch::Contains("t.csv:2, record 1"));
}
