#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "rdf/term.hpp"
#include "shacl/internal/load_sparql.hpp"
#include "shacl/internal/shapes_graph.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::shacl {

/// Reads node expressions from a shapes graph, and checks them.
/// Source: SHACL Advanced Features, section 6.
class ExpressionLoader {
 public:
  /// Reads a shape that an expression refers to, unless it is known, under the label.
  using ShapeOf = std::function<ShapeId(const rdf::Term& node, const std::string& label)>;

  /// The graph, the loader of functions and the options must outlive it.
  ExpressionLoader(const ShapesGraph& graph, SparqlLoader& sparql, const LoadOptions& options, ShapeOf shape_of)
      : graph_(&graph), sparql_(&sparql), options_(&options), shape_of_(std::move(shape_of)) {}

  /// @param label  what the expression belongs to, as errors name it: "shape X: the rule Y".
  /// @param where  its place, for errors.
  /// @throws  Error(Code::BadData) of what is ill-formed, Error(Code::Unsupported) of a kind that is not there,
  ///          Error(Code::TooLarge) past `LoadOptions::max_depth` or 10,000 expressions within one.
  [[nodiscard]] NodeExpression read(const rdf::Term& node, const std::string& label, const base::Where& where) const;

 private:
  struct Site;

  [[nodiscard]] NodeExpression expression(Site& site, const rdf::Term& node, std::size_t depth) const;
  [[nodiscard]] std::vector<NodeExpression> list(Site& site, const rdf::Term& head, std::size_t depth) const;
  [[nodiscard]] NodeExpression call(Site& site, const rdf::Term& node, std::size_t depth) const;
  [[nodiscard]] NodeExpression start_of(Site& site, const rdf::Term& node, std::size_t depth) const;
  [[nodiscard]] rdf::Term only(const Site& site, const rdf::Term& node, std::string_view name) const;
  void count(Site& site, std::size_t depth) const;

  const ShapesGraph* graph_;
  SparqlLoader* sparql_;
  const LoadOptions* options_;
  ShapeOf shape_of_;
};

}  // namespace scenograph::shacl
