#include "base/diagnostic.hpp"

#include <catch2/catch.hpp>

using scenograph::base::Diagnostic;

TEST_CASE("a remark tells what was found and what became of it", "[diagnostic]") {
  Diagnostic remark;
  remark.where.source = "agenda.csv";
  remark.field = "Prix";
  remark.message = {"the price was written as a number", "le prix a été écrit comme un nombre"};
  CHECK(to_string(remark) == "agenda.csv, «Prix»: the price was written as a number");
  remark.found = "12 €";
  CHECK(to_string(remark) == "agenda.csv, «Prix»: the price was written as a number (found «12 €»)");
  remark.made = "12";
  CHECK(to_string(remark) == "agenda.csv, «Prix»: the price was written as a number (found «12 €», made «12»)");
  remark.made = remark.found;
  remark.message = {"no amount was found in this price", "ce prix n’a pas de montant"};
  CHECK(to_string(remark) == "agenda.csv, «Prix»: no amount was found in this price (found «12 €», kept as it was)");
}

TEST_CASE("a remark in French, but for what only English says", "[diagnostic]") {
  Diagnostic remark;
  remark.where = {"agenda.csv", 0, 0, 12};
  remark.field = "Prix";
  remark.found = "12 €";
  remark.made = "12";
  remark.message = {"the price was written as a number", "le prix a été écrit comme un nombre"};
  CHECK(to_string(remark, "fr") ==
        "agenda.csv, enregistrement 12, «\u00A0Prix\u00A0»\u00A0: le prix a été écrit comme un nombre (trouvé "
        "«\u00A012 €\u00A0», devenu «\u00A012\u00A0»)");
  remark.message = scenograph::base::Phrase::english("not JSON");
  remark.where = {"", 3, 1};
  remark.field.clear();
  remark.made = remark.found;
  CHECK(to_string(remark, "fr") == "ligne 3:1\u00A0: not JSON (trouvé «\u00A012 €\u00A0», laissé tel quel)");
}
