#include "shacl/internal/rule_runner.hpp"

#include <algorithm>
#include <utility>

#include "rdf/vocab.hpp"
#include "shacl/internal/prebinding.hpp"
#include "shacl/internal/unowned.hpp"
#include "shacl/internal/walk.hpp"
#include "sparql/exec/run_algebra.hpp"

namespace scenograph::shacl {

using sparql::algebra::Query;
using store::TermId;

namespace {

constexpr std::size_t rows_at_once = 65'536;

std::size_t bytes_of(const TermRows& rows) {
  std::size_t bytes = 0;
  for (const auto& row : rows) {
    bytes += sizeof(row) + sizeof(rdf::Term);
    for (const auto& term : row) bytes += sizeof(term) + term.value.size();
  }
  return bytes;
}

/// How often the table of rows stands in a query.
std::size_t tables_in(const Query& query) {
  std::size_t count = 0;
  Visitor visitor;
  visitor.pattern = [&count](const sparql::algebra::Pattern& pattern) {
    count += pattern.kind == sparql::algebra::PatternKind::Values ? 1 : 0;
  };
  walk(query, visitor);
  return count;
}

}  // namespace

std::optional<rdf::Term> RuleRunner::Solution::operator[](std::string_view name) const {
  const auto& names = result_.variables();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  const auto term = batch_.at(static_cast<std::size_t>(found - names.begin()), at_);
  if (!term) return std::nullopt;
  return rdf::to_term(*term);
}

bool RuleRunner::Solution::has(std::string_view name) const {
  const auto& names = result_.variables();
  return std::find(names.begin(), names.end(), name) != names.end();
}

RuleRunner::RuleRunner(const store::View& view, const Shapes& shapes, const Options& options, Nodes& nodes,
                       base::Budget& budget)
    : data_(unowned(view)),
      options_(&options),
      nodes_(&nodes),
      budget_(unowned(budget)),
      functions_(std::make_shared<FunctionCaller>(view, shapes, options, budget)),
      has_functions_(!shapes.functions.empty()),
      values_charge_(budget) {
  if (!shapes.graph.empty()) with_shapes_ = std::make_shared<ShapesView>(view, shapes.graph);
}

std::unique_ptr<sparql::QueryResult> RuleRunner::run(const SparqlRule& rule, Query query) {
  sparql::QueryOptions options;
  options.readable = options_->graphs;
  if (has_functions_) options.functions = functions_;
  std::shared_ptr<const store::View> view = data_;
  if (rule.reads_shapes_graph) {
    view = with_shapes_;
    if (options.readable.is_listed()) {
      std::vector<TermId> graphs = options.readable.graphs();
      graphs.push_back(with_shapes_->graph());
      options.readable = store::GraphSet::of(std::move(graphs));
    }
  }
  return sparql::run_algebra(std::move(view), std::move(query), options, budget_);
}

TermRows RuleRunner::terms_of(const SparqlRule& rule, std::span<const TermId> cells) const {
  const std::size_t width = rule.columns.size();
  std::vector<rdf::Term> terms = nodes_->terms(cells);
  TermRows rows(cells.size() / width);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto first = terms.begin() + static_cast<std::ptrdiff_t>(i * width);
    rows[i].assign(std::make_move_iterator(first), std::make_move_iterator(first + static_cast<std::ptrdiff_t>(width)));
  }
  return rows;
}

Query RuleRunner::with_row(const SparqlRule& rule, const std::vector<rdf::Term>& row) {
  Bindings bindings;
  for (std::size_t i = 0; i < rule.columns.size(); ++i) bindings.emplace(rule.columns[i], row[i]);
  Query query = rule.query;
  put_in(query, bindings);
  return query;
}

void RuleRunner::select_at_once(const SparqlRule& rule, const TermRows& rows, std::size_t first, const Sink& sink) {
  Query query = with_table(rule.query, rule.columns, rows);
  base::Charge charge(*budget_);
  charge.set(bytes_of(rows) * tables_in(query));
  const auto result = run(rule, std::move(query));
  for (sparql::SolutionBatch batch; result->next(batch);) {
    const std::size_t numbers = batch.columns.size() - 1;
    for (std::size_t i = 0; i < batch.size; ++i) {
      const auto number = batch.at(numbers, i);
      sink(first + std::stoul(std::string(number->value)), Solution(*result, batch, i));
    }
  }
}

