#include "sparql/exec/builder/profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/json_text.hpp"

namespace scenograph::sparql {

namespace {

class Profiled final : public Operator {
 public:
  Profiled(OperatorPtr input, std::shared_ptr<PlanNode> node, const base::Budget& budget)
      : input_(std::move(input)), node_(std::move(node)), budget_(budget) {}

  bool next(Batch& batch) override {
    const auto start = std::chrono::steady_clock::now();
    const std::size_t others = budget_.held() - held_;
    const std::uint64_t spilled = budget_.spilled();
    const bool more = input_->next(batch);
    node_->spilled += budget_.spilled() - spilled;
    node_->time += std::chrono::steady_clock::now() - start;
    const std::size_t now = budget_.held();
    held_ = now > others ? now - others : 0;
    node_->memory = std::max(node_->memory, held_);
    if (more) node_->rows += batch.size;
    return more;
  }

 private:
  OperatorPtr input_;
  std::shared_ptr<PlanNode> node_;
  const base::Budget& budget_;
  std::size_t held_ = 0;
};

double milliseconds(const PlanNode& node) { return std::chrono::duration<double, std::milli>(node.time).count(); }

void append(std::string& out, const PlanNode& node, std::size_t depth) {
  out += fmt::format("{:{}}{}  estimated {:.0f} rows, got {} in {:.2f} ms", "", 2 * depth, node.label,
                     node.estimated_rows, node.rows, milliseconds(node));
  constexpr std::size_t kib = 1024;
  if (node.memory > 0) out += fmt::format(", {} KiB", (node.memory + kib - 1) / kib);
  if (node.spilled > 0) out += fmt::format(", {} MiB on disk", (node.spilled >> 20U) + 1);
  out += '\n';
  for (const auto& input : node.inputs) append(out, *input, depth + 1);
}

void append_json(std::string& out, const PlanNode& node) {
  out += R"({"operator":)";
  base::append_json_string(out, node.label);
  out +=
      fmt::format(R"(,"estimated_rows":{:.1f},"rows":{},"ms":{:.3f},"memory_bytes":{},"spilled_bytes":{},"inputs":[)",
                  node.estimated_rows, node.rows, milliseconds(node), node.memory, node.spilled);
  for (const auto& input : node.inputs) {
    if (input != node.inputs.front()) out += ',';
    append_json(out, *input);
  }
  out += "]}";
}

}  // namespace

OperatorPtr make_profiled(OperatorPtr input, std::shared_ptr<PlanNode> node, const base::Budget& budget) {
  return std::make_unique<Profiled>(std::move(input), std::move(node), budget);
}

std::string to_text(const PlanNode& node) {
  std::string out;
  append(out, node, 0);
  return out;
}

std::string to_json(const PlanNode& node) {
  std::string out;
  append_json(out, node);
  return out;
}

}  // namespace scenograph::sparql
