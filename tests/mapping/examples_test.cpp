#include <catch2/catch.hpp>

#include <filesystem>
#include <iostream>

#include "mapping/running.hpp"

using namespace scenograph;
namespace fs = std::filesystem;

namespace {

// The real export that a mapping is made for; empty for those that come with their own.
fs::path sample_for(const fs::path& mapping) {
  const fs::path samples = SCENOGRAPH_SAMPLES;
  const std::string name = mapping.stem().stem();
  if (name == "ville-de-laval") return samples / "ville-de-laval/dumps/entities.json";
  if (mapping.parent_path().filename() != "artsdata-atc") return {};
  return samples / "artsdata-atc/ontorefine/sample_data" / ("sample_" + name + ".json");
}

}  // namespace

TEST_CASE("the example mappings load, and run where their sources are", "[examples]") {
  const fs::path folder = fs::path(SCENOGRAPH_SOURCE) / "examples/mappings";
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".ttl") continue;
    const std::string name = fs::relative(entry.path(), folder).string();
    INFO(name);
    const mapping::Mapping mapping = mapping::load_mapping(entry.path());
    mapping::RunOptions options;
    options.source = sample_for(entry.path());
    if (!options.source.empty() && !fs::exists(options.source)) {
      std::cout << "skipped: " << name << ": no " << options.source.string() << '\n';
      continue;
    }
    options.base = "http://127.0.0.1:3030/";
    const mapping::testing::Outcome outcome = mapping::testing::run(mapping, options);
    for (const std::string& line : outcome.diagnostics) UNSCOPED_INFO(line);
    CHECK_FALSE(outcome.told_error);
    CHECK(outcome.result.quads > 0);
    std::cout << name << ": " << outcome.result.records << " records, " << outcome.result.quads << " quads, "
              << outcome.diagnostics.size() << " diagnostics\n";
    for (const std::string& line : outcome.diagnostics) std::cout << "  " << line << '\n';
  }
}
