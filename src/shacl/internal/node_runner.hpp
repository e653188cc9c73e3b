#pragma once

#include <span>

#include "base/budget.hpp"
#include "shacl/internal/evaluator.hpp"
#include "shacl/internal/nodes.hpp"
#include "shacl/internal/path_reader.hpp"
#include "shacl/internal/rule_runner.hpp"
#include "shacl/shapes.hpp"
#include "store/term_id.hpp"

namespace scenograph::shacl {

/// Evaluates node expressions for whole columns of focus nodes. One thread.
/// Source: SHACL Advanced Features, section 6.
class NodeRunner {
 public:
  /// Everything must outlive it.
  NodeRunner(Nodes& nodes, PathReader& reader, Evaluator& evaluator, RuleRunner& runner, base::Budget& budget)
      : nodes_(&nodes), reader_(&reader), evaluator_(&evaluator), runner_(&runner), budget_(&budget) {}

  /// The nodes that the expression leads to from each of `focus`, which is sorted, each once.
  [[nodiscard]] Rows run(const NodeExpression& expression, std::span<const store::TermId> focus);

 private:
  [[nodiscard]] Rows constant(const NodeExpression& expression, std::size_t rows);
  [[nodiscard]] Rows path(const NodeExpression& expression, std::span<const store::TermId> focus);
  [[nodiscard]] Rows filter(const NodeExpression& expression, std::span<const store::TermId> focus);
  [[nodiscard]] Rows together(const NodeExpression& expression, std::span<const store::TermId> focus);
  [[nodiscard]] Rows call(const NodeExpression& expression, std::span<const store::TermId> focus);

  Nodes* nodes_;
  PathReader* reader_;
  Evaluator* evaluator_;
  RuleRunner* runner_;
  base::Budget* budget_;
};

}  // namespace scenograph::shacl
