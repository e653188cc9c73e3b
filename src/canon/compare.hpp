#pragma once

#include <string>
#include <vector>

#include "canon/canonicalize.hpp"

namespace scenograph::canon {

/// Whether two datasets are the same but for the labels of their blank nodes. Duplicates do not count.
///
/// Cost and errors: as `canonicalize`, for both.
///
/// Source: RDF 1.1 Concepts, section 3.6; RDF 1.1 Datasets.
[[nodiscard]] bool isomorphic(std::vector<rdf::Quad> a, std::vector<rdf::Quad> b,
                              const CanonicalizeOptions& options = {});

/// What to take from a dataset and what to add to it to make another of it: lines of N-Quads with their line feeds, in
/// code point order. Blank nodes have the labels that are canonical in the first; those that only the second has are
/// numbered on from there.
struct Difference {
  std::vector<std::string> removed;
  std::vector<std::string> added;

  [[nodiscard]] bool empty() const { return removed.empty() && added.empty(); }
};

/// The difference from `a` to `b`. It is empty if and only if they are isomorphic; else blank nodes of the two are
/// paired by what surrounds them, most alike first, which gives a small difference and not always the smallest.
///
/// Cost and errors: as `canonicalize`, for both.
[[nodiscard]] Difference compare(std::vector<rdf::Quad> a, std::vector<rdf::Quad> b,
                                 const CanonicalizeOptions& options = {});

}  // namespace scenograph::canon
