#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.hpp"
#include "rdf/term.hpp"
#include "shacl/internal/function_caller.hpp"
#include "shacl/internal/nodes.hpp"
#include "shacl/internal/set_based.hpp"
#include "shacl/internal/shapes_view.hpp"
#include "shacl/internal/sparql_rule.hpp"
#include "shacl/validate.hpp"
#include "sparql/query.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

/// Runs the queries of rules on the data: once for up to 65,536 rows of pre-bound variables, or once for each row
/// where the rule has an obstacle. One thread.
class RuleRunner {
 public:
  /// A solution of a Select.
  class Solution {
   public:
    Solution(const sparql::QueryResult& result, const sparql::SolutionBatch& batch, std::size_t at)
        : result_(result), batch_(batch), at_(at) {}

    /// The variable's term; nullopt if it is unbound or none of the query's.
    [[nodiscard]] std::optional<rdf::Term> operator[](std::string_view name) const;
    /// Whether the query projects the variable.
    [[nodiscard]] bool has(std::string_view name) const;

   private:
    const sparql::QueryResult& result_;
    const sparql::SolutionBatch& batch_;
    std::size_t at_;
  };

  /// @param row  the place of the row that the solution is of.
  using Sink = std::function<void(std::size_t row, const Solution&)>;

  /// Everything must outlive it.
  RuleRunner(const store::View& view, const Shapes& shapes, const Options& options, Nodes& nodes, base::Budget& budget);

  /// @param cells  rows of terms as `rule.columns` has them, one after the other. REQUIRES: a Select.
  void select(const SparqlRule& rule, std::span<const store::TermId> cells, std::size_t rows, const Sink& sink);

  /// Whether the query is true, row by row. REQUIRES: an Ask.
  [[nodiscard]] std::vector<bool> ask(const SparqlRule& rule, std::span<const store::TermId> cells, std::size_t rows);

  /// The function's values for rows of arguments, Undefined for an error.
  ///
  /// @param cells  as many arguments in each row as the function has parameters; Undefined is one that is not given.
  [[nodiscard]] std::vector<store::TermId> call(const SparqlFunction& function, std::span<const store::TermId> cells,
                                                std::size_t rows);

 private:
  [[nodiscard]] std::vector<store::TermId> call_at_once(const SparqlFunction& function,
                                                        std::span<const store::TermId> cells, std::size_t rows);
  [[nodiscard]] std::unique_ptr<sparql::QueryResult> run(const SparqlRule& rule, sparql::algebra::Query query);
  [[nodiscard]] TermRows terms_of(const SparqlRule& rule, std::span<const store::TermId> cells) const;

  /// Calls `at_once(first row, terms)` for up to 65,536 rows, or `one(row, query)` for each where the rule has an
  /// obstacle. REQUIRES: columns.
  template <typename AtOnce, typename One>
  void each_run(const SparqlRule& rule, std::span<const store::TermId> cells, std::size_t rows, const AtOnce& at_once,
                const One& one) const;

  [[nodiscard]] static sparql::algebra::Query with_row(const SparqlRule& rule, const std::vector<rdf::Term>& row);
  void select_at_once(const SparqlRule& rule, const TermRows& rows, std::size_t first, const Sink& sink);

  std::shared_ptr<const store::View> data_;
  std::shared_ptr<const ShapesView> with_shapes_;  ///< null if no rule reads the shapes graph
  const Options* options_;
  Nodes* nodes_;
  std::shared_ptr<base::Budget> budget_;
  std::shared_ptr<FunctionCaller> functions_;
  bool has_functions_;          ///< of the shapes graph
  base::Charge values_charge_;  ///< of functions, that nothing else knows
};

}  // namespace scenograph::shacl
