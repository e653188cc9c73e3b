#pragma once

#include <string>

#include "conformance/manifest.hpp"

namespace scenograph::conformance {

/// Runs one test of RDF Dataset Canonicalization: of its result, of its labels, or of a dataset it must refuse.
/// @return what is wrong, "" for a pass. @throws what the engine throws.
[[nodiscard]] std::string run_canon_test(const Test& test, const Graph& manifest);

}  // namespace scenograph::conformance
