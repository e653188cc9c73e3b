#include "base/utf8.hpp"

#include <catch2/catch.hpp>

using namespace scenograph::base;

TEST_CASE("ill-formed UTF-8 is found where it starts", "[utf8]") {
  CHECK(find_invalid_utf8("Phèdre 🎭") == std::string_view::npos);
  CHECK(find_invalid_utf8("Ph\xE8"
                          "dre") == 2);
  CHECK(find_invalid_utf8("\xC0\x80") == 0);
  CHECK(find_invalid_utf8("a\xED\xA0\x80") == 1);
  CHECK(find_invalid_utf8("\xF4\x90\x80\x80") == 0);
  CHECK(find_invalid_utf8("é\xC3") == 2);
}

TEST_CASE("ill-formed UTF-8 is found at any place", "[utf8]") {
  for (std::size_t place = 0; place < 40; ++place) {
    std::string text(40, 'a');
    text[place] = '\xFF';
    CHECK(find_invalid_utf8(text) == place);
    text.replace(place, 1, "é");
    CHECK(find_invalid_utf8(text) == std::string_view::npos);
    CHECK(find_invalid_utf8(std::string_view(text).substr(0, place + 1)) == place);
  }
}

TEST_CASE("code points survive a round trip", "[utf8]") {
  for (const char32_t code_point : {U'a', U'é', U'€', U'🎭', char32_t{0x10FFFF}}) {
    std::string text;
    append_utf8(text, code_point);
    std::size_t offset = 0;
    CHECK(next_code_point(text, offset) == code_point);
    CHECK(offset == text.size());
  }
}

TEST_CASE("a cut never splits a character", "[utf8]") {
  CHECK(cut_utf8("abé", 3) == "ab");
  CHECK(cut_utf8("abé", 4) == "abé");
  CHECK(cut_utf8("🎭", 3).empty());
}
