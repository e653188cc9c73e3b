#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "shacl/internal/classes.hpp"
#include "shacl/internal/evaluator.hpp"
#include "shacl/internal/nodes.hpp"
#include "shacl/internal/path_reader.hpp"
#include "shacl/internal/rule_runner.hpp"
#include "shacl/validate.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

/// One validation under way: finds the focus nodes of shapes and tells a sink of all that does not conform. Its members
/// point at each other. One thread.
class Validation {
 public:
  /// Everything must outlive it.
  Validation(const store::View& view, const Shapes& shapes, const Options& options, Nodes& nodes, base::Budget& budget,
             Evaluator::Sink sink);
  Validation(const Validation&) = delete;
  Validation& operator=(const Validation&) = delete;

  static constexpr std::size_t block_nodes = 65'536;  ///< of a column, at most

  /// All of a shape, sorted, each once.
  [[nodiscard]] std::vector<store::TermId> focus_nodes(ShapeId shape);

  /// Which of some nodes (sorted, each once) a shape has for focus nodes; targets by a query name none.
  [[nodiscard]] std::vector<bool> are_focus_of(ShapeId shape, const std::vector<store::TermId>& candidates);

  /// Whether each of some nodes (sorted, each once) conforms to a shape, whatever its targets.
  [[nodiscard]] std::vector<bool> conform(ShapeId shape, const std::vector<store::TermId>& nodes);

  /// What an expression leads to from each of some nodes, sorted, each once.
  [[nodiscard]] Rows follow(const NodeExpression& expression, std::span<const store::TermId> from);

  /// Checks what of a shape the changes, sorted by predicate, may concern. @return  how many nodes that is.
  std::uint64_t check_touched(ShapeId shape, std::span<const store::QuadId> changes);

  /// Checks one column of nodes, sorted, each once.
  void check(ShapeId shape, std::vector<store::TermId> column) { evaluator_.validate(shape, std::move(column)); }

 private:
  std::uint64_t check_all(ShapeId shape, std::span<const store::TermId> focus);
  [[nodiscard]] std::vector<store::TermId> nodes_of(const Target& target);

  /// Which of some nodes (sorted, each once) the target names.
  [[nodiscard]] std::vector<bool> are_of(const Target& target, const std::vector<store::TermId>& candidates);

  const Shapes& shapes_;
  Nodes& nodes_;
  base::Budget& budget_;
  PathReader reader_;
  Classes classes_;
  RuleRunner runner_;
  Evaluator evaluator_;
};

}  // namespace scenograph::shacl
