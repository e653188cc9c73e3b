#include "store/internal/inline_term.hpp"

#include <catch2/catch.hpp>

#include <bit>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "rdf/vocab.hpp"
#include "store/inline_value.hpp"

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

/// Texts near the border of what is canonical.
std::string near(std::string text, std::mt19937& random) {
  static constexpr std::string_view characters = "0012345678999+-.:TZEe";
  for (std::size_t edits = random() % 3; edits > 0; --edits) {
    const std::size_t at = random() % (text.size() + 1);
    const char c = characters[random() % characters.size()];
    if (random() % 3 == 0) {
      text.insert(at, 1, c);
    } else if (at < text.size() && random() % 2 == 0) {
      text.erase(at, 1);
    } else if (at < text.size()) {
      text[at] = c;
    }
  }
  return text;
}

TEST_CASE("what comes back from an id goes into it, and no other text does") {
  const std::vector<Term> seeds = {Term::literal("2025-12-12T20:30:00.250+01:00", xsd::dateTime),
                                   Term::literal("0000-02-29T23:00:00Z", xsd::dateTime),
                                   Term::literal("9999-12-31T20:30:00-14:00", xsd::dateTime),
                                   Term::literal("2024-02-29-00:30", xsd::date),
                                   Term::literal("-1204.750", xsd::decimal),
                                   Term::literal("0.000010", xsd::decimal),
                                   Term::literal("-576460752303423488", xsd::integer),
                                   Term::literal("10", xsd::integer),
                                   Term::literal("-1.5E-300", xsd::double_),
                                   Term::literal("1.25E10", xsd::double_),
                                   Term::literal("true", xsd::boolean),
                                   Term::literal("false", xsd::boolean),
                                   Term::literal("-0.0E0", xsd::double_)};
  std::mt19937 random(5);
  std::size_t inlined = 0;
  for (int round = 0; round < 200'000; ++round) {
    Term term = seeds[random() % seeds.size()];
    term.value = near(term.value, random);
    const auto id = to_inline(term);
    if (!id) continue;
    ++inlined;
    if (from_inline(*id) != term) FAIL(term.value << " comes back as " << from_inline(*id).value);
  }
  CHECK(inlined > 20'000);
}

TEST_CASE("every value an id can hold has a text that is inlined") {
  std::mt19937_64 random(6);
  const auto check = [](IdKind kind, std::uint64_t payload) {
    const TermId id = TermId::make(kind, payload);
    const Term term = from_inline(id);
    if (to_inline(term) != id) FAIL(term.value << " ^^ " << term.datatype);
  };
  for (int round = 0; round < 50'000; ++round) {
    const unsigned narrow = static_cast<unsigned>(random() % 58);
    check(IdKind::Integer, (random() >> 5U >> narrow) ^ (std::uint64_t{1} << 59U));
    const std::uint64_t millionths = (random() >> 8U >> (narrow % 56)) + (std::uint64_t{1} << 56U);
    const std::uint64_t digits = 1 + random() % 6;
    const auto step = static_cast<std::uint64_t>(std::pow(10, 6 - static_cast<int>(digits)) + 0.5);
    const std::uint64_t value = (millionths - (std::uint64_t{1} << 56U)) / step * step;
    if (value < 1'000'000'000'000) check(IdKind::Decimal, ((value + (std::uint64_t{1} << 56U)) << 3U) | digits);
    const std::uint64_t zone = random() % 2 == 0 ? random() % 2 : 2 + random() % 1681;
    const std::uint64_t instant = 86'400 * 2 + random() % (std::uint64_t{86'400} * 365 * 9'999);
    check(IdKind::DateTime, ((instant << 10U | random() % 1001) << 11U) | zone);
    const auto number = static_cast<double>(static_cast<std::int64_t>(random()) >> narrow) / 1024;
    const auto bits = std::bit_cast<std::uint64_t>(number) & ~std::uint64_t{0xF};
    check(IdKind::Double, (number < 0 ? ~bits : bits | (std::uint64_t{1} << 63U)) >> 4U);
  }
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

std::vector<TermId> ids_of_literals(const std::vector<std::string>& lexicals, std::string_view datatype) {
  std::vector<TermId> ids;
  for (const std::string& lexical : lexicals) ids.push_back(to_inline(Term::literal(lexical, datatype)).value());
  return ids;
}

TEST_CASE("value keys and spans of ids agree with the numbers") {
  const std::vector<double> numbers = {-1e6, -2.5, -2.25, -1, -0.000001, 0, 0.5, 1, 2, 2.25, 1e6, 59.0 * 1e9};
  const auto decimals = ids_of_literals({"-1000000.0", "-2.5", "-2.50", "-2.25", "-1.0", "-0.000001", "0.0", "0.50",
                                         "1.0", "1.00", "2.25", "1000000.000000"},
                                        xsd::decimal);
  const auto integers = ids_of_literals({"-1000000", "-1", "0", "1", "2", "1000000", "59000000000"}, xsd::integer);
  const auto doubles =
      ids_of_literals({"-1.0E6", "-2.5E0", "-1.0E0", "-0.0E0", "0.0E0", "5.0E-1", "1.0E0", "2.25E0"}, xsd::double_);
  for (const double wanted : numbers) {
    const auto decimal = rdf::Decimal::from_double(wanted).value();
    for (const auto& [ids, span] : {std::pair(decimals, ids_equal_to(IdKind::Decimal, decimal).value()),
                                    std::pair(integers, ids_equal_to(IdKind::Integer, decimal).value()),
                                    std::pair(doubles, doubles_equal_to(wanted))}) {
      for (const TermId id : ids) {
        const InlineValue value = inline_value(id);
        const double number =
            std::holds_alternative<double>(value) ? std::get<double>(value) : std::get<rdf::Decimal>(value).to_double();
        INFO(wanted << " " << number);
        CHECK((id.bits() < span.first) == (number < wanted));
        CHECK((id.bits() >= span.end) == (number > wanted));
      }
    }
  }
  for (const auto& ids : {decimals, integers, doubles}) {
    for (const TermId a : ids) {
      for (const TermId b : ids) {
        const InlineValue x = inline_value(a);
        const InlineValue y = inline_value(b);
        const bool less = x.index() == 2 ? std::get<double>(x) < std::get<double>(y)
                                         : std::get<rdf::Decimal>(x) < std::get<rdf::Decimal>(y);
        CHECK((value_key(a) < value_key(b)) == less);
      }
    }
  }
}

TEST_CASE("value keys and spans of ids agree with the instants") {
  const auto ids = ids_of_literals(
      {"0000-01-01T00:00:00Z", "2026-01-31T20:30:00", "2026-01-31T20:30:00.000", "2026-01-31T20:30:00Z",
       "2026-01-31T21:30:00+01:00", "2026-01-31T20:30:00.500Z", "2026-01-31T20:30:01Z", "9999-12-31T23:59:59-14:00"},
      xsd::dateTime);
  for (const TermId a : ids) {
    const auto x = std::get<rdf::DateTime>(inline_value(a));
    CHECK(rdf::parse_date_time(inline_term(a).value) == x);
    const std::int64_t seconds = rdf::local_seconds(x) - 60 * x.offset_minutes.value_or(0);
    const IdSpan span = times_equal_to(IdKind::DateTime, seconds, x.nanosecond);
    for (const TermId b : ids) {
      auto y = std::get<rdf::DateTime>(inline_value(b));
      const bool same_zoning = x.offset_minutes.has_value() == y.offset_minutes.has_value();
      if (same_zoning) CHECK((value_key(a) == value_key(b)) == (rdf::compare_instants(x, y) == 0));
      if (same_zoning) CHECK((value_key(a) < value_key(b)) == (rdf::compare_instants(x, y) < 0));
      y.offset_minutes = y.offset_minutes.value_or(0);
      auto zoned = x;
      zoned.offset_minutes = x.offset_minutes.value_or(0);
      CHECK((b.bits() < span.first) == (rdf::compare_instants(y, zoned) < 0));
      CHECK((b.bits() >= span.end) == (rdf::compare_instants(y, zoned) > 0));
    }
  }
  const IdSpan between =
      times_equal_to(IdKind::DateTime, rdf::local_seconds(*rdf::parse_date_time("2026-01-31T20:30:00")), 100);
  CHECK(between.first == between.end);
  CHECK(ids[4].bits() < between.first);
  CHECK(ids[5].bits() >= between.end);
}

}  // namespace

}  // namespace scenograph::store::internal
