#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "sparql/results/writer.hpp"

using namespace scenograph;
using namespace scenograph::sparql;

namespace {

using Cell = std::optional<rdf::Term>;

/// Solutions, or a yes, from memory.
class Given final : public QueryResult {
 public:
  Given(std::vector<std::string> variables, std::vector<std::vector<Cell>> rows)
      : variables_(std::move(variables)), rows_(std::move(rows)) {}
  Given() : form_(QueryForm::Ask) {}

  QueryForm form() const override { return form_; }
  const std::vector<std::string>& variables() const override { return variables_; }
  bool next(SolutionBatch& batch) override {
    batch.columns.assign(variables_.size(), {});
    batch.terms.clear();
    batch.size = std::exchange(done_, true) ? 0 : rows_.size();
    for (std::size_t row = 0; row < batch.size; ++row) {
      for (std::size_t i = 0; i < variables_.size(); ++i) {
        batch.columns[i].push_back(rows_[row][i] ? static_cast<SolutionBatch::Place>(batch.terms.size())
                                                 : SolutionBatch::unbound);
        if (rows_[row][i]) batch.terms.add(rdf::TermView(*rows_[row][i]));
      }
    }
    return batch.size > 0;
  }
  bool boolean() override { return true; }
  bool next(std::vector<rdf::Triple>&) override { return false; }
  std::string explain(ExplainFormat) const override { return {}; }

 private:
  QueryForm form_ = QueryForm::Select;
  std::vector<std::string> variables_;
  std::vector<std::vector<Cell>> rows_;
  bool done_ = false;
};

std::string written(Given result, ResultFormat format) {
  std::string out;
  write_results(result, format, [&out](std::string_view text) { out += text; });
  return out;
}

Given sample() {
  const std::string integer = "http://www.w3.org/2001/XMLSchema#integer";
  return Given({"x", "name"},
               {{rdf::Term::iri("http://schema.org/Event"), rdf::Term::lang_literal("Mère \"C\",\n<&>", "fr")},
                {rdf::Term::blank("b1"), std::nullopt},
                {rdf::Term::literal("12", integer), rdf::Term::literal("日本\x1b[1m")}});
}

}  // namespace

TEST_CASE("Solutions in each syntax", "[results]") {
  CHECK(written(sample(), ResultFormat::Json) ==
        "{\"head\":{\"vars\":[\"x\",\"name\"]},\"results\":{\"bindings\":[\n"
        "{\"x\":{\"type\":\"uri\",\"value\":\"http://schema.org/Event\"},"
        "\"name\":{\"type\":\"literal\",\"value\":\"Mère \\\"C\\\",\\n<&>\",\"xml:lang\":\"fr\"}},\n"
        "{\"x\":{\"type\":\"bnode\",\"value\":\"b1\"}},\n"
        "{\"x\":{\"type\":\"literal\",\"value\":\"12\",\"datatype\":\"http://www.w3.org/2001/XMLSchema#integer\"},"
        "\"name\":{\"type\":\"literal\",\"value\":\"日本\\u001b[1m\"}}\n]}}\n");
  CHECK(written(sample(), ResultFormat::Xml) ==
        "<?xml version=\"1.0\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n"
        "<head><variable name=\"x\"/><variable name=\"name\"/></head>\n<results>\n"
        "<result><binding name=\"x\"><uri>http://schema.org/Event</uri></binding><binding name=\"name\">"
        "<literal xml:lang=\"fr\">Mère &quot;C&quot;,\n&lt;&amp;&gt;</literal></binding></result>\n"
        "<result><binding name=\"x\"><bnode>b1</bnode></binding></result>\n"
        "<result><binding name=\"x\"><literal datatype=\"http://www.w3.org/2001/XMLSchema#integer\">12</literal>"
        "</binding><binding name=\"name\"><literal>日本\xEF\xBF\xBD[1m</literal></binding></result>\n"
        "</results>\n</sparql>\n");
  CHECK(written(sample(), ResultFormat::Csv) ==
        "x,name\r\nhttp://schema.org/Event,\"Mère \"\"C\"\",\n<&>\"\r\n_:b1,\r\n12,日本\x1b[1m\r\n");
  CHECK(written(sample(), ResultFormat::Tsv) ==
        "?x\t?name\n<http://schema.org/Event>\t\"Mère \\\"C\\\",\\n<&>\"@fr\n_:b1\t\n12\t\"日本\\u001B[1m\"\n");
  CHECK(written(sample(), ResultFormat::Table) ==
        "x             name\n────────────  ───────────────────────\n"
        "schema:Event  \"Mère \"C\",\\u000A<&>\"@fr\n_:b1\n12            \"日本\\u001B[1m\"\n3 rows\n");
}

TEST_CASE("Yes and no in each syntax", "[results]") {
  CHECK(written(Given(), ResultFormat::Json) == "{\"head\":{},\"boolean\":true}\n");
  CHECK(written(Given(), ResultFormat::Tsv) == "true\n");
  CHECK(written(Given(), ResultFormat::Table) == "yes\n");
}

TEST_CASE("Result formats have names", "[results]") {
  for (const ResultFormat format : all_result_formats()) {
    if (format != ResultFormat::Table) CHECK(parse_result_format(media_type(format)) == format);
  }
  CHECK(parse_result_format("Text/CSV; charset=utf-8") == ResultFormat::Csv);
  CHECK_THROWS_AS(parse_result_format("yaml"), base::Error);
}
