#pragma once

#include <string>

#include "conformance/manifest.hpp"

namespace scenograph::conformance {

/// Runs one test of SPARQL's syntax, queries or updates on a store of its own, of its protocols on a server, of a
/// reader of RDF, of canonicalization or of SHACL. @return what is wrong, "" for a pass.
/// @throws what the engine throws.
[[nodiscard]] std::string run_test(const Test& test, const Graph& manifest);

}  // namespace scenograph::conformance
