#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "domain/files.hpp"
#include "sparql/parse/parser.hpp"

using namespace scenograph;

TEST_CASE("every example query parses and says first what it asks", "[domain]") {
  const auto files = tests::files_below("examples/queries", ".rq");
  CHECK(files.size() >= 10);
  for (const auto& path : files) {
    INFO(path.string());
    const std::string text = base::read_file(path);
    CHECK(text.starts_with("# "));
    CHECK_NOTHROW(static_cast<void>(sparql::parse_query(text)));
  }
}
