#pragma once

#include <string>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::tests {

/// The quads as sorted N-Quads lines, for messages.
[[nodiscard]] std::string to_nquads(std::vector<rdf::Quad> quads);

}  // namespace scenograph::tests
