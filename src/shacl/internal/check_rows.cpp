// Constraints that look at all values of a focus node together.

#include <algorithm>
#include <map>
#include <set>

#include "shacl/internal/compare.hpp"
#include "shacl/internal/evaluator.hpp"

namespace scenograph::shacl {

using store::TermId;

void Evaluator::check_count(Task& task) {
  const bool is_minimum = task.constraint.component == Component::MinCount;
  for (std::size_t row = 0; row < task.values.rows.size(); ++row) {
    const std::uint64_t count = task.values.rows.of(row).size();
    if (is_minimum ? count < task.constraint.number : count > task.constraint.number) fail(task, row);
  }
}

void Evaluator::check_unique_lang(Task& task) {
  const auto& values = distinct(task.column, task.values).nodes;
  const auto& all = terms(task.column, task.values);
  std::map<std::string_view, int> counts;
  for (std::size_t row = 0; row < task.values.rows.size(); ++row) {
    const auto own = task.values.rows.of(row);
    if (own.size() < 2) continue;
    counts.clear();
    for (const TermId value : own) {
      const auto place = std::lower_bound(values.begin(), values.end(), value) - values.begin();
      const auto& language = all[static_cast<std::size_t>(place)].language;
      if (!language.empty() && ++counts[language] == 2) fail(task, row);
    }
  }
}

void Evaluator::check_pair(Task& task) {
  const Rows others = follow(Path{Path::Kind::Predicate, task.constraint.terms.front(), {}}, task.column);
  const auto component = task.constraint.component;
  if (component == Component::LessThan || component == Component::LessThanOrEquals) {
    return check_less_than(task, others);
  }
  for (std::size_t row = 0; row < others.size(); ++row) {
    const auto mine = task.values.rows.of(row);
    const auto theirs = others.of(row);
    std::vector<TermId> wrong;
    if (component == Component::Disjoint) {
      std::set_intersection(mine.begin(), mine.end(), theirs.begin(), theirs.end(), std::back_inserter(wrong));
    } else {
      std::set_symmetric_difference(mine.begin(), mine.end(), theirs.begin(), theirs.end(), std::back_inserter(wrong));
    }
    for (const TermId value : wrong) fail(task, row, value);
  }
}

void Evaluator::check_less_than(Task& task, const Rows& others) {
  const bool or_equal = task.constraint.component == Component::LessThanOrEquals;
  std::vector<TermId> nodes = others.nodes;
  nodes.insert(nodes.end(), task.values.rows.nodes.begin(), task.values.rows.nodes.end());
  sort_unique(nodes);
  std::vector<std::optional<OrderedValue>> values;
  values.reserve(nodes.size());
  for (const auto& term : nodes_->terms(nodes)) values.push_back(OrderedValue::of(term));
  const auto value_of = [&](TermId id) -> const std::optional<OrderedValue>& {
    return values[static_cast<std::size_t>(std::lower_bound(nodes.begin(), nodes.end(), id) - nodes.begin())];
  };
  for (std::size_t row = 0; row < others.size(); ++row) {
    for (const TermId mine : task.values.rows.of(row)) {
      for (const TermId other : others.of(row)) {
        const auto& a = value_of(mine);
        const auto& b = value_of(other);
        const auto order = a && b ? *a <=> *b : std::partial_ordering::unordered;
        if (!(order < 0 || (or_equal && order == 0))) fail(task, row, mine);
      }
    }
  }
}

void Evaluator::check_closed(Task& task) {
  std::vector<TermId> permitted;
  for (const auto& term : task.constraint.terms) permitted.push_back(nodes_->id(term));
  sort_unique(permitted);
  for (std::size_t row = 0; row < task.values.rows.size(); ++row) {
    for (const TermId value : task.values.rows.of(row)) {
      reader_->each_triple(value, [&](TermId predicate, TermId object) {
        if (!std::binary_search(permitted.begin(), permitted.end(), predicate)) fail(task, row, object, predicate);
      });
    }
  }
}

void Evaluator::check_has_value(Task& task) {
  const TermId wanted = nodes_->id(task.constraint.terms.front());
  for (std::size_t row = 0; row < task.values.rows.size(); ++row) {
    const auto own = task.values.rows.of(row);
    if (!std::binary_search(own.begin(), own.end(), wanted)) fail(task, row);
  }
}

}  // namespace scenograph::shacl
