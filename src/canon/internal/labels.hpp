#pragma once

#include <string>
#include <vector>

#include "canon/canonicalize.hpp"
#include "canon/internal/blank_quads.hpp"

namespace scenograph::canon {

/// The canonical labels of a dataset's blank nodes, by node. @throws as `canonicalize`.
[[nodiscard]] std::vector<std::string> canonical_labels(const BlankQuads& dataset, const CanonicalizeOptions& options);

/// All lines of a dataset, its blank nodes named by `names`; sorted.
///
/// @param quads  without duplicates, those `dataset` was made from.
[[nodiscard]] std::vector<std::string> lines_of(const std::vector<rdf::Quad>& quads, const BlankQuads& dataset,
                                                const std::vector<std::string>& names);

}  // namespace scenograph::canon
