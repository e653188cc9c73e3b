// Runs W3C test manifests of SPARQL 1.0 and 1.1 on the engine.
//
// Usage: conformance MANIFEST... [--filter TEXT] [--skips NAME]
//   --filter TEXT  only tests whose name ("folder#test") has TEXT in it
//   --skips NAME   a file in tests/conformance/skips: tests expected to fail, with reasons
//
// Prints a line for each failing test and the totals last; exits with 1 if any failed.

#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "conformance/manifest.hpp"
#include "conformance/run_test.hpp"
#include "support/tally.hpp"

using namespace scenograph;

namespace {

struct Arguments {
  std::vector<std::filesystem::path> manifests;
  std::string filter;
  std::string skips = "none";
};

Arguments read_arguments(const std::vector<std::string>& given) {
  Arguments out;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const bool has_value = i + 1 < given.size();
    if (given[i] == "--filter" && has_value) {
      out.filter = given[++i];
    } else if (given[i] == "--skips" && has_value) {
      out.skips = given[++i];
    } else {
      out.manifests.emplace_back(given[i]);
    }
  }
  return out;
}

std::size_t run(const Arguments& arguments) {
  conformance::Graph graph;
  tests::Tally tally(std::filesystem::path(arguments.skips).stem(), arguments.skips);
  for (const auto& manifest : arguments.manifests) {
    if (!std::filesystem::exists(manifest)) {
      std::cout << "skipped: no " << manifest.string() << '\n';
      continue;
    }
    for (const auto& test : conformance::read_manifest(std::filesystem::canonical(manifest), graph)) {
      if (test.name.find(arguments.filter) == std::string::npos) continue;
      tally.run(test.name, [&] { return conformance::run_test(test, graph); });
    }
  }
  return tally.finish();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(read_arguments({argv + 1, argv + argc})) == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "conformance: " << error.what() << '\n';
    return 2;
  }
}
