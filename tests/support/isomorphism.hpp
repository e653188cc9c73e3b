#pragma once

#include <string>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::tests {

/// Whether two datasets are the same but for the labels of their blank nodes. Duplicates do not count. For test-sized
/// data: colours nodes by their surroundings, then tries what is left ambiguous.
///
/// Source: RDF 1.1 Concepts, section 3.6; RDF 1.1 Datasets.
[[nodiscard]] bool isomorphic(const std::vector<rdf::Quad>& a, const std::vector<rdf::Quad>& b);

/// The quads as sorted N-Quads lines, for messages.
[[nodiscard]] std::string to_nquads(std::vector<rdf::Quad> quads);

}  // namespace scenograph::tests
