#include <functional>

#include "markup/reading.hpp"

using namespace scenograph;

namespace {

std::string repeated(std::size_t count, const std::function<std::string(std::string)>& piece) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += piece(std::to_string(i));
  return out;
}

void check_refused(const std::string& html, std::string_view why) {
  const tests::Reading strict = tests::read_page(html);
  CHECK(strict.error.find(why) != std::string::npos);
  CHECK(strict.error.starts_with("show.html: "));
  const tests::Reading lenient = tests::read_page(html, true);
  CHECK(lenient.error == "");
  REQUIRE(lenient.diagnostics.size() == 1);
  CHECK(lenient.diagnostics[0].find(why) != std::string::npos);
}

constexpr std::size_t many = 200000;
const std::string data = "<p property=dc:title>x</p>";

}  // namespace

TEST_CASE("elements lie 500 deep, and not without end", "[bounds]") {
  const auto div = [](const std::string&) { return "<div>"; };
  CHECK(tests::read_page(repeated(500, div) + data).quads.size() == 1);
  CHECK(tests::read_page(repeated(500, [](const std::string& i) {
          return "<div property=dc:a rel=dc:b about=e" + i + ">";
        })).error == "");
  CHECK(tests::read_page(
            repeated(500, [](const std::string&) { return "<div itemprop=a itemscope itemtype=http://x/>"; }) + "<p>")
            .error == "");
  for (const std::string tag : {"<div>", "<span>", "<table><td>", "<svg><g>", "<object>", "<ul><li>", "<x-y>"}) {
    INFO(tag);
    check_refused(data + repeated(many, [&](const std::string&) { return tag; }), "more than 640 deep");
  }
  CHECK(tests::read_page(data + repeated(20000, [](const std::string&) { return "<template>"; }))
            .error.find("640 deep") != std::string::npos);
}

TEST_CASE("misnested formatting does not make a tree without end", "[bounds]") {
  check_refused(data + repeated(many, [](const std::string& i) { return "<b id=" + i + "><p>"; }), "640 deep");
  const std::string formatted = repeated(600, [](const std::string& i) { return "<b id=" + i + ">"; });
  check_refused(data + "<p>" + formatted + repeated(many, [](const std::string&) { return "<p>x"; }),
                "a hundred times as large");
  check_refused(data + repeated(many, [](const std::string& i) { return "<div><i id=" + i + "></div>"; }), "640 deep");
  CHECK(tests::read_page(data + repeated(many, [](const std::string&) { return "<b><div></b>"; })).error != "");
}

TEST_CASE("attributes are bounded", "[bounds]") {
  const auto attribute = [](const std::string& i) { return " a" + i + "=1"; };
  CHECK(tests::read_page("<p" + repeated(400, attribute) + " property=dc:a>x").quads.size() == 1);
  check_refused("<p" + repeated(many, attribute) + " property=dc:a>x", "more than 512 attributes");
  check_refused(data + repeated(many, [](const std::string& i) { return "<body b" + i + "=1><br>"; }),
                "more than 512 attributes");
}

TEST_CASE("data is in proportion to the page", "[bounds]") {
  const std::string_view why = "many times as large";
  const std::string names = repeated(20000, [](const std::string& i) { return " dc:a" + i; });
  const std::string objects = repeated(20000, [](const std::string& i) { return "<p about=o" + i + "></p>"; });
  CHECK(tests::read_page("<div rel='" + names + "'>" + objects).error.find(why) != std::string::npos);
  const std::string long_vocabulary = "http://v.test/" + std::string(100000, 'x');
  CHECK(tests::read_page("<div vocab='" + long_vocabulary + "'><p rel='" +
                         repeated(20000, [](const std::string& i) { return " a" + i; }) + "'>")
            .error.find(why) != std::string::npos);
  const std::string nested = repeated(500, [](const std::string&) { return "<div property=dc:a>"; });
  CHECK(tests::read_page(nested + std::string(4000000, 'x')).error.find(why) != std::string::npos);
  const std::string items = repeated(20000, [](const std::string&) { return "<p itemscope itemref=all></p>"; });
  CHECK(tests::read_page(items + "<div id=all itemprop=x>" + repeated(20000, [](const std::string&) { return "<br>"; }))
            .error.find(why) != std::string::npos);
}

TEST_CASE("items lead to items without end", "[bounds]") {
  const std::string chain = repeated(50000, [](const std::string& i) {
    return "<p id=i" + i + " itemprop=http://v.test/next itemscope itemref=i" + std::to_string(std::stoul(i) + 1) +
           "></p>";
  });
  const tests::Reading reading = tests::read_page("<p itemscope itemref=i0></p>" + chain);
  CHECK(reading.error == "");
  CHECK(reading.quads.size() == 50000);
}

TEST_CASE("hostile values are scanned once", "[bounds]") {
  for (const std::string piece : {"rel=", "type=", "rel='", "name=", "type=\""}) {
    INFO(piece);
    (void)markup::scan_kinds(repeated(many, [&](const std::string&) { return " " + piece; }));
    (void)markup::scan_kinds("<a " + repeated(many, [&](const std::string&) { return piece; }));
  }
  SUCCEED("neither took for ever");
}
