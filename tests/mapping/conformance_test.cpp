#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "base/file.hpp"
#include "canon/compare.hpp"
#include "mapping/running.hpp"
#include "support/nquads.hpp"
#include "support/tally.hpp"
#include "syntax/reader.hpp"

using namespace scenograph;
namespace fs = std::filesystem;

namespace {

void read_quads(const fs::path& path, std::vector<rdf::Quad>& quads) {
  syntax::ReadOptions options;
  options.source_name = path.filename();
  const auto source = base::open_file(path);
  syntax::read(*source, syntax::Format::NQuads, options, [&](const rdf::Quad& quad) { quads.push_back(quad); });
}

// Where quads go is the caller's affair here, not the mapping's: of cases with several targets the union is compared.
std::vector<rdf::Quad> expected_in(const fs::path& folder) {
  std::vector<rdf::Quad> quads;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".nq") read_quads(entry.path(), quads);
  }
  return quads;
}

std::string check(const fs::path& folder) {
  fs::current_path(folder);  // for rml:CurrentWorkingDirectory
  const std::string about = base::read_file(folder / "README.md");
  const bool wants_error = about.find("**Error expected?** Yes") != std::string::npos;
  mapping::RunOptions options;
  options.base = "http://example.com/";
  options.empty_is_null = false;
  mapping::testing::Outcome outcome;
  try {
    outcome = mapping::testing::run(mapping::load_mapping(folder / "mapping.ttl"), options);
  } catch (const base::Error& error) {
    if (wants_error) return {};
    throw;
  }
  if (wants_error) return outcome.told_error ? "" : "no error\n" + tests::to_nquads(outcome.quads);
  const std::vector<rdf::Quad> expected = expected_in(folder);
  if (canon::isomorphic(outcome.quads, expected)) return {};
  std::string told;
  for (const std::string& line : outcome.diagnostics) told += line + "\n";
  return "got\n" + tests::to_nquads(outcome.quads) + "expected\n" + tests::to_nquads(expected) + told;
}

// One folder a case.
void run_suite(const std::string& module) {
  const fs::path suite = fs::path(SCENOGRAPH_SUITES) / "rml" / module;
  if (!fs::exists(suite)) {
    std::cout << "skipped: no " << suite.string() << '\n';
    return;
  }
  std::vector<fs::path> cases;
  for (const fs::directory_entry& entry : fs::directory_iterator(suite)) {
    if (fs::exists(entry.path() / "mapping.ttl")) cases.push_back(entry.path());
  }
  std::sort(cases.begin(), cases.end());
  tests::Tally tally("rml-" + module, "rml-" + module + ".txt");
  for (const fs::path& folder : cases) tally.run(folder.filename(), [&] { return check(folder); });
  CHECK(tally.finish() == 0);
}

}  // namespace

TEST_CASE("RML-Core", "[conformance]") { run_suite("core"); }
TEST_CASE("RML-IO", "[conformance]") { run_suite("io"); }
TEST_CASE("RML-FNML", "[conformance]") { run_suite("fnml"); }
