#include "conformance/canon_test.hpp"

#include <map>

#include "base/error.hpp"
#include "base/json_text.hpp"
#include "canon/canonicalize.hpp"
#include "conformance/data.hpp"

namespace scenograph::conformance {

namespace {

constexpr std::string_view hash_algorithm = "https://w3c.github.io/rdf-canon/tests/vocab#hashAlgorithm";

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

/// A flat JSON object of strings without escapes, which is what labels are.
std::map<std::string, std::string> read_labels(const std::string& json) {
  std::map<std::string, std::string> out;
  std::vector<std::string> strings;
  for (std::size_t at = json.find('"'); at != std::string::npos; at = json.find('"', at)) {
    const std::size_t end = json.find('"', at + 1);
    strings.push_back(json.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  for (std::size_t i = 0; i + 1 < strings.size(); i += 2) out[strings[i]] = strings[i + 1];
  return out;
}

std::string check_refused(const std::vector<rdf::Quad>& quads, const canon::CanonicalizeOptions& options) {
  try {
    static_cast<void>(canon::canonicalize(quads, options));
  } catch (const base::Error& error) {
    return error.code() == base::Code::TooLarge ? std::string() : error.what();
  }
  return "was not refused";
}

}  // namespace

std::string run_canon_test(const Test& test, const Graph& manifest) {
  canon::CanonicalizeOptions options;
  const rdf::Term algorithm = manifest.object(test.node, hash_algorithm);
  if (algorithm.is_literal()) options.algorithm = canon::parse_hash_algorithm(algorithm.value);
  const auto quads = read_file(path_of(manifest.object(test.node, mf::action).value));
  if (test.type == "RDFC10NegativeEvalTest") return check_refused(quads, options);
  const canon::Canonical got = canon::canonicalize(quads, options);
  const std::string expected = text_of(path_of(manifest.object(test.node, mf::result).value));
  if (test.type == "RDFC10MapTest") return got.labels == read_labels(expected) ? "" : "the labels are not\n" + expected;
  const std::string text = joined(got.lines);
  return text == expected ? "" : "got\n" + text + "expected\n" + expected;
}

}  // namespace scenograph::conformance
