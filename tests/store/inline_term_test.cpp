#include "store/internal/inline_term.hpp"

#include <catch2/catch.hpp>

#include "rdf/vocab.hpp"

namespace scenograph::store::internal {

namespace {

using rdf::Term;
namespace xsd = rdf::xsd;

struct Case {
  std::string_view lexical;
  std::string_view datatype;
  bool inlined;
};

TEST_CASE("a literal is inlined only if it comes back byte for byte") {
  const std::string_view nul("a\0b", 3);
  const std::vector<Case> cases = {
      {"", "", true},
      {"Phèdre", "", true},
      {nul, "", true},
      {"Bérénice", "", false},
      {"0", xsd::integer, true},
      {"-5", xsd::integer, true},
      {"576460752303423487", xsd::integer, true},
      {"576460752303423488", xsd::integer, false},
      {"-576460752303423488", xsd::integer, true},
      {"01", xsd::integer, false},
      {"+1", xsd::integer, false},
      {"-0", xsd::integer, false},
      {"12.50", xsd::decimal, true},
      {"12.5", xsd::decimal, true},
      {"-0.5", xsd::decimal, true},
      {"0.000001", xsd::decimal, true},
      {"0.0000001", xsd::decimal, false},
      {"12", xsd::decimal, false},
      {"-0.0", xsd::decimal, false},
      {".5", xsd::decimal, false},
      {"99999999999999999.5", xsd::decimal, false},
      {"1.0E0", xsd::double_, true},
      {"-2.5E-3", xsd::double_, false},
      {"1.5E3", xsd::double_, true},
      {"-1.5E3", xsd::double_, true},
      {"1.0E1", xsd::double_, true},
      {"0.1", xsd::double_, false},
      {"1e0", xsd::double_, false},
      {"NaN", xsd::double_, false},
      {"INF", xsd::double_, false},
      {"true", xsd::boolean, true},
      {"false", xsd::boolean, true},
      {"1", xsd::boolean, false},
      {"2025-12-12", xsd::date, true},
      {"2025-12-12Z", xsd::date, true},
      {"2025-12-12+01:00", xsd::date, true},
      {"2025-12-12+00:00", xsd::date, true},
      {"2025-12-12-00:00", xsd::date, false},
      {"2025-02-30", xsd::date, false},
      {"-0044-03-15", xsd::date, false},
      {"0000-01-01+14:00", xsd::date, true},
      {"9999-12-31-14:00", xsd::date, true},
      {"2025-12-12T20:30:00", xsd::dateTime, true},
      {"2025-12-12T20:30:00+01:00", xsd::dateTime, true},
      {"2025-12-12T20:30:00.000Z", xsd::dateTime, true},
      {"2025-12-12T20:30:00.250", xsd::dateTime, true},
      {"2025-12-12T20:30:00.25", xsd::dateTime, false},
      {"2025-12-12T24:00:00", xsd::dateTime, false},
      {"x", "http://ex.test/type", false},
  };
  for (const Case& c : cases) {
    INFO(c.lexical << " ^^ " << c.datatype);
    const Term term = Term::literal(c.lexical, c.datatype);
    const auto id = to_inline(term);
    CHECK(id.has_value() == c.inlined);
    if (id) CHECK(from_inline(*id) == term);
  }
  CHECK_FALSE(to_inline(Term::lang_literal("a", "fr")).has_value());
  CHECK_FALSE(to_inline(Term::iri("a:b")).has_value());
}

TEST_CASE("ids of one kind compare as their values") {
  const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> rising = {
      {xsd::integer, {"-100", "-1", "0", "7", "1000000"}},
      {xsd::decimal, {"-12.5", "-0.1", "0.0", "0.05", "0.1", "12.25"}},
      {xsd::double_, {"-1.5E3", "-1.0E0", "0.0E0", "1.0E0", "1.5E3"}},
      {xsd::date, {"0001-01-01", "1999-12-31", "2000-01-01"}},
      {xsd::dateTime,
       {"2025-12-12T20:30:00+02:00", "2025-12-12T20:30:00+01:00", "2025-12-12T20:00:00Z", "2025-12-12T20:30:00Z"}},
      {"", {"", "a", "ab", "b"}},
  };
  for (const auto& [datatype, values] : rising) {
    for (std::size_t i = 1; i < values.size(); ++i) {
      INFO(values[i - 1] << " < " << values[i]);
      const auto low = to_inline(Term::literal(values[i - 1], datatype));
      const auto high = to_inline(Term::literal(values[i], datatype));
      REQUIRE(low.has_value());
      REQUIRE(high.has_value());
      CHECK(*low < *high);
    }
  }
}

}  // namespace

}  // namespace scenograph::store::internal
