#include "server/internal/standard_shapes.hpp"

#include "ingest/shapes.hpp"

namespace scenograph::server {

const shacl::Shapes& standard_shapes() {
  static const shacl::Shapes shapes = ingest::default_shapes();
  return shapes;
}

const shacl::QualityWeights& standard_weights() {
  static const shacl::QualityWeights weights = ingest::default_weights();
  return weights;
}

}  // namespace scenograph::server
