#include <catch2/catch.hpp>

#include <array>

#include "base/file.hpp"
#include "domain/files.hpp"
#include "jsonld/internal/repair_rules.hpp"

using namespace scenograph;

namespace {

/// What breaks a line, or leaves no room, where French wants a no-break space: U+00A0 before a colon and inside
/// guillemets, U+202F before the other high marks. Addresses, times and JSON hold colons of their own.
std::string ill_spaced(const std::string& text) {
  for (const char* wrong : {" :", " ;", " !", " ?", " »", "« ", "\u00A0;", "\u00A0!", "\u00A0?", "\u202F:", "\u202F»",
                            "«\u202F", "\u00A0 ", " \u00A0"}) {
    if (text.find(wrong) != std::string::npos) return std::string("«") + wrong + "»";
  }
  constexpr std::array<std::string_view, 3> spaced = {": ", "; ", "! "};
  for (const std::string_view mark : spaced) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
      const std::string_view before = std::string_view(text).substr(0, at);
      const bool is_code = before.ends_with('"') || before.ends_with("&quot");
      if (!is_code && !before.ends_with("\u00A0") && !before.ends_with("\u202F")) {
        return "no space before " + std::string(mark);
      }
    }
  }
  return "";
}

}  // namespace

TEST_CASE("French messages and labels space their punctuation", "[domain]") {
  std::size_t read = 0;
  for (const char* folder : {"shapes", "vocab", "ontology"}) {
    for (const auto& path : tests::files_below(folder, ".ttl")) {
      for (const rdf::Quad& quad : tests::read_turtle(path)) {
        if (quad.object.language != "fr") continue;
        ++read;
        INFO(path.string() << ": " << quad.object.value);
        CHECK(ill_spaced(quad.object.value) == "");
      }
    }
  }
  CHECK(read > 500);
}

TEST_CASE("French texts of the pages space their punctuation", "[domain]") {
  const std::string file = base::read_file(tests::files_below("web", "texts.tsv").front());
  std::size_t read = 0;
  for (std::size_t at = 0; at < file.size();) {
    const std::size_t end = std::min(file.find('\n', at), file.size());
    const std::string line = file.substr(at, end - at);
    at = end + 1;
    const std::size_t first = line.find('\t');
    if (line.starts_with('#') || first == std::string::npos) continue;
    const std::string french = line.substr(first + 1, line.find('\t', first + 1) - first - 1);
    ++read;
    INFO(french);
    CHECK(ill_spaced(french) == "");
    CHECK(french.find('\'') == std::string::npos);
  }
  CHECK(read > 150);
}

TEST_CASE("Repairs are told in French, and space their punctuation", "[domain]") {
  for (const jsonld::RepairRule& rule : jsonld::repair_rules()) {
    const std::string french(rule.message.fr);
    INFO(rule.name << ": " << french);
    CHECK(!french.empty());
    CHECK(ill_spaced(french) == "");
    CHECK(french.find('\'') == std::string::npos);
  }
}
