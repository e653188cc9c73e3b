#pragma once

#include <cstdint>
#include <span>
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

  /// Calls `sink(shape)` for each shape with a target.
  template <typename Sink>
  void each_shape(const Sink& sink) const {
    for (std::size_t i = 0; i < shapes_.shapes.size(); ++i) {
      const Shape& shape = shapes_.shapes[i];
      if (!shape.targets.empty() && !shape.deactivated) sink(static_cast<ShapeId>(i));
    }
  }

  /// All of a shape, sorted, each once.
  [[nodiscard]] std::vector<store::TermId> focus_nodes(ShapeId shape);

  /// Which of some nodes (sorted, each once) a shape has for focus nodes; targets by a query name none.
  [[nodiscard]] std::vector<bool> are_focus_of(ShapeId shape, const std::vector<store::TermId>& candidates);

  /// Checks what of a shape the changes may concern.
  void check_touched(ShapeId shape, std::span<const store::QuadId> changes);

  /// Checks nodes, sorted, each once; column by column.
  void check(ShapeId shape, std::span<const store::TermId> focus);

  /// How many nodes were checked, each once for every shape.
  [[nodiscard]] std::uint64_t checked() const noexcept { return checked_; }
  [[nodiscard]] PathReader& reader() noexcept { return reader_; }

 private:
  [[nodiscard]] std::vector<store::TermId> nodes_of(const Target& target);
  /// Which of some nodes (sorted, each once) the target names.
  [[nodiscard]] std::vector<bool> are_of(const Target& target, const std::vector<store::TermId>& candidates);

  const Shapes& shapes_;
  Nodes& nodes_;
  PathReader reader_;
  Classes classes_;
  RuleRunner runner_;
  Evaluator evaluator_;
  std::uint64_t checked_ = 0;
};

}  // namespace scenograph::shacl
