#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "jsonld/json.hpp"

namespace scenograph::conformance {

/// A test of a manifest of the JSON-LD suites, which are in JSON-LD themselves.
struct JsonLdTest {
  std::string name;     ///< "expand#t0001"
  jsonld::Value entry;  ///< of the manifest
  std::filesystem::path folder;
  std::string base;       ///< address that the folder stands for
  std::string not_meant;  ///< why the suite itself says not to run it; "" if it does not
};

[[nodiscard]] std::vector<JsonLdTest> read_json_ld_manifest(const std::filesystem::path& path);

/// Runs a test of expansion, compaction, flattening, framing, to or from RDF; documents come from the folder, those of
/// the suite "remote-doc" from a server of this process. @return what is wrong, "" for a pass. May throw.
[[nodiscard]] std::string run_json_ld_test(const JsonLdTest& test);

}  // namespace scenograph::conformance
