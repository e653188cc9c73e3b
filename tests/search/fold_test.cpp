#include "search/fold.hpp"

#include <catch2/catch.hpp>

namespace scenograph::search {

TEST_CASE("Names fold to what people type") {
  struct Row {
    const char* name;
    const char* folded;
  };
  const Row rows[] = {{"Phèdre", "phedre"},    {"L’Avare", "l avare"}, {"ŒDIPE", "oedipe"},
                      {"Straße", "strasse"},   {"Ødegård", "odegard"}, {"Łódź", "lodz"},
                      {"Ælfric", "aelfric"},   {"  a — b ", "a b"},    {"Чайка", "чаика"},
                      {"ﬁn", "fin"},           {"ΦΑΊΔΡΑ", "φαιδρα"},   {"İstanbul", "istanbul"},
                      {"1984", "1984"},        {"???", "???"},         {"", ""},
                      {"\xFF", "\xEF\xBF\xBD"}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(fold(row.name) == row.folded);
  }
}

TEST_CASE("Words are split at spaces") {
  CHECK(words_of("l avare") == std::vector<std::string_view>{"l", "avare"});
  CHECK(words_of("").empty());
}

}  // namespace scenograph::search
