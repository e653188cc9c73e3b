#include "base/diagnostic.hpp"

#include <catch2/catch.hpp>

using scenograph::base::Diagnostic;

TEST_CASE("a remark tells what was found and what became of it", "[diagnostic]") {
  Diagnostic remark;
  remark.where.source = "agenda.csv";
  remark.field = "Prix";
  remark.message = "the price was written as a number";
  CHECK(to_string(remark) == "agenda.csv, «Prix»: the price was written as a number");
  remark.found = "12 €";
  CHECK(to_string(remark) == "agenda.csv, «Prix»: the price was written as a number (found «12 €»)");
  remark.made = "12";
  CHECK(to_string(remark) == "agenda.csv, «Prix»: the price was written as a number (found «12 €», made «12»)");
  remark.made = remark.found;
  remark.message = "no amount was found in this price";
  CHECK(to_string(remark) == "agenda.csv, «Prix»: no amount was found in this price (found «12 €», kept as it was)");
}
