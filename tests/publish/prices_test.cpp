#include "publish/internal/prices.hpp"

#include <catch2/catch.hpp>

namespace scenograph::publish {

TEST_CASE("Prices are written as people write them") {
  struct Row {
    const char* amount;
    const char* currency;
    const char* french;
    const char* english;
  };
  const Row rows[] = {{"24.5", "EUR", "24,50\u00A0€", "€24.50"},
                      {"24.00", "EUR", "24\u00A0€", "€24"},
                      {"24", "", "24\u00A0€", "€24"},
                      {"8.05", "GBP", "8,05\u00A0£", "£8.05"},
                      {"12.499", "CHF", "12,50\u00A0CHF", "CHF\u00A012.50"},
                      {"1250", "EUR", "1\u202F250\u00A0€", "€1,250"},
                      {"0", "EUR", "gratuit", "free"},
                      {"0.00", "", "gratuit", "free"},
                      {"sur place", "EUR", "sur place", "sur place"}};
  for (const Row& row : rows) {
    CAPTURE(row.amount);
    CHECK(price_text(row.amount, row.currency, Language::French) == row.french);
    CHECK(price_text(row.amount, row.currency, Language::English) == row.english);
  }
}

TEST_CASE("Ranges of prices name the currency where their language does") {
  struct Row {
    const char* low;
    const char* high;
    const char* french;
    const char* english;
  };
  const Row rows[] = {{"8", "22", "8\u00A0– 22\u00A0€", "€8\u00A0– €22"},
                      {"8.5", "22.0", "8,50\u00A0– 22\u00A0€", "€8.50\u00A0– €22"},
                      {"0", "5", "0\u00A0– 5\u00A0€", "€0\u00A0– €5"},
                      {"12", "12.00", "12\u00A0€", "€12"},
                      {"0", "0", "gratuit", "free"},
                      {"8", "", "à partir de 8\u00A0€", "from €8"},
                      {"", "22", "jusqu’à 22\u00A0€", "up to €22"},
                      {"", "", "", ""}};
  for (const Row& row : rows) {
    CAPTURE(row.low, row.high);
    CHECK(price_text(row.low, row.high, "EUR", Language::French) == row.french);
    CHECK(price_text(row.low, row.high, "EUR", Language::English) == row.english);
  }
}

}  // namespace scenograph::publish
