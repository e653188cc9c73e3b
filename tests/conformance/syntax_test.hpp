#pragma once

#include <string>

#include "conformance/manifest.hpp"

namespace scenograph::conformance {

/// Whether the class of a test is one of RDF's syntaxes, such as "TestTurtleEval".
[[nodiscard]] bool is_syntax_test(const Test& test);

/// Runs one test of a reader, or of canonical N-Triples and N-Quads. @return what is wrong, "" for a pass. @throws what
/// the reader throws.
[[nodiscard]] std::string run_syntax_test(const Test& test, const Graph& manifest);

}  // namespace scenograph::conformance
