#include "sources/unicode.hpp"

#include <catch2/catch.hpp>

using namespace scenograph::sources;

TEST_CASE("letters change case and lose their marks", "[unicode]") {
  CHECK(to_lower("ÉCOLE Œuvre") == "école œuvre");
  CHECK(to_upper("straße été") == "STRASSE ÉTÉ");
  CHECK(fold_accents("Œdipe à Noël, Łódź, “Ça” №") == "Oedipe a Noel, Lodz, “Ca” No");
  CHECK(fold_accents("театр й 東京 が") == "театр и 東京 が");
}
