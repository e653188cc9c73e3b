#pragma once

#include <string>

#include "conformance/manifest.hpp"

namespace scenograph::conformance {

/// Validates the data of a test by its shapes, and compares the report's graph with the one expected: the properties
/// that the specification asks for, but for messages. @return what is wrong, "" for a pass. @throws what the engine
/// throws.
[[nodiscard]] std::string run_shacl_test(const Test& test, const Graph& manifest);

}  // namespace scenograph::conformance
