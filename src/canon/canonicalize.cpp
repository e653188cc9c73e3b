#include "canon/canonicalize.hpp"

#include <utility>

#include "base/error.hpp"
#include "canon/internal/hasher.hpp"
#include "canon/internal/labels.hpp"

namespace scenograph::canon {

HashAlgorithm parse_hash_algorithm(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '-') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (plain == "sha256") return HashAlgorithm::Sha256;
  if (plain == "sha384") return HashAlgorithm::Sha384;
  throw base::Error(base::Code::BadArgument,
                    "the hash algorithm is sha256 or sha384, not \"" + std::string(name) + "\"");
}

Canonical canonicalize(std::vector<rdf::Quad> quads, const CanonicalizeOptions& options) {
  const std::vector<rdf::Quad> once = distinct(std::move(quads));
  const BlankQuads dataset(once);
  const std::vector<std::string> labels = canonical_labels(dataset, options);
  Canonical canonical{lines_of(once, dataset, labels), {}};
  for (Node node = 0; node < labels.size(); ++node) canonical.labels.emplace(dataset.labels[node], labels[node]);
  return canonical;
}

std::string hash_of(const Canonical& canonical, HashAlgorithm algorithm) {
  Hasher hasher(algorithm);
  for (const std::string& line : canonical.lines) hasher.add(line);
  return hasher.finish();
}

}  // namespace scenograph::canon
