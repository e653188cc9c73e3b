#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::canon {

enum class HashAlgorithm : std::uint8_t { Sha256, Sha384 };

/// From "sha256" or "sha384", in any case, with a hyphen or without. @throws Error(Code::BadArgument)
[[nodiscard]] HashAlgorithm parse_hash_algorithm(std::string_view name);

struct CanonicalizeOptions {
  HashAlgorithm algorithm = HashAlgorithm::Sha256;

  /// Hashes and comparisons that telling blank nodes apart may take, some microseconds each. Graphs made to be hard
  /// need more than anyone has; real ones need a few for each of their blank nodes.
  std::uint64_t max_steps = 4'000'000;
};

struct Canonical {
  std::vector<std::string> lines;             ///< canonical N-Quads, each with its line feed, in code point order
  std::map<std::string, std::string> labels;  ///< of blank nodes as given → canonical: c14n0, c14n1, …
};

/// The dataset with canonical labels for its blank nodes: datasets that are the same but for labels give the same
/// lines. Quads that are there twice count once. Language tags are those of the terms, which readers put in lower case.
///
/// Memory: the quads that name blank nodes, and all lines. Time: near-linear, but exponential in the number of blank
/// nodes that look alike from all sides.
///
/// @throws  Error(Code::TooLarge) past `max_steps`, naming --max-steps, and where blank nodes that look alike form a
///          chain of more than 512; Error(Code::BadData) for a blank node as a predicate.
///
/// Source: RDF Dataset Canonicalization (RDFC-1.0), section 4.
[[nodiscard]] Canonical canonicalize(std::vector<rdf::Quad> quads, const CanonicalizeOptions& options = {});

/// The hash of a canonical dataset, in lower-case hexadecimal: that of its lines one after the other.
[[nodiscard]] std::string hash_of(const Canonical& canonical, HashAlgorithm algorithm);

}  // namespace scenograph::canon
