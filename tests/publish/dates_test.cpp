#include "publish/internal/dates.hpp"

#include <catch2/catch.hpp>

#include "rdf/vocab.hpp"

namespace scenograph::publish {

namespace {

Moment at(const char* lexical) {
  const bool has_time = std::string_view(lexical).find('T') != std::string_view::npos;
  return to_moment(rdf::Term::literal(lexical, has_time ? rdf::rdf::ns : rdf::xsd::date)).value();
}

}  // namespace

TEST_CASE("Dates are written as people write them") {
  struct Row {
    const char* lexical;
    const char* french;
    const char* english;
  };
  const Row rows[] = {
      {"2025-12-12", "vendredi 12 décembre 2025", "Friday 12 December 2025"},
      {"2025-12-12T20:30:00+01:00", "vendredi 12 décembre 2025 à 20\u00A0h\u00A030", "Friday 12 December 2025, 20:30"},
      {"2026-01-01T20:00:00", "jeudi 1er janvier 2026 à 20\u00A0h", "Thursday 1 January 2026, 20:00"},
      {"2026-08-02T18:05:00Z", "dimanche 2 août 2026 à 18\u00A0h\u00A005 UTC", "Sunday 2 August 2026, 18:05 UTC"},
      {"1969-12-31", "mercredi 31 décembre 1969", "Wednesday 31 December 1969"}};
  for (const Row& row : rows) {
    CAPTURE(row.lexical);
    CHECK(to_text(at(row.lexical), Language::French) == row.french);
    CHECK(to_text(at(row.lexical), Language::English) == row.english);
  }
}

TEST_CASE("Spans leave out what both ends share") {
  struct Row {
    const char* from;
    const char* to;
    const char* french;
    const char* english;
  };
  const Row rows[] = {
      {"2025-12-12", "2025-12-14", "du 12 au 14 décembre 2025", "12 – 14 December 2025"},
      {"2025-11-30", "2025-12-14", "du 30 novembre au 14 décembre 2025", "30 November – 14 December 2025"},
      {"2025-12-30", "2026-01-01", "du 30 décembre 2025 au 1er janvier 2026", "30 December 2025 – 1 January 2026"},
      {"2025-12-12", "2025-12-12", "vendredi 12 décembre 2025", "Friday 12 December 2025"},
      {"2025-12-12T20:00:00", "2025-12-12T22:15:00", "vendredi 12 décembre 2025 à 20\u00A0h–22\u00A0h\u00A015",
       "Friday 12 December 2025, 20:00–22:15"}};
  for (const Row& row : rows) {
    CAPTURE(row.from, row.to);
    CHECK(to_text(at(row.from), at(row.to), Language::French) == row.french);
    CHECK(to_text(at(row.from), at(row.to), Language::English) == row.english);
  }
}

TEST_CASE("What is no date is none") {
  CHECK(!to_moment(rdf::Term::literal("demain")));
  CHECK(!to_moment(rdf::Term::iri("http://ex.test/2025-12-12")));
  CHECK(to_moment(rdf::Term::literal("2025-12-12")));
}

}  // namespace scenograph::publish
