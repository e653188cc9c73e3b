#include "sparql/exec/builder/profile.hpp"

#include <fmt/format.h>

#include <utility>

namespace scenograph::sparql {

namespace {

class Profiled final : public Operator {
 public:
  Profiled(OperatorPtr input, std::shared_ptr<PlanNode> node) : input_(std::move(input)), node_(std::move(node)) {}

  bool next(Batch& batch) override {
    const auto start = std::chrono::steady_clock::now();
    const bool more = input_->next(batch);
    node_->time += std::chrono::steady_clock::now() - start;
    if (more) node_->rows += batch.size;
    return more;
  }

 private:
  OperatorPtr input_;
  std::shared_ptr<PlanNode> node_;
};

void append(std::string& out, const PlanNode& node, std::size_t depth) {
  const double ms = std::chrono::duration<double, std::milli>(node.time).count();
  out += fmt::format("{:{}}{}  estimated {:.0f} rows, got {} in {:.2f} ms\n", "", 2 * depth, node.label,
                     node.estimated_rows, node.rows, ms);
  for (const auto& input : node.inputs) append(out, *input, depth + 1);
}

}  // namespace

OperatorPtr make_profiled(OperatorPtr input, std::shared_ptr<PlanNode> node) {
  return std::make_unique<Profiled>(std::move(input), std::move(node));
}

std::string to_text(const PlanNode& node) {
  std::string out;
  append(out, node, 0);
  return out;
}

}  // namespace scenograph::sparql
