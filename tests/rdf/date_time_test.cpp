#include "rdf/date_time.hpp"

#include <catch2/catch.hpp>

using namespace scenograph::rdf;

TEST_CASE("canonical dateTimes survive a round trip", "[date_time]") {
  for (const char* lexical :
       {"2025-12-12T20:30:00", "2025-12-12T20:30:00Z", "2025-12-12T20:30:00+01:00", "-0044-03-15T00:00:00-05:30",
        "12025-01-01T23:59:59.123456789", "2024-02-29T00:00:00.5Z"}) {
    INFO(lexical);
    CHECK(format_date_time(parse_date_time(lexical).value()) == lexical);
  }
  CHECK(format_date_time(parse_date_time("2025-12-31T24:00:00Z").value()) == "2026-01-01T00:00:00Z");
  CHECK(format_date_time(parse_date_time("2025-01-01T00:00:00.500+00:00").value()) == "2025-01-01T00:00:00.5Z");
}

TEST_CASE("what is no dateTime is refused", "[date_time]") {
  for (const char* lexical :
       {"", "2025-12-12", "2025-13-01T00:00:00", "2025-02-29T00:00:00", "2025-12-12 20:30:00", "2025-12-12T20:30",
        "2025-12-12T24:00:01", "2025-12-12T20:60:00", "025-12-12T20:00:00", "02025-12-12T20:00:00",
        "2025-12-12T20:30:00+15:00", "2025-12-12T20:30:00.", "2025-12-12T20:30:00Zz"}) {
    INFO(lexical);
    CHECK_FALSE(parse_date_time(lexical));
  }
}

TEST_CASE("dates and times", "[date_time]") {
  CHECK(format_date(parse_date("2025-12-12+02:00").value()) == "2025-12-12+02:00");
  CHECK_FALSE(parse_date("2025-12-12T00:00:00"));
  CHECK(format_time(parse_time("20:30:00.25").value()) == "20:30:00.25");
  CHECK(local_seconds(parse_date("1970-01-02").value()) == 86400);
  CHECK(format_date(from_local_seconds(-1)) == "1969-12-31");
}

TEST_CASE("instants compare across zones", "[date_time]") {
  const auto compare = [](const char* a, const char* b) {
    return compare_instants(parse_date_time(a).value(), parse_date_time(b).value());
  };
  CHECK(compare("2025-12-12T20:30:00+01:00", "2025-12-12T19:30:00Z") == std::partial_ordering::equivalent);
  CHECK(compare("2025-12-12T20:30:00", "2025-12-12T20:30:01") == std::partial_ordering::less);
  CHECK(compare("2025-12-12T20:30:00", "2025-12-12T20:30:00Z") == std::partial_ordering::unordered);
  CHECK(compare("2025-12-12T20:30:00", "2025-12-14T20:30:00Z") == std::partial_ordering::less);
  CHECK(compare("2025-12-14T20:30:00Z", "2025-12-12T20:30:00") == std::partial_ordering::greater);
}
