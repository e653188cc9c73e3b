#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "conformance/json_ld_test.hpp"
#include "conformance/manifest.hpp"
#include "conformance/run_test.hpp"
#include "support/tally.hpp"

using namespace scenograph;

namespace {

constexpr int exit_failures = 1;
constexpr int exit_usage = 2;
constexpr int exit_no_suite = 77;  ///< CTest's sign for a test that was skipped

constexpr std::string_view help = R"(Usage: conformance MANIFEST... [--filter TEXT] [--skips FILE]

Runs the tests of W3C manifests (and of those they include) on the engine: SPARQL syntax, queries, updates and result
formats on a store of their own; federated queries with servers of this process for endpoints; the protocols and the
service description on a server of this process. Tests of RDF's syntaxes run on the readers, those of RDF Dataset
Canonicalization on that, those of SHACL on the validator. Tests of JSON-LD run on the processor, with a server of this
process for remote documents.

  MANIFEST       a manifest in Turtle, of any suite that uses the W3C's test vocabulary, or one of the JSON-LD suites
                 (expand-manifest.jsonld …)
  --filter TEXT  only tests whose name ("folder#test") has TEXT in it
  --skips FILE   of tests/conformance/skips: tests expected to fail, each with its reason (default: sparql.txt);
                 none: no test is
  --help         show this

Prints a line for each failing test, one for each skipped test with its reason, and last "N passed, N failed, N skipped".
A listed test that passes counts as failed: the list is out of date. Exits with 0 if no test failed, 1 if one did, 2 if
it could not run, 77 if no manifest was there.

Examples:
  conformance rdf-tests/sparql/sparql11/manifest-all.ttl
  conformance rdf-tests/sparql/sparql10/manifest.ttl rdf-tests/sparql/sparql12/manifest.ttl
  conformance rdf-tests/sparql/sparql11/manifest-all.ttl --filter protocol#
  conformance json-ld/toRdf-manifest.jsonld json-ld-framing/frame-manifest.jsonld --skips none
  conformance rdf-canon/manifest.ttl
  conformance shacl/manifest.ttl --skips none
  conformance rdf-tests/rdf/rdf12/manifest.ttl --skips rdf12.txt
  conformance my-suite/manifest.ttl --skips none
)";

struct Arguments {
  std::vector<std::filesystem::path> manifests;
  std::string filter;
  std::string skips = "sparql.txt";
  bool help = false;
};

Arguments read_arguments(const std::vector<std::string>& given) {
  Arguments out;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& argument = given[i];
    if (argument == "--help" || argument == "-h") {
      out.help = true;
    } else if (argument == "--filter" || argument == "--skips") {
      if (i + 1 == given.size()) throw std::runtime_error(argument + " takes a value; see --help");
      (argument == "--filter" ? out.filter : out.skips) = given[++i];
    } else if (argument.starts_with("-")) {
      throw std::runtime_error("there is no option " + argument + "; see --help");
    } else {
      out.manifests.emplace_back(argument);
    }
  }
  if (out.manifests.empty() && !out.help) throw std::runtime_error("name a manifest; see --help");
  return out;
}

void run_json_ld(const std::filesystem::path& manifest, const std::string& filter, tests::Tally& tally) {
  for (const auto& test : conformance::read_json_ld_manifest(manifest)) {
    if (test.name.find(filter) == std::string::npos) continue;
    if (!test.not_meant.empty()) {
      tally.skip(test.name, test.not_meant);
    } else {
      tally.run(test.name, [&] { return conformance::run_json_ld_test(test); });
    }
  }
}

int run(const Arguments& arguments) {
  conformance::Graph graph;
  tests::Tally tally("", arguments.skips);
  bool any = false;
  for (const auto& manifest : arguments.manifests) {
    if (!std::filesystem::exists(manifest)) {
      std::cout << "skipped: there is no " << manifest.string() << '\n';
      continue;
    }
    any = true;
    if (manifest.extension() == ".jsonld") {
      run_json_ld(std::filesystem::canonical(manifest), arguments.filter, tally);
      continue;
    }
    for (const auto& test : conformance::read_manifest(std::filesystem::canonical(manifest), graph)) {
      if (test.name.find(arguments.filter) == std::string::npos) continue;
      tally.run(test.name, [&] { return conformance::run_test(test, graph); });
    }
  }
  if (tally.finish() > 0) return exit_failures;
  return any ? 0 : exit_no_suite;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const Arguments arguments = read_arguments({argv + 1, argv + argc});
    if (!arguments.help) return run(arguments);
    std::cout << help;
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "conformance: " << error.what() << '\n';
    return exit_usage;
  }
}
