#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sparql/exec/evaluator.hpp"

namespace scenograph::sparql {

enum class AggregateKind : std::uint8_t { Count, Sum, Min, Max, Avg, Sample, GroupConcat };

/// One aggregate over the rows of a group. Source: SPARQL 1.1 Query, section 18.5.1.
struct Aggregate {
  AggregateKind kind = AggregateKind::Count;
  bool distinct = false;
  EvaluatorPtr argument;  ///< null: COUNT(*)
  std::string separator = " ";
};

/// One row per group of rows that agree in the key columns: those columns, then the aggregates.
///
/// @param width  columns of the input.
/// @param whole  there is exactly one group, even of no rows (a query without GROUP BY).
[[nodiscard]] OperatorPtr make_group(Context& context, OperatorPtr input, std::size_t width,
                                     std::vector<std::size_t> keys, std::vector<Aggregate> aggregates, bool whole);

}  // namespace scenograph::sparql
