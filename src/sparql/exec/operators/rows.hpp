#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sparql/exec/evaluator.hpp"
#include "sparql/exec/id_test.hpp"

// Operators that treat each row, or each stream of rows, by itself.

namespace scenograph::sparql {

/// One row without columns: the solution that joins with anything.
[[nodiscard]] OperatorPtr make_unit();

/// Given rows (VALUES); each row is `width` long, Undefined for UNDEF. No rows: nothing.
[[nodiscard]] OperatorPtr make_values(std::vector<std::vector<store::TermId>> rows, std::size_t width);

/// What a row must fulfil. Where a test of a column's ids tells, the expression is not looked at.
struct Condition {
  EvaluatorPtr expression;
  int column = -1;
  std::optional<IdTest> test = {};
};

/// Rows for which all conditions hold.
[[nodiscard]] OperatorPtr make_filter(Context& context, OperatorPtr input, std::vector<Condition> conditions);

/// Appends one column for each expression (BIND, SELECT expressions), Undefined on error; each sees the ones before.
[[nodiscard]] OperatorPtr make_extend(Context& context, OperatorPtr input, std::vector<EvaluatorPtr> expressions);

/// The given columns of the input in the given order; -1 is a column without values.
[[nodiscard]] OperatorPtr make_project(OperatorPtr input, std::vector<int> columns);

/// All rows of each input after the other. Columns must agree: project first.
[[nodiscard]] OperatorPtr make_union(std::vector<OperatorPtr> inputs);

/// Leaves out the first `offset` rows and all past `limit` more.
[[nodiscard]] OperatorPtr make_slice(OperatorPtr input, std::uint64_t offset, std::uint64_t limit);

/// Each row once, the first of its kind, in order. Keeps the rows seen in memory, and on disk what does not fit there.
[[nodiscard]] OperatorPtr make_distinct(Context& context, OperatorPtr input, std::size_t width);

/// Only rows that hold one of the term and nothing else in a column: the term or, if unbound, the term filled in.
[[nodiscard]] OperatorPtr make_fix(OperatorPtr input, std::size_t column, store::TermId term);

}  // namespace scenograph::sparql
