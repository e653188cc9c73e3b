#include "markup/scan.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using scenograph::markup::Kinds;
using scenograph::markup::scan_kinds;

namespace {

/// The page with the text at each place of a word of eight bytes, and at its very end.
std::vector<std::string> placed(const std::string& text) {
  std::vector<std::string> pages;
  for (std::size_t i = 0; i < 8; ++i) pages.push_back(std::string(8 + i, '.') + "<p " + text + std::string(16, '.'));
  pages.push_back("<p " + text);
  return pages;
}

}  // namespace

TEST_CASE("Microdata and RDFa are seen however they are written", "[scan]") {
  for (const std::string text :
       {"itemtype=x", "ITEMPROP='x'", "a=\"b\"itemprop=x", "ItemType\n = \"x\"", "/itemprop=x"}) {
    for (const std::string& page : placed(text)) {
      INFO(page);
      CHECK(scan_kinds(page).microdata);
    }
  }
  for (const std::string text :
       {"property=x", "TYPEOF='x'", "vocab =x", "a='b'Property=\"x\"", "rel='license'", "rel=\"nofollow a:b\"",
        "REV=http://x", "rel=\"it's a License\"", "rel=&#108;icense", "rel = \n'nofollow\nrole'"}) {
    for (const std::string& page : placed(text)) {
      INFO(page);
      CHECK(scan_kinds(page).rdfa);
    }
  }
  CHECK(scan_kinds("<a rel='" + std::string(5000, ' ') + "license'>").rdfa);
  CHECK(scan_kinds("<a rel='" + std::string(5000, 'x') + " license'>").rdfa);
  CHECK(scan_kinds("<meta name=\"og:title\" content=x>").misnamed_open_graph);
  CHECK(scan_kinds("<meta NAME = OG:title>").misnamed_open_graph);
  CHECK(scan_kinds("<meta name='o&#103;:title'>").misnamed_open_graph);
}

TEST_CASE("JSON-LD scripts are seen however they are written", "[scan]") {
  for (const std::string text :
       {"type=application/ld+json", "TYPE=\"Application/LD+JSON\"", "type = ' application/ld+json;profile=x'",
        "type=\"application/ld&#43;json\"", "type=&#97;pplication/ld+json"}) {
    for (const std::string& page : placed(text)) {
      INFO(page);
      CHECK(scan_kinds(page).scripts);
      CHECK_FALSE(scan_kinds(page).tree());
    }
  }
}

TEST_CASE("what pages usually hold is not taken for data", "[scan]") {
  CHECK_FALSE(scan_kinds("").any());
  for (const std::string text :
       {"rel=\"stylesheet\"", "rel='nofollow noopener'", "rel=icon", "data-property=x", "my-typeof=x", "name=viewport",
        "type=text/javascript", "type=\"text/a&b\"", "type=submit", "about=x resource=y", "itemscope", "content=og:x",
        "if(typeof e===\"x\"&&a)", "transition-property:opacity;a=b", "e.property=1", "e.type=='&'", "barrel=a:b"}) {
    for (const std::string& page : placed(text)) {
      INFO(page);
      CHECK_FALSE(scan_kinds(page).any());
    }
  }
}
