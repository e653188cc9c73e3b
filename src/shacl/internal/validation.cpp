#include "shacl/internal/validation.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "shacl/internal/node_runner.hpp"
#include "shacl/internal/reach.hpp"

namespace scenograph::shacl {

using store::TermId;

Validation::Validation(const store::View& view, const Shapes& shapes, const Options& options, Nodes& nodes,
                       base::Budget& budget, Evaluator::Sink sink)
    : shapes_(shapes),
      nodes_(nodes),
      budget_(budget),
      reader_(view, options.graphs, nodes, budget),
      classes_(shapes, nodes, reader_),
      runner_(view, shapes, options, nodes, budget),
      evaluator_(shapes, nodes, reader_, classes_, runner_, budget, std::move(sink)) {}

std::vector<TermId> Validation::focus_nodes(ShapeId shape) {
  std::vector<TermId> all;
  for (const Target& target : shapes_.at(shape).targets) {
    std::vector<TermId> found = nodes_of(target);
    if (all.empty()) {
      all = std::move(found);
    } else {
      all.insert(all.end(), found.begin(), found.end());
    }
  }
  sort_unique(all);
  return all;
}

std::vector<bool> Validation::conform(ShapeId shape, const std::vector<TermId>& nodes) {
  std::vector<bool> conform = evaluator_.failed(shape, nodes);
  conform.flip();
  return conform;
}

Rows Validation::follow(const NodeExpression& expression, std::span<const TermId> from) {
  return NodeRunner(nodes_, reader_, evaluator_, runner_, budget_).run(expression, from);
}

std::uint64_t Validation::check_touched(ShapeId shape, std::span<const store::QuadId> changes) {
  const Reach reach(shapes_, shape);
  if (!reach.is_known()) return changes.empty() ? 0 : check_all(shape, focus_nodes(shape));
  const auto are_focus = [&](const std::vector<TermId>& candidates) { return are_focus_of(shape, candidates); };
  std::uint64_t checked = 0;
  for (const Reach::Touched& each : reach.touched(changes, nodes_, reader_, are_focus)) {
    checked += check_all(each.shape, each.nodes);
  }
  return checked;
}

std::uint64_t Validation::check_all(ShapeId shape, std::span<const TermId> focus) {
  for (std::size_t start = 0; start < focus.size(); start += block_nodes) {
    const auto block = focus.subspan(start, std::min(block_nodes, focus.size() - start));
    check(shape, {block.begin(), block.end()});
  }
  return focus.size();
}

std::vector<TermId> Validation::nodes_of(const Target& target) {
  switch (target.kind) {
    case TargetKind::Node:
      return {nodes_.id(target.term)};
    case TargetKind::Class:
      return classes_.instances(target.term);
    case TargetKind::SubjectsOf:
      return reader_.ends(target.term, false);
    case TargetKind::ObjectsOf:
      return reader_.ends(target.term, true);
    case TargetKind::Sparql:
      break;
  }
  std::vector<TermId> found;
  runner_.select(*target.rule, {}, 1, [&](std::size_t, const RuleRunner::Solution& solution) {
    if (const auto node = solution["this"]) found.push_back(nodes_.id(*node));
  });
  return found;
}

std::vector<bool> Validation::are_focus_of(ShapeId shape, const std::vector<TermId>& candidates) {
  std::vector<bool> are_focus(candidates.size());
  for (const Target& target : shapes_.at(shape).targets) {
    const std::vector<bool> found = are_of(target, candidates);
    for (std::size_t i = 0; i < found.size(); ++i) are_focus[i] = are_focus[i] || found[i];
  }
  return are_focus;
}

std::vector<bool> Validation::are_of(const Target& target, const std::vector<TermId>& candidates) {
  if (target.kind == TargetKind::Class) return classes_.are_instances(candidates, target.term);
  std::vector<bool> found(candidates.size());
  if (target.kind == TargetKind::Node) {
    const TermId id = nodes_.id(target.term);
    for (std::size_t i = 0; i < found.size(); ++i) found[i] = candidates[i] == id;
    return found;
  }
  const Path predicate{Path::Kind::Predicate, target.term, {}};
  const bool inverse = target.kind == TargetKind::ObjectsOf;
  const Rows rows = reader_.follow(inverse ? Path{Path::Kind::Inverse, {}, {predicate}} : predicate, candidates);
  for (std::size_t i = 0; i < found.size(); ++i) found[i] = !rows.of(i).empty();
  return found;
}

}  // namespace scenograph::shacl
