#include <catch2/catch.hpp>

#include <string>

#include "base/error.hpp"
#include "jsonld/processor.hpp"

using namespace scenograph;
using jsonld::Value;

namespace {

Value json(const std::string& text) { return jsonld::parse_json(text, "test"); }

std::string frame(const std::string& document, const std::string& frame, const jsonld::FrameOptions& options = {}) {
  return to_json(jsonld::frame(jsonld::expand(json(document)), json(frame), options));
}

/// A chain of nodes, each the value of the one before.
std::string chain(int length) {
  std::string text = R"({"@context": {"@vocab": "http://ex.test/", "next": {"@type": "@id"}}, "@graph": [)";
  for (int i = 0; i < length; ++i) {
    text += R"({"@id": "http://ex.test/n)" + std::to_string(i) + R"(", "next": "http://ex.test/n)" +
            std::to_string(i + 1) + "\"},";
  }
  return text + R"({"@id": "http://ex.test/end", "name": "end"}]})";
}

}  // namespace

TEST_CASE("Nodes that nest too deeply are refused, and references are not") {
  const std::string context = R"("@context": {"@vocab": "http://ex.test/"}, "@id": "http://ex.test/n0")";
  CHECK_THROWS_WITH(frame(chain(2000), "{" + context + "}"), Catch::Contains("more than 256 deep"));
  CHECK(frame(chain(2000), "{" + context + R"(, "next": {"@embed": "@never"}})").find("http://ex.test/n1") !=
        std::string::npos);
}

TEST_CASE("Frames and data that multiply each other come to an end that names the limit") {
  std::string document = R"({"@context": {"@vocab": "http://ex.test/", "knows": {"@type": "@id"}}, "@graph": [)";
  for (int i = 0; i < 12; ++i) {
    document +=
        std::string(i == 0 ? "" : ",") + R"({"@id": "http://ex.test/p)" + std::to_string(i) + R"(", "knows": [)";
    for (int j = 0; j < 12; ++j) document += (j == 0 ? "\"" : ",\"") + ("http://ex.test/p" + std::to_string(j)) + "\"";
    document += "]}";
  }
  document += "]}";
  jsonld::FrameOptions options;
  options.max_steps = 10'000;
  options.max_steps_option = "--max-steps";
  try {
    (void)frame(document, R"({"@context": {"@vocab": "http://ex.test/"}, "@embed": "@always"})", options);
    FAIL("there was no error");
  } catch (const base::Error& error) {
    CHECK(error.code() == base::Code::TooLarge);
    CHECK(error.message().find("raise --max-steps") != std::string::npos);
  }
}

TEST_CASE("Frames match nodes by what the nodes they refer to say") {
  const std::string document = R"({"@context": {"@vocab": "http://ex.test/"}, "@graph": [
      {"@id": "http://ex.test/a", "at": {"@id": "http://ex.test/x", "name": "X"}},
      {"@id": "http://ex.test/b", "at": {"@id": "http://ex.test/y", "name": "Y"}}]})";
  const std::string got = frame(document, R"({"@context": {"@vocab": "http://ex.test/"}, "at": {"name": "Y"}})");
  CHECK(got == R"({"@context":{"@vocab":"http://ex.test/"},"@id":"http://ex.test/b",)"
               R"("at":{"@id":"http://ex.test/y","name":"Y"}})");
}

TEST_CASE("Options of framing are what frames may override") {
  const std::string document =
      R"({"@context": {"@vocab": "http://ex.test/"}, "@id": "http://ex.test/a", "p": 1, "q": 2})";
  const std::string context = R"("@context": {"@vocab": "http://ex.test/"})";
  jsonld::FrameOptions options;
  options.is_explicit = true;
  CHECK(frame(document, "{" + context + R"(, "p": {}})", options) ==
        R"({"@context":{"@vocab":"http://ex.test/"},"@id":"http://ex.test/a","p":1})");
  CHECK(frame(document, "{" + context + R"(, "p": {}, "@explicit": false})", options).find("\"q\":2") !=
        std::string::npos);
  options = {};
  options.omit_graph = false;
  CHECK(frame(document, "{" + context + "}", options).find("\"@graph\":[") != std::string::npos);
  CHECK(frame(document, "{" + context + R"(, "r": {}})").find("\"r\":null") == std::string::npos);
  CHECK(frame(document, "{" + context + R"(, "p": {}, "r": {}})").find("\"r\":null") != std::string::npos);
  options = {};
  options.omit_default = true;
  CHECK(frame(document, "{" + context + R"(, "p": {}, "r": {}})", options).find("\"r\"") == std::string::npos);
  options = {};
  options.require_all = true;
  CHECK(frame(document, "{" + context + R"(, "p": {}, "r": {}})", options) ==
        R"({"@context":{"@vocab":"http://ex.test/"}})");
}
