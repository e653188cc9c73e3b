#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

/// What is known of one operator of a plan, for `explain`.
struct PlanNode {
  std::string label;  ///< "IndexScan ?s schema:name ?o (psog)"
  double estimated_rows = 0;
  std::uint64_t rows = 0;
  std::chrono::nanoseconds time{0};  ///< its inputs' included; of an index of terms, the look-up while planning too
  std::size_t memory = 0;            ///< bytes it held at most between batches, its inputs' included
  std::uint64_t spilled = 0;         ///< bytes it wrote to disk for want of memory, its inputs' included
  std::vector<std::shared_ptr<PlanNode>> inputs;
  std::size_t depth = 1;  ///< levels of the tree below and with it
};

/// `input`, with its rows, time and what it charges to the budget added up in `node`.
[[nodiscard]] OperatorPtr make_profiled(OperatorPtr input, std::shared_ptr<PlanNode> node, const base::Budget& budget);

/// The tree, one operator a line, indented; estimated rows, actual rows, milliseconds and memory of each.
[[nodiscard]] std::string to_text(const PlanNode& node);

/// `{"operator":"…","estimated_rows":9.5,"rows":8,"ms":0.2,"memory_bytes":0,"spilled_bytes":0,"inputs":[…]}`, inputs
/// likewise.
[[nodiscard]] std::string to_json(const PlanNode& node);

}  // namespace scenograph::sparql
