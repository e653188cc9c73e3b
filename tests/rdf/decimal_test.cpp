#include "rdf/decimal.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using scenograph::rdf::Decimal;

namespace {

Decimal of(const char* lexical) { return Decimal::parse(lexical).value(); }

}  // namespace

TEST_CASE("decimals parse to their canonical form", "[decimal]") {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"0", "0"},        {"-0", "0"},
      {"+01.50", "1.5"}, {".5", "0.5"},
      {"3.", "3"},       {"-.05", "-0.05"},
      {"0.0", "0"},      {"1000000000000000000000.000000000001", "1000000000000000000000.000000000001"},
  };
  for (const auto& [lexical, canonical] : cases) CHECK(of(lexical).to_string() == canonical);
  for (const char* bad :
       {"", ".", "-", "+.", "1e3", "1,5", " 1", "1.2.3", "NaN", "999999999999999999999999999999999999999999"}) {
    INFO(bad);
    CHECK_FALSE(Decimal::parse(bad));
  }
}

TEST_CASE("decimal arithmetic is exact", "[decimal]") {
  CHECK(Decimal::add(of("0.1"), of("0.2")) == of("0.3"));
  CHECK(Decimal::subtract(of("1"), of("0.9")) == of("0.1"));
  CHECK(Decimal::multiply(of("1.1"), of("1.1")) == of("1.21"));
  CHECK(Decimal::divide(of("10"), of("4")) == of("2.5"));
  CHECK(Decimal::divide(of("1"), of("3"))->to_string() == "0.333333333333333333");
  CHECK_FALSE(Decimal::divide(of("1"), of("0")));
  CHECK_FALSE(Decimal::multiply(of("99999999999999999999"), of("99999999999999999999")));
}

TEST_CASE("decimals round as fn:round, fn:floor and fn:ceiling do", "[decimal]") {
  CHECK(of("2.5").round() == of("3"));
  CHECK(of("-2.5").round() == of("-2"));
  CHECK(of("-2.6").round() == of("-3"));
  CHECK(of("-2.1").floor() == of("-3"));
  CHECK(of("2.1").ceil() == of("3"));
  CHECK(of("-2.9").ceil() == of("-2"));
}

TEST_CASE("decimals compare by value at any scale", "[decimal]") {
  CHECK(of("1.5") < of("1.50001"));
  CHECK(of("-1.5") < of("-1.4"));
  CHECK(of("10000000000000000000000000000000000000") > of("0.00000000000000000000000000000000001"));
  CHECK(Decimal::from_double(1.5) == of("1.5"));
  CHECK(Decimal::from_double(1e21) == of("1000000000000000000000"));
  CHECK(Decimal::from_double(1e-7) == of("0.0000001"));
  CHECK(of("0.1").to_double() == 0.1);
}
