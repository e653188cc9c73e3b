#pragma once

#include "shacl/quality_weights.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::server {

/// The shapes that come with the program, read when they are first needed. Thread-safe.
[[nodiscard]] const shacl::Shapes& standard_shapes();

/// Likewise the weights.
[[nodiscard]] const shacl::QualityWeights& standard_weights();

}  // namespace scenograph::server
