#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "canon/compare.hpp"
#include "mapping/running.hpp"
#include "support/nquads.hpp"
#include "support/temporary_folder.hpp"
#include "syntax/reader.hpp"

using namespace scenograph;

namespace {

/// The text of the n-th fenced block of a Markdown document that opens with `fence`.
std::string block(const std::string& document, const std::string& fence, int n) {
  std::size_t at = 0;
  for (int i = 0; i <= n; ++i) {
    at = document.find("\n" + fence + "\n", at);
    REQUIRE(at != std::string::npos);
    at += fence.size() + 2;
  }
  return document.substr(at, document.find("\n```", at) + 1 - at);
}

}  // namespace

TEST_CASE("the tutorial's mapping gives what the tutorial says", "[examples]") {
  const std::string document = base::read_file(SCENOGRAPH_SOURCE "/docs/mapping.md");
  const tests::TemporaryFolder folder;
  base::write_file(folder.path() / "agenda.csv", block(document, "```", 0));
  mapping::RunOptions options;
  options.base = "http://127.0.0.1:3030/";
  const auto outcome = mapping::testing::run(
      mapping::parse_mapping(block(document, "```turtle", 0), folder.path(), "agenda.rml.ttl"), options);
  CHECK(outcome.diagnostics.empty());

  const std::string expected_text =
      "@prefix schema: <http://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n" +
      block(document, "```turtle", 1);
  std::vector<rdf::Quad> expected;
  const auto source = base::open_text(expected_text);
  syntax::read(*source, syntax::Format::Turtle, {}, [&](const rdf::Quad& quad) { expected.push_back(quad); });
  INFO(tests::to_nquads(outcome.quads));
  CHECK(canon::isomorphic(outcome.quads, expected));
}
