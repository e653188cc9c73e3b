#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

/// What is known of one operator of a plan, for `explain`.
struct PlanNode {
  std::string label;  ///< "IndexScan ?s schema:name ?o (psog)"
  double estimated_rows = 0;
  std::uint64_t rows = 0;
  std::chrono::nanoseconds time{
      0};  ///< its inputs' included, but for look-ups in indexes of terms, made while planning
  std::vector<std::shared_ptr<PlanNode>> inputs;
  std::size_t depth = 1;  ///< levels of the tree below and with it
};

/// `input`, with its rows and time added up in `node`.
[[nodiscard]] OperatorPtr make_profiled(OperatorPtr input, std::shared_ptr<PlanNode> node);

/// The tree, one operator a line, indented; estimated rows, actual rows and milliseconds of each.
[[nodiscard]] std::string to_text(const PlanNode& node);

}  // namespace scenograph::sparql
