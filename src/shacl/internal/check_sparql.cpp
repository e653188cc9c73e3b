// Constraints that a query of the shapes graph checks: SHACL, sections 5 and 6.

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "shacl/internal/evaluator.hpp"
#include "shacl/internal/message_text.hpp"

namespace scenograph::shacl {

using store::TermId;

namespace {

bool is_failure(const RuleRunner::Solution& solution) {
  const auto term = solution["failure"];
  return term && term->datatype == rdf::xsd::boolean && (term->value == "true" || term->value == "1");
}

}  // namespace

void Evaluator::check_sparql(Task& task) {
  if (task.constraint.rule->is_ask()) return check_ask(task);
  check_select(task);
}

/// Each solution is a result (SHACL, section 5.3.2).
void Evaluator::check_select(Task& task) {
  const SparqlRule& rule = *task.constraint.rule;
  const Shape& shape = shapes_->at(task.shape);
  const auto& nodes = task.column.nodes;
  const std::vector<TermId> starts = task.column.repeats ? without_repeats(nodes) : nodes;
  runner_->select(rule, starts, starts.size(), [&](std::size_t at, const RuleRunner::Solution& solution) {
    if (is_failure(solution)) {
      throw base::Error(base::Code::BadData, fmt::format("{} says that it failed (?failure) at {}", rule.label,
                                                         rdf::to_ntriples(nodes_->term(starts[at]))));
    }
    Finding finding{task.shape, &task.constraint, starts[at], {}, {}, {}};
    const auto value = solution["value"];
    if (value) finding.value = nodes_->id(*value);
    if (!value && !shape.is_property()) finding.value = starts[at];
    if (const auto path = solution["path"]; path && path->is_iri()) finding.path = nodes_->id(*path);
    if (task.report) describe(finding, &solution);
    const auto [first, last] = std::equal_range(nodes.begin(), nodes.end(), starts[at]);
    for (auto row = first; row != last; ++row) {
      task.failed[static_cast<std::size_t>(row - nodes.begin())] = true;
      if (task.report) sink_(finding);
    }
  });
}

/// A value conforms if the query is true for it (SHACL, section 6.3).
void Evaluator::check_ask(Task& task) {
  const SparqlRule& rule = *task.constraint.rule;
  std::vector<std::pair<TermId, TermId>> pairs;  // focus node and value, as far as the query looks at them
  const bool by_focus = std::find(rule.columns.begin(), rule.columns.end(), "this") != rule.columns.end();
  const bool by_value = std::find(rule.columns.begin(), rule.columns.end(), "value") != rule.columns.end();
  const auto pair_of = [&](std::size_t row, TermId value) {
    return std::pair(by_focus ? task.column.nodes[row] : TermId(), by_value ? value : TermId());
  };
  for (std::size_t row = 0; row < task.values.rows.size(); ++row) {
    for (const TermId value : task.values.rows.of(row)) pairs.push_back(pair_of(row, value));
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  std::vector<TermId> cells;
  for (const auto& [focus, value] : pairs) {
    if (by_focus) cells.push_back(focus);
    if (by_value) cells.push_back(value);
  }
  base::Charge charge(*budget_);
  charge.set(pairs.size() * sizeof(pairs.front()) + cells.size() * sizeof(TermId));
  const auto answers = runner_->ask(rule, cells, pairs.size());
  for (std::size_t row = 0; row < task.values.rows.size(); ++row) {
    for (const TermId value : task.values.rows.of(row)) {
      const auto at = std::lower_bound(pairs.begin(), pairs.end(), pair_of(row, value)) - pairs.begin();
      if (answers[static_cast<std::size_t>(at)]) continue;
      task.failed[row] = true;
      if (!task.report) continue;
      Finding finding{task.shape, &task.constraint, task.column.nodes[row], value, {}, {}};
      describe(finding, nullptr);
      sink_(finding);
    }
  }
}

/// @param solution  null of an Ask.
void Evaluator::describe(Finding& finding, const RuleRunner::Solution* solution) const {
  finding.messages = messages_for(finding, solution);
  finding.annotations = annotations_for(finding, solution);
}

std::vector<Annotation> Evaluator::annotations_for(const Finding& finding, const RuleRunner::Solution* solution) const {
  std::vector<Annotation> found;
  for (const AnnotationRule& rule : finding.constraint->rule->annotations) {
    std::optional<rdf::Term> bound;
    if (solution != nullptr) {
      bound = (*solution)[rule.variable];
    } else if (rule.variable == "this" || rule.variable == "value") {
      bound = nodes_->term(rule.variable == "this" ? finding.focus : finding.value);
    }
    if (bound) {
      found.push_back({rule.property, *std::move(bound)});
    } else {
      for (const rdf::Term& value : rule.defaults) found.push_back({rule.property, value});
    }
  }
  return found;
}

/// The messages of a result, where they tell of it alone: the one its solution binds, or those of the shapes graph with
/// variables put in (SHACL, section 5.3.2). A shape's own come before all others (section 2.1.5).
std::vector<Message> Evaluator::messages_for(const Finding& finding, const RuleRunner::Solution* solution) const {
  if (solution != nullptr && shapes_->at(finding.shape).messages.empty()) {
    const auto bound = (*solution)["message"];
    if (bound && bound->is_literal()) return {{bound->value, bound->language}};
  }
  bool filled = false;
  const auto words = [&](std::string_view name) -> std::optional<std::string> {
    std::optional<rdf::Term> term;
    if (solution != nullptr && solution->has(name)) {
      term = (*solution)[name];
    } else if (name == "this" || (name == "value" && !finding.value.is_undefined())) {
      term = nodes_->term(name == "this" ? finding.focus : finding.value);
    } else {
      return std::nullopt;
    }
    filled = true;
    return term ? words_of(*term) : std::string();
  };
  auto messages = fill_in(finding.constraint->rule->messages, words);
  return filled ? messages : std::vector<Message>();
}

}  // namespace scenograph::shacl