template <typename AtOnce, typename One>
void RuleRunner::each_run(const SparqlRule& rule, std::span<const TermId> cells, std::size_t rows,
                          const AtOnce& at_once, const One& one) const {
  const std::size_t width = rule.columns.size();
  for (std::size_t first = 0; first < rows; first += rows_at_once) {
    const std::size_t size = std::min(rows_at_once, rows - first);
    const TermRows terms = terms_of(rule, cells.subspan(first * width, size * width));
    base::Charge charge(*budget_);
    charge.set(bytes_of(terms));
    if (!rule.obstacle && !options_->node_by_node) {
      at_once(first, terms);
      continue;
    }
    for (std::size_t i = 0; i < size; ++i) one(first + i, with_row(rule, terms[i]));
  }
}

void RuleRunner::select(const SparqlRule& rule, std::span<const TermId> cells, std::size_t rows, const Sink& sink) {
  if (rule.columns.empty()) {
    const auto result = run(rule, rule.query);
    for (sparql::SolutionBatch batch; result->next(batch);) {
      for (std::size_t i = 0; i < batch.size * rows; ++i) sink(i % rows, Solution(*result, batch, i / rows));
    }
    return;
  }
  each_run(
      rule, cells, rows, [&](std::size_t first, const TermRows& terms) { select_at_once(rule, terms, first, sink); },
      [&](std::size_t row, Query query) {
        const auto result = run(rule, std::move(query));
        for (sparql::SolutionBatch batch; result->next(batch);) {
          for (std::size_t i = 0; i < batch.size; ++i) sink(row, Solution(*result, batch, i));
        }
      });
}

std::vector<bool> RuleRunner::ask(const SparqlRule& rule, std::span<const TermId> cells, std::size_t rows) {
  if (rule.columns.empty()) return std::vector<bool>(rows, run(rule, rule.query)->boolean());
  std::vector<bool> answers(rows);
  each_run(
      rule, cells, rows,
      [&](std::size_t first, const TermRows& terms) {
        select_at_once(rule, terms, first, [&](std::size_t row, const Solution&) { answers[row] = true; });
      },
      [&](std::size_t row, Query query) { answers[row] = run(rule, std::move(query))->boolean(); });
  return answers;
}

std::vector<TermId> RuleRunner::call(const SparqlFunction& function, std::span<const TermId> cells, std::size_t rows) {
  const bool all_are_given = std::none_of(cells.begin(), cells.end(), [](TermId cell) { return cell.is_undefined(); });
  const bool one_by_one = function.body.obstacle || function.is_ordered() || function.varies || options_->node_by_node;
  if (all_are_given && !one_by_one) return call_at_once(function, cells, rows);
  const std::size_t width = function.parameters.size();
  std::vector<TermId> values(rows);
  std::vector<sparql::CustomFunctions::Argument> arguments(width);
  for (std::size_t row = 0; row < rows; ++row) {
    budget_->check();
    for (std::size_t i = 0; i < width; ++i) {
      const TermId cell = cells[row * width + i];
      arguments[i] = cell.is_undefined() ? std::nullopt : std::optional(nodes_->term(cell));
    }
    if (const auto value = functions_->call(function, arguments))
      values[row] = nodes_->id_of_value(*value, values_charge_);
  }
  return values;
}

/// As of calls one by one, the value is the least of several.
std::vector<TermId> RuleRunner::call_at_once(const SparqlFunction& function, std::span<const TermId> cells,
                                             std::size_t rows) {
  const std::size_t width = function.parameters.size();
  std::vector<TermId> looked_at;  // of the arguments
  for (std::size_t row = 0; row < rows; ++row) {
    for (const std::string& name : function.body.columns) {
      const auto parameter = std::find_if(function.parameters.begin(), function.parameters.end(),
                                          [&name](const auto& each) { return each.name == name; });
      looked_at.push_back(cells[row * width + static_cast<std::size_t>(parameter - function.parameters.begin())]);
    }
  }
  std::vector<TermId> values;
  if (function.body.is_ask()) {
    for (const bool answer : ask(function.body, looked_at, rows)) {
      values.push_back(nodes_->id(rdf::Term::literal(answer ? "true" : "false", rdf::xsd::boolean)));
    }
    return values;
  }
  std::vector<std::optional<rdf::Term>> least(rows);
  const std::string& name = function.body.query.projection.front().name;
  select(function.body, looked_at, rows, [&](std::size_t row, const Solution& solution) {
    auto term = solution[name];
    if (term && (!least[row] || *term < *least[row])) least[row] = std::move(term);
  });
  for (const auto& term : least) values.push_back(term ? nodes_->id_of_value(*term, values_charge_) : TermId());
  return values;
}

}  // namespace scenograph::shacl
