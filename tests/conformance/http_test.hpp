#pragma once

#include <string>

#include "conformance/manifest.hpp"

namespace scenograph::conformance {

/// Plays the requests of a ProtocolTest or GraphStoreProtocolTest, in order, against a server of its own in this
/// process, and holds each answer against what the manifest says of it. @return what is wrong, "" for a pass.
[[nodiscard]] std::string run_http_test(const Test& test, const Graph& manifest);

/// Checks what a ServiceDescriptionTest names. Its manifest says in words alone what that is, so this knows the three
/// tests of the W3C by name.
[[nodiscard]] std::string run_description_test(const Test& test);

}  // namespace scenograph::conformance
