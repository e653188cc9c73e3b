#include <catch2/catch.hpp>

#include "text/fold.hpp"
#include "text/matcher.hpp"

namespace scenograph::text {

namespace {

std::string folded_words(std::string_view text) {
  std::string out;
  for (const Word& word : words_of(text)) out += (out.empty() ? "" : " ") + word.folded;
  return out;
}

double score(std::string_view query, std::string_view text, std::string_view tag = "", std::string_view language = "") {
  return Matcher(parse_query(query), language).score(text, tag);
}

}  // namespace

TEST_CASE("Text folds without losing letters") {
  CHECK(fold("L’Avare — Œuvre") == "l avare oeuvre");
  CHECK(fold("???").empty());
  CHECK(fold(" ? ! ", Signs::Keep) == "? !");
}

TEST_CASE("Words of a text") {
  struct Row {
    const char* text;
    const char* words;
  };
  const Row rows[] = {{"", ""},
                      {"...", ""},
                      {"L'Opéra-Comique, 1875", "l opera comique 1875"},
                      {"ASCII Only", "ascii only"},
                      {"Œdipe roi", "oedipe roi"},
                      {"ﬁn de siècle", "fin de siecle"},
                      {"東京文化会館", "東 京 文 化 会 館"},
                      {"歌舞伎2024年", "歌 舞 伎 2024 年"},
                      {"オペラ opera", "オ ヘ\u309A ラ opera"},  // a mark that makes another letter is no accent
                      {"ละคร", "ล ะ ค ร"},
                      {"مَسْرَح", "مسرح"},
                      {"תֵּאַטְרוֹן הבימה", "תאטרון הבימה"},
                      {"x\xFFy", "x y"},
                      {"\xCC\x81", ""}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(folded_words(row.text) == row.words);
  }
  CHECK(words_of("Opéra").front() == Word{"opéra", "opera"});
}

TEST_CASE("A word of any length takes a bounded key") {
  const std::string text(1000, 'a');
  REQUIRE(words_of(text).size() == 1);
  CHECK(words_of(text).front().folded.size() == most_word_bytes);
  std::string accented;
  for (int i = 0; i < 200; ++i) accented += "é";
  CHECK(words_of(accented).front().lower.size() <= most_word_bytes);
  CHECK(score(text, text + "b") == 1);  // what is beyond is not compared
}

TEST_CASE("Words past a number are not looked at, and queries of too many are refused") {
  std::string text = "first";
  for (std::size_t i = 1; i < most_words + 10; ++i) text += " w";
  CHECK(words_of(text).size() == most_words);
  CHECK(words_of(text + " é").size() == most_words);
  CHECK(score("first", text) > 0);
  CHECK_THROWS_WITH(parse_query(text), Catch::Contains("more than 1000 words"));
}

TEST_CASE("Languages are known by their primary subtag") {
  CHECK(stemmed_language("fr") == "fr");
  CHECK(stemmed_language("FR-ca") == "fr");
  CHECK(stemmed_language("nb") == "no");
  CHECK(stemmed_language("zh").empty());
  CHECK(stemmed_language("french").empty());
  CHECK(stemmed_language("").empty());
}

TEST_CASE("Every language that is listed has a stemmer") {
  Stemmer stemmer;
  for (const std::string_view language : stemmed_languages()) {
    CAPTURE(language);
    CHECK(stemmed_language(language) == language);
    CHECK_FALSE(stemmer.stems({"opéras", "operas"}, language).empty());
  }
}

TEST_CASE("Queries hold against texts") {
  struct Row {
    const char* query;
    const char* text;
    const char* tag;
    bool matches;
  };
  const Row rows[] = {{"opera", "L’Opéra de Paris", "", true},
                      {"OPÉRA paris", "Paris, opéra", "fr", true},
                      {"opera lyon", "Opéra de Paris", "fr", false},
                      {"opéras", "Opéra de Paris", "fr", true},  // the same stem
                      {"opéras", "Opéra de Paris", "", false},   // of no language
                      {"operas", "Les opéras", "fr", true},      // accents left out
                      {"danseuses", "danseuse", "fr", true},
                      {"dancing", "dances", "en", true},
                      {"dancing", "dances", "fr", false},
                      {"\"opera de\"", "Opéra de Paris", "fr", true},
                      {"\"de opera\"", "Opéra de Paris", "fr", false},
                      {"\"opéra paris\"", "Opéra de Paris", "fr", false},
                      {"op*", "Opéra de Paris", "fr", true},
                      {"\"opera d\"*", "Opéra de Paris", "fr", true},
                      {"era*", "Opéra", "fr", false},
                      {"opera -paris", "Opéra de Paris", "fr", false},
                      {"opera -lyon", "Opéra de Paris", "fr", true},
                      {"-lyon", "Opéra de Paris", "fr", true},
                      {"lyon OR paris", "Opéra de Paris", "fr", true},
                      {"lyon OR nice", "Opéra de Paris", "fr", false},
                      {"lyon OR paris opera", "Opéra de Paris", "fr", true},
                      {"l'opera", "Un opéra", "fr", false},  // what stands together is a phrase
                      {"saint-denis", "Théâtre de Saint Denis", "fr", true},
                      {"文化", "東京文化会館", "ja", true},
                      {"化文", "東京文化会館", "ja", false},
                      {"oedipe", "ŒDIPE ROI", "fr", true},
                      {"strasse", "Große Straße", "de", true},
                      {"", "anything", "", false},
                      {"...", "anything", "", false},
                      {"x", "", "", false},
                      {"OR", "or", "", false},
                      {"\"OR\"", "L’or du Rhin: or", "", true},
                      {"a OR", "a", "", true},
                      {"OR a", "a", "", true},
                      {"\"open", "open", "", true},
                      {"*", "a", "", false},
                      {"-", "a", "", false}};
  for (const Row& row : rows) {
    CAPTURE(row.query, row.text, row.tag);
    CHECK(Matcher(parse_query(row.query)).matches(row.text, row.tag) == row.matches);
  }
}

TEST_CASE("A query in a language looks at texts of that language, and of none") {
  CHECK(score("opéras", "opéra", "fr", "fr") > 0);
  CHECK(score("opéras", "opéra", "fr-CA", "FR") > 0);
  CHECK(score("opera", "opera", "en", "fr") == 0);
  CHECK(score("opera", "opera", "", "fr") > 0);
  CHECK(score("opera", "opera", "fr", "fr-CA") == 0);
}

TEST_CASE("The score tells better answers from worse") {
  CHECK(score("opéra de paris", "Opéra de Paris", "fr") == 1);
  const double exact = score("opéra", "L’opéra", "fr");
  CHECK(exact > score("opéras", "L’opéra", "fr"));  // as asked for, rather than of the same stem
  CHECK(score("opéras", "L’opéra", "fr") > score("opé*", "L’opéra", "fr"));
  CHECK(exact > score("opéra", "L’opéra de Paris en travaux", "fr"));  // less else
  CHECK(score("opéra -lyon", "opéra", "fr") == 1);
  CHECK(score("lyon", "opéra", "fr") == 0);
}

}  // namespace scenograph::text
