#pragma once

#include <functional>
#include <string>
#include <vector>

#include "rdf/term.hpp"
#include "shacl/internal/load_sparql.hpp"
#include "shacl/internal/shapes_graph.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::shacl {

/// Reads the rules of shapes, and checks them. What is ill-formed throws Error(Code::BadData) that names the shape, the
/// rule and the reason.
class RuleLoader {
 public:
  /// Reads a shape that a rule refers to, unless it is known, under the label.
  using ShapeOf = std::function<ShapeId(const rdf::Term& node, const std::string& label)>;

  /// The graph and the loader must outlive it.
  RuleLoader(const ShapesGraph& graph, const SparqlLoader& sparql, const LoadOptions& options, ShapeOf shape_of)
      : graph_(&graph), sparql_(&sparql), options_(&options), shape_of_(std::move(shape_of)) {}

  /// The rules of a shape, without those that are deactivated.
  [[nodiscard]] std::vector<Rule> rules_of(const Shape& shape, ShapeId id) const;

 private:
  struct Site;

  [[nodiscard]] Rule rule(const Shape& shape, const rdf::Term& node) const;
  [[nodiscard]] NodeExpression expression(const Site& site, const rdf::Term& node, std::size_t depth) const;
  [[nodiscard]] std::vector<NodeExpression> list(const Site& site, const rdf::Term& head, std::size_t depth) const;
  [[nodiscard]] NodeExpression start_of(const Site& site, const rdf::Term& node, std::size_t depth) const;
  [[nodiscard]] rdf::Term only(const Site& site, const rdf::Term& node, std::string_view name) const;

  const ShapesGraph* graph_;
  const SparqlLoader* sparql_;
  const LoadOptions* options_;
  ShapeOf shape_of_;
};

}  // namespace scenograph::shacl
