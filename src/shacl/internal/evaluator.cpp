#include "shacl/internal/evaluator.hpp"

#include <algorithm>
#include <utility>

namespace scenograph::shacl {

using store::TermId;

namespace {

std::size_t position(const std::vector<TermId>& sorted, TermId id) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), id) - sorted.begin());
}

}  // namespace

std::vector<TermId> without_repeats(const std::vector<TermId>& sorted) {
  std::vector<TermId> unique_nodes;
  unique_nodes.reserve(sorted.size());
  std::unique_copy(sorted.begin(), sorted.end(), std::back_inserter(unique_nodes));
  return unique_nodes;
}

Evaluator::Evaluator(const Shapes& shapes, Nodes& nodes, PathReader& reader, Classes& classes, RuleRunner& runner,
                     base::Budget& budget, Sink sink)
    : shapes_(&shapes),
      nodes_(&nodes),
      reader_(&reader),
      classes_(&classes),
      runner_(&runner),
      budget_(&budget),
      sink_(std::move(sink)) {}

void Evaluator::validate(ShapeId shape, std::vector<TermId> nodes) {
  Column column = make_column(std::move(nodes));
  static_cast<void>(failed(shape, column, true));
}

std::vector<bool> Evaluator::failed(ShapeId shape, std::vector<TermId> nodes) {
  Column column = make_column(std::move(nodes));
  return failed(shape, column, false);
}

Evaluator::Flags Evaluator::failed(ShapeId id, Column& column, bool report) {
  Flags rows(column.nodes.size());
  const Shape& shape = shapes_->at(id);
  if (shape.deactivated || column.nodes.empty()) return rows;
  for (const auto& constraint : shape.constraints) {
    budget_->check();
    Task task{id, constraint, column, values_of(shape, column), rows, report};
    check(task);
  }
  return rows;
}

void Evaluator::check(Task& task) {
  if (const auto bad = bad_values(task)) {
    if (std::find(bad->begin(), bad->end(), true) == bad->end()) return;
    const auto& values = distinct(task.column, task.values).nodes;
    for (std::size_t row = 0; row < task.values.rows.size(); ++row) {
      for (const TermId value : task.values.rows.of(row)) {
        if ((*bad)[position(values, value)]) fail(task, row, value);
      }
    }
    return;
  }
  switch (task.constraint.component) {
    case Component::MinCount:
    case Component::MaxCount:
      return check_count(task);
    case Component::UniqueLang:
      return check_unique_lang(task);
    case Component::Equals:
    case Component::Disjoint:
    case Component::LessThan:
    case Component::LessThanOrEquals:
      return check_pair(task);
    case Component::Property:
      return check_property(task);
    case Component::QualifiedMinCount:
    case Component::QualifiedMaxCount:
      return check_qualified(task);
    case Component::Closed:
      return check_closed(task);
    case Component::Sparql:
    case Component::Custom:
      return check_sparql(task);
    default:
      return check_has_value(task);
  }
}

void Evaluator::fail(Task& task, std::size_t row, TermId value, TermId path) {
  task.failed[row] = true;
  if (task.report) sink_({task.shape, &task.constraint, task.column.nodes[row], value, path, {}});
}

Column Evaluator::make_column(std::vector<TermId> nodes) const {
  Column column;
  column.repeats = std::adjacent_find(nodes.begin(), nodes.end()) != nodes.end();
  column.nodes = std::move(nodes);
  return column;
}

Values& Evaluator::values_of(const Shape& shape, Column& column) {
  if (!shape.is_property()) {
    if (!column.itself) {
      column.itself = std::make_unique<Values>();
      column.itself->rows.nodes = column.nodes;
      for (std::uint32_t i = 1; i <= column.nodes.size(); ++i) column.itself->rows.offsets.push_back(i);
    }
    return *column.itself;
  }
  auto& values = column.values[shape.path_id];
  if (!values) {
    values = std::make_unique<Values>();
    values->rows = follow(shape.path.front(), column);
    values->charge.emplace(*budget_);
    values->charge->set(values->rows.nodes.size() * sizeof(TermId) + values->rows.offsets.size() * 4);
  }
  return *values;
}

Rows Evaluator::follow(const Path& path, const Column& column) {
  if (!column.repeats) return reader_->follow(path, column.nodes);
  const auto starts = without_repeats(column.nodes);
  const Rows once = reader_->follow(path, starts);
  Rows rows;
  for (const TermId node : column.nodes) {
    const auto reached = once.of(position(starts, node));
    rows.nodes.insert(rows.nodes.end(), reached.begin(), reached.end());
    rows.end_row();
  }
  return rows;
}

Column& Evaluator::distinct(Column& column, Values& values) {
  if (&values == column.itself.get() && !column.repeats) return column;
  if (!values.distinct_nodes) {
    std::vector<TermId> nodes = values.rows.nodes;
    sort_unique(nodes);
    values.distinct_nodes = std::make_unique<Column>();
    values.distinct_nodes->nodes = std::move(nodes);
  }
  return *values.distinct_nodes;
}

const std::vector<rdf::Term>& Evaluator::terms(Column& column, Values& values) {
  if (!values.terms) {
    values.terms = nodes_->terms(distinct(column, values).nodes);
    if (!values.charge) values.charge.emplace(*budget_);
    for (const auto& term : *values.terms) values.charge->add(sizeof(term) + term.value.size());
  }
  return *values.terms;
}

void Evaluator::check_property(Task& task) {
  const ShapeId nested = task.constraint.shapes.front();
  if (&task.values == task.column.itself.get()) {
    const Flags rows = failed(nested, task.column, task.report);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (rows[row]) task.failed[row] = true;
    }
    return;
  }
  std::vector<std::pair<TermId, std::size_t>> reached;  // value node, row
  for (std::size_t row = 0; row < task.values.rows.size(); ++row) {
    for (const TermId value : task.values.rows.of(row)) reached.emplace_back(value, row);
  }
  std::sort(reached.begin(), reached.end());
  std::vector<TermId> nodes;
  nodes.reserve(reached.size());
  for (const auto& [value, row] : reached) nodes.push_back(value);
  Column column = make_column(std::move(nodes));
  const Flags rows = failed(nested, column, task.report);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i]) task.failed[reached[i].second] = true;
  }
}

// Value nodes that conform to the qualified shape and to none of its siblings (SHACL, section 4.7.3).
void Evaluator::check_qualified(Task& task) {
  Column& values = distinct(task.column, task.values);
  const auto& shapes = task.constraint.shapes;
  Flags counts = failed(shapes.front(), values, false);
  counts.flip();
  for (std::size_t i = 1; i < shapes.size(); ++i) {
    const Flags sibling = failed(shapes[i], values, false);
    for (std::size_t k = 0; k < counts.size(); ++k) counts[k] = counts[k] && sibling[k];
  }
  const bool is_minimum = task.constraint.component == Component::QualifiedMinCount;
  for (std::size_t row = 0; row < task.values.rows.size(); ++row) {
    const auto own = task.values.rows.of(row);
    const auto count = static_cast<std::uint64_t>(
        std::count_if(own.begin(), own.end(), [&](TermId value) { return counts[position(values.nodes, value)]; }));
    if (is_minimum ? count < task.constraint.number : count > task.constraint.number) fail(task, row);
  }
}

}  // namespace scenograph::shacl
