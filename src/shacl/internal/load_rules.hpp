#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rdf/term.hpp"
#include "shacl/internal/load_expression.hpp"
#include "shacl/internal/load_sparql.hpp"
#include "shacl/internal/shapes_graph.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::shacl {

/// Reads the rules of shapes, and checks them. What is ill-formed throws Error(Code::BadData) that names the shape, the
/// rule and the reason.
class RuleLoader {
 public:
  /// The graph and the loaders must outlive it. @param shape_of  reads conditions.
  RuleLoader(const ShapesGraph& graph, SparqlLoader& sparql, const ExpressionLoader& expressions,
             const LoadOptions& options, ExpressionLoader::ShapeOf shape_of)
      : graph_(&graph),
        sparql_(&sparql),
        expressions_(&expressions),
        options_(&options),
        shape_of_(std::move(shape_of)) {}

  /// The rules of a shape, without those that are deactivated.
  [[nodiscard]] std::vector<Rule> rules_of(const Shape& shape, ShapeId id) const;

 private:
  [[nodiscard]] Rule rule(const Shape& shape, const rdf::Term& node) const;

  const ShapesGraph* graph_;
  SparqlLoader* sparql_;
  const ExpressionLoader* expressions_;
  const LoadOptions* options_;
  ExpressionLoader::ShapeOf shape_of_;
};

}  // namespace scenograph::shacl
