#include "ingest/shapes.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::ingest {

namespace {

/// "LINE: MESSAGE" of what is wrong with shapes in a file of Turtle, after two lines of prefixes.
std::string fault_of(const std::string& shapes) {
  const tests::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "shapes.ttl";
  std::ofstream(path) << "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix : <http://ex.test/> .\n" << shapes;
  try {
    static_cast<void>(read_shapes(std::array{path}, {}));
  } catch (const base::Error& error) {
    CHECK(error.where().source == path.string());
    return std::to_string(error.where().line) + ": " + error.message();
  }
  return "no fault";
}

}  // namespace

TEST_CASE("ill-formed shapes are told with the line of the file", "[shapes]") {
  CHECK(
      fault_of("\n:Fine sh:targetNode :x .\n\n:S sh:targetNode :x ; sh:datatype 1 .\n") ==
      "6: shape <http://ex.test/S> is ill-formed: sh:datatype \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> is not "
      "an IRI");
  CHECK(fault_of(":S sh:targetNode :x ;\n  sh:property [\n    sh:path :p ; sh:minCount -1 ] .\n").starts_with("5: "));
  CHECK(
      fault_of(":S sh:targetNode :x ;\n  sh:node :T .\n\n:T sh:not :S .\n") ==
      "6: shape <http://ex.test/S> is recursive, which SHACL leaves undefined: <http://ex.test/S> → <http://ex.test/T> "
      "→ <http://ex.test/S>; break the cycle");
}

TEST_CASE("ill-formed queries of shapes are told with the line of what has them", "[shapes]") {
  CHECK(
      fault_of(":S sh:targetNode :x ; sh:sparql :Q .\n\n:Q sh:select \"SELECT $this { MINUS { $this ?p ?o } }\" .\n") ==
      "5: shape <http://ex.test/S>: the sh:select of <http://ex.test/Q> is ill-formed: it has MINUS, which a query "
      "with "
      "pre-bound variables may not use: write FILTER NOT EXISTS");
}

}  // namespace scenograph::ingest
