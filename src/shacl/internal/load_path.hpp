#pragma once

#include <cstddef>
#include <string>

#include "rdf/term.hpp"
#include "shacl/internal/shapes_graph.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::shacl {

/// The path that `node` describes.
///
/// @param label      what it belongs to, as messages name it: "shape X".
/// @param max_depth  paths within paths.
/// @throws  Error(Code::BadData) if it is ill-formed; Error(Code::TooLarge) past `max_depth`.
///
/// Source: SHACL, section 2.3.1.
[[nodiscard]] Path load_path(const ShapesGraph& graph, const rdf::Term& node, const std::string& label,
                             std::size_t max_depth);

}  // namespace scenograph::shacl
