#include <catch2/catch.hpp>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "sparql/exec/evaluator.hpp"
#include "sparql/memory_view.hpp"

using namespace scenograph;
using namespace scenograph::sparql;

namespace {

/// The call's result as an N-Triples term, or "error".
std::string call(std::string_view name, const std::vector<Value>& arguments) {
  Context context(std::make_shared<tests::MemoryView>(), std::make_shared<base::Budget>());
  std::vector<EvaluatorPtr> evaluators;
  for (const Value& value : arguments) evaluators.push_back(make_constant(value));
  const auto function = make_function(name, std::move(evaluators), context);
  REQUIRE(function);
  Batch batch;
  const Value& value = function->evaluate(Row{batch, 0});
  return value.is_error() ? "error" : rdf::to_ntriples(to_term(value));
}

Value text(std::string_view value) { return Value::string(value); }
Value french(std::string_view value) { return Value::lang_string(value, "fr"); }

}  // namespace

TEST_CASE("Built-in functions", "[exec]") {
  struct Case {
    std::string name;
    std::vector<Value> arguments;
    std::string expected;
  };
  const std::string integer = "^^<http://www.w3.org/2001/XMLSchema#integer>";
  const std::string boolean = "^^<http://www.w3.org/2001/XMLSchema#boolean>";
  const std::vector<Case> cases = {
      {"STRLEN", {text("théâtre")}, "\"7\"" + integer},
      {"UCASE", {french("opéra")}, "\"OPÉRA\"@fr"},
      {"SUBSTR", {text("théâtre"), Value::integer(3), Value::integer(3)}, "\"éât\""},
      {"SUBSTR", {text("abc"), Value::integer(0), Value::integer(2)}, "\"a\""},
      {"STRBEFORE", {french("abc"), text("b")}, "\"a\"@fr"},
      {"STRAFTER", {french("abc"), text("z")}, "\"\""},
      {"STRSTARTS", {text("abc"), french("a")}, "error"},
      {"CONCAT", {french("a"), text("b")}, "\"ab\""},
      {"LANGMATCHES", {text("fr-CA"), text("FR")}, "\"true\"" + boolean},
      {"LANGMATCHES", {text("fra"), text("fr")}, "\"false\"" + boolean},
      {"ENCODE_FOR_URI", {text("é ~")}, "\"%C3%A9%20~\""},
      {"REPLACE", {text("abcb"), text("(b)"), text("[$1]")}, "\"a[b]c[b]\""},
      {"REPLACE", {text("abc"), text("z*"), text("-")}, "error"},
      {"REGEX", {text("ABC"), text("^b"), text("i")}, "\"false\"" + boolean},
      {"MD5", {text("abc")}, "\"900150983cd24fb0d6963f7d28e17f72\""},
      {"ROUND",
       {Value::number(ValueKind::Decimal, *rdf::Decimal::parse("-2.5"))},
       "\"-2\"^^<http://www.w3.org/2001/XMLSchema#decimal>"},
      {"ABS", {text("1")}, "error"},
      {"http://www.w3.org/2001/XMLSchema#integer", {text(" 12 ")}, "\"12\"" + integer},
      {"http://www.w3.org/2001/XMLSchema#integer", {text("twelve")}, "error"},
      {"http://www.w3.org/2001/XMLSchema#string", {Value::number(ValueKind::Double, 100.0)}, "\"100\""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name, each.expected);
    CHECK(call(each.name, each.arguments) == each.expected);
  }
}
