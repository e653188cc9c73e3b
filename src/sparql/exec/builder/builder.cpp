#include "sparql/exec/builder/builder.hpp"

#include <algorithm>
#include <utility>

#include "sparql/exec/operators/deferred.hpp"
#include "sparql/exec/operators/index_join.hpp"
#include "sparql/exec/operators/rows.hpp"

namespace scenograph::sparql {

using algebra::Pattern;
using algebra::PatternKind;
using store::GraphSet;
using store::TermId;

namespace {

GraphSet graphs_named(const store::View& view, const std::vector<std::string>& names, const GraphSet& readable) {
  std::vector<TermId> graphs;
  for (const std::string& name : names) {
    if (const auto id = view.find(rdf::Term::iri(name))) graphs.push_back(*id);
  }
  return intersection(GraphSet::of(std::move(graphs)), readable);
}

/// Whether all quads are in the default graph, so that no triple can be there twice.
bool is_one_graph(const store::View& view) { return view.count({}) == view.count({{}, {}, {}, store::default_graph}); }

/// Whether GRAPH ?g over the pattern is the same as each of its quads binding ?g.
bool binds_graph_everywhere(const Pattern& pattern, const std::string& variable) {
  const auto is_variable = [&](const algebra::Node& node) {
    const auto* found = std::get_if<algebra::Variable>(&node);
    return found != nullptr && found->name == variable;
  };
  const auto is_plain = [&](const algebra::TriplePattern& triple) {
    const auto* predicate = std::get_if<algebra::Node>(&triple.predicate);
    return predicate != nullptr && !is_variable(triple.subject) && !is_variable(*predicate) &&
           !is_variable(triple.object);
  };
  const auto inside = [&](const Pattern& child) { return binds_graph_everywhere(child, variable); };
  switch (pattern.kind) {
    case PatternKind::Bgp:
      return !pattern.triples.empty() && std::all_of(pattern.triples.begin(), pattern.triples.end(), is_plain);
    case PatternKind::Filter:
    case PatternKind::LeftJoin:
    case PatternKind::Join:
    case PatternKind::Union:
      break;
    default:
      return false;
  }
  for (const auto& condition : pattern.conditions) {
    Names used;
    add_variables(condition, used);
    if (has_exists(condition) || used.contains(variable)) return false;
  }
  return !pattern.children.empty() && std::all_of(pattern.children.begin(), pattern.children.end(), inside);
}

}  // namespace

Dataset dataset_of(const store::View& view, const algebra::Query& query, const QueryOptions& options) {
  const bool protocol = !options.default_graphs.empty() || !options.named_graphs.empty();
  const auto& from = protocol ? options.default_graphs : query.from;
  const auto& from_named = protocol ? options.named_graphs : query.from_named;
  Dataset dataset;
  if (!from.empty() || !from_named.empty()) {
    dataset.default_graph = graphs_named(view, from, options.readable);
    dataset.named = graphs_named(view, from_named, options.readable);
    return dataset;
  }
  dataset.named = intersection(GraphSet::named(), options.readable);
  if (query.with) {
    dataset.default_graph = graphs_named(view, {*query.with}, options.readable);
    return dataset;
  }
  dataset.default_graph = options.union_default_graph
                              ? options.readable
                              : intersection(GraphSet::of({store::default_graph}), options.readable);
  return dataset;
}

Scope Builder::default_scope() const {
  Scope scope;
  scope.graphs = dataset_.default_graph;
  const bool one = scope.graphs.is_listed() && scope.graphs.graphs().size() == 1;
  if (one) scope.graph = scope.graphs.graphs().front();
  scope.distinct_triples = !one && !is_one_graph(*context_.view);
  return scope;
}

Scope Builder::scope_of_graph(TermId graph, const Scope& outer) const {
  Scope scope = outer;
  scope.graph_variable.reset();
  scope.distinct_triples = false;
  const bool readable = graph.kind() != store::IdKind::Local && dataset_.named.contains(graph);
  // A graph that a clause names may be empty; else a graph without quads is none.
  const bool is_there = readable && (dataset_.named.is_listed() || context_.view->count({{}, {}, {}, graph}) > 0);
  scope.graphs = is_there ? GraphSet::of({graph}) : GraphSet::of({});
  scope.graph = graph;
  return scope;
}

bool Builder::Facts::is_ready(const Names& certain) const {
  return !has_exists && variables.size() <= certain.size() &&
         std::includes(certain.begin(), certain.end(), variables.begin(), variables.end());
}

const Builder::Facts& Builder::facts_of(const algebra::Expression& expression) {
  const auto [at, is_new] = facts_.try_emplace(&expression);
  if (is_new) {
    context_.budget->check();
    add_variables(expression, at->second.variables);
    at->second.has_exists = has_exists(expression);
    at->second.nodes = count_nodes(expression);
  }
  return at->second;
}

Plan Builder::plan_pattern(const Pattern& pattern, const Scope& scope, Filters filters, const Seed* seed) {
  context_.budget->check();
  switch (pattern.kind) {
    case PatternKind::Bgp:
    case PatternKind::Join:
      return plan_group(pattern, scope, filters, seed);
    case PatternKind::Filter:
      for (const auto& condition : pattern.conditions) add_conjuncts(condition, filters);
      return plan_pattern(pattern.children[0], scope, std::move(filters), seed);
    case PatternKind::LeftJoin:
      return plan_left_join(pattern, scope, std::move(filters), seed);
    case PatternKind::Union:
      return plan_union(pattern, scope, filters, seed);
    case PatternKind::Extend:
      return plan_extend(pattern, scope, std::move(filters), seed);
    case PatternKind::Minus:
      return plan_minus(pattern, scope, filters, seed);
    case PatternKind::Graph:
      return plan_graph(pattern, scope, std::move(filters), seed);
    case PatternKind::Service:
      return plan_service(pattern, scope, filters, seed);
    default:
      break;
  }
  Plan plan = pattern.kind == PatternKind::Values ? plan_values(pattern, scope) : plan_subquery(pattern, scope);
  if (seed != nullptr) {
    const double rows = plan.rows;
    plan = join(plan_seed(*seed), std::move(plan), rows);
  }
  return apply_filters(std::move(plan), filters, scope);
}

Plan Builder::plan_left_join(const Pattern& pattern, const Scope& scope, Filters filters, const Seed* seed) {
  const Names certain = certain_variables(pattern.children[0]);
  const auto is_of_left = [&](const algebra::Expression* filter) { return facts_of(*filter).is_ready(certain); };
  Filters of_left;
  std::copy_if(filters.begin(), filters.end(), std::back_inserter(of_left), is_of_left);
  std::erase_if(filters, is_of_left);
  Plan left = plan_pattern(pattern.children[0], scope, std::move(of_left), seed);
  const Pattern& optional = pattern.children[1];
  std::vector<std::string> columns;
  if (const auto found = looked_up(optional, left, scope, columns); found && pattern.conditions.empty()) {
    const std::size_t left_width = std::exchange(left.columns, columns).size();
    left.op = make_index_join(context_, std::move(left.op), left_width, *found, columns.size(), true);
    if (!possible_variables(optional).contains(left.sorted)) left.sorted.clear();
    left.solution.clear();
    const auto node = left.node;
    return apply_filters(finish(std::move(left), "IndexLeftJoin", {node}), filters, scope);
  }
  Plan right = plan_pattern(optional, scope, {}, nullptr);
  RightSide side = optional.kind == PatternKind::Service ? service_side(left, right, optional)
                                                         : right_side(left, right, optional, scope);
  const double rows = left.rows;
  Plan plan = left_join(std::move(left), std::move(right), std::move(side), rows, pattern.conditions, scope);
  return apply_filters(std::move(plan), filters, scope);
}

Plan Builder::plan_union(const Pattern& pattern, const Scope& scope, const Filters& filters, const Seed* seed) {
  std::vector<Plan> plans;
  Plan plan;
  plan.rows = 0;
  for (const Pattern& child : pattern.children) {
    Plan one = plan_pattern(child, scope, filters, seed);
    for (const std::string& name : one.columns) {
      context_.tick();
      if (plan.column_of(name) < 0) plan.columns.push_back(name);
    }
    plan.rows += one.rows;
    plans.push_back(std::move(one));
  }
  plan.certain = Names(plan.columns.begin(), plan.columns.end());
  std::vector<OperatorPtr> inputs;
  std::vector<std::shared_ptr<PlanNode>> nodes;
  for (Plan& one : plans) {
    std::erase_if(plan.certain, [&](const std::string& name) { return !one.certain.contains(name); });
    nodes.push_back(one.node);
    inputs.push_back(fixed_columns(std::move(one), plan.columns).op);
  }
  plan.op = make_union(std::move(inputs));
  return finish(std::move(plan), "Union", std::move(nodes));
}

/// The filter, if it is short, with a constant in the place of the variable that the pattern binds to it.
const algebra::Expression* Builder::with_constant(const Pattern& extend, const algebra::Expression* filter) {
  using algebra::Expression;
  constexpr std::size_t most_nodes = 100;
  if (extend.expression.kind != algebra::ExpressionKind::Constant) return filter;
  const Facts& facts = facts_of(*filter);
  if (facts.has_exists || facts.nodes > most_nodes || !facts.variables.contains(extend.variable)) return filter;
  charge_.add(facts.nodes * (sizeof(Expression) + extend.expression.term.value.size()));
  const std::function<void(Expression&)> put_in = [&](Expression& part) {
    if (part.kind == algebra::ExpressionKind::Bound) return;
    if (part.kind == algebra::ExpressionKind::Variable && part.name == extend.variable) part = extend.expression;
    for (Expression& operand : part.operands) put_in(operand);
  };
  Expression& made = expressions_.emplace_back(*filter);
  put_in(made);
  return &made;
}

Plan Builder::plan_extend(const Pattern& pattern, const Scope& scope, Filters filters, const Seed* seed) {
  for (const algebra::Expression*& filter : filters) filter = with_constant(pattern, filter);
  const auto goes_below = [&](const algebra::Expression* filter) {
    const Facts& facts = facts_of(*filter);
    return !facts.has_exists && !facts.variables.contains(pattern.variable);
  };
  Filters below;
  std::copy_if(filters.begin(), filters.end(), std::back_inserter(below), goes_below);
  std::erase_if(filters, goes_below);
  // Only seeds that do not speak of the new variable may go below.
  const bool seeds_new =
      seed != nullptr && std::find(seed->columns.begin(), seed->columns.end(), pattern.variable) != seed->columns.end();
  Plan plan = plan_pattern(pattern.children[0], scope, std::move(below), seeds_new ? nullptr : seed);
  plan = extend(std::move(plan), {{pattern.variable, &pattern.expression}}, scope);
  if (const auto known = scope.bound->find(pattern.variable); known != scope.bound->end()) {
    plan.op = make_fix(std::move(plan.op), plan.columns.size() - 1, known->second);
  }
  if (seeds_new) {
    const double rows = plan.rows;
    plan = join(plan_seed(*seed), std::move(plan), rows);
  }
  return apply_filters(std::move(plan), filters, scope);
}

Plan Builder::plan_minus(const Pattern& pattern, const Scope& scope, const Filters& filters, const Seed* seed) {
  Plan plan = plan_pattern(pattern.children[0], scope, filters, seed);
  if (apply_index_semi_join(plan, pattern.children[1], scope, SemiJoin::Minus)) return plan;
  Plan right = plan_pattern(pattern.children[1], scope, {}, nullptr);
  RightSide side = right_side(plan, right, pattern.children[1], scope);
  JoinColumns columns = columns_of(plan, right);
  columns.added.clear();
  if (columns.shared.empty()) return plan;
  const auto node = plan.node;
  plan.op = make_semi_join(context_, std::move(plan.op), std::move(side), std::move(columns), SemiJoin::Minus);
  return finish(std::move(plan), "Minus", {node, right.node});
}

Plan Builder::plan_graph(const Pattern& pattern, const Scope& scope, Filters filters, const Seed* seed) {
  // EXISTS outside of GRAPH asks the graph outside.
  Filters outside;
  std::copy_if(filters.begin(), filters.end(), std::back_inserter(outside),
               [](const algebra::Expression* filter) { return has_exists(*filter); });
  std::erase_if(filters, [](const algebra::Expression* filter) { return has_exists(*filter); });
  return apply_filters(plan_in_graph(pattern, scope, filters, seed), outside, scope);
}

Plan Builder::plan_in_graph(const Pattern& pattern, const Scope& scope, const Filters& filters, const Seed* seed) {
  const Pattern& child = pattern.children[0];
  std::optional<TermId> graph;
  const auto* variable = std::get_if<algebra::Variable>(&pattern.node);
  if (variable == nullptr) {
    graph = id_of(std::get<rdf::Term>(pattern.node));
  } else if (const auto known = scope.bound->find(variable->name); known != scope.bound->end()) {
    graph = known->second;
  }
  if (graph) {
    const Scope inner = scope_of_graph(*graph, scope);
    if (!inner.graphs.graphs().empty()) return plan_pattern(child, inner, filters, seed);
    Plan plan = plan_pattern(child, inner, {}, nullptr);  // for its columns; an unknown graph has no solutions
    plan.op = make_values({}, plan.columns.size());
    plan.rows = 0;
    return finish(std::move(plan), "Nothing", {});
  }
  if (binds_graph_everywhere(child, variable->name)) {
    Scope inner = scope;
    inner.graph.reset();
    inner.graphs = dataset_.named;
    inner.distinct_triples = false;
    inner.graph_variable = variable->name;
    return plan_pattern(child, inner, filters, seed);
  }
  Plan plan = plan_graphs_one_by_one(child, variable->name, scope);
  if (seed != nullptr) {
    const double rows = plan.rows;
    plan = join(plan_seed(*seed), std::move(plan), rows);
  }
  return apply_filters(std::move(plan), filters, scope);
}

Plan Builder::plan_graphs_one_by_one(const Pattern& child, const std::string& variable, const Scope& scope) {
  std::vector<TermId> graphs = context_.view->graphs();
  std::erase_if(graphs, [&](TermId graph) { return graph == store::default_graph || !dataset_.named.contains(graph); });
  Plan plan = plan_pattern(child, scope_of_graph(graphs.empty() ? TermId{} : graphs.front(), scope), {}, nullptr);
  if (plan.column_of(variable) < 0) plan.columns.push_back(variable);
  plan.certain.insert(variable);
  plan.solution.clear();
  plan.rows *= static_cast<double>(std::max<std::size_t>(1, graphs.size()));
  auto node = plan.node;
  const auto column = static_cast<std::size_t>(plan.column_of(variable));
  plan.op = make_deferred(graphs.size(),
                          [this, &child, scope, graphs, column, node, columns = plan.columns](std::size_t number) {
                            Plan one = plan_pattern(child, scope_of_graph(graphs[number], scope), {}, nullptr);
                            node->inputs = {one.node};
                            return make_fix(fixed_columns(std::move(one), columns).op, column, graphs[number]);
                          });
  return finish(std::move(plan), "EachGraph ?" + variable, {node});
}

Plan Builder::plan_values(const Pattern& pattern, const Scope& scope) {
  Plan plan;
  plan.columns = pattern.names;
  plan.certain = certain_variables(pattern);
  std::vector<std::vector<TermId>> rows;
  for (const auto& row : pattern.rows) {
    context_.budget->check();
    auto& ids = rows.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      ids.push_back(row[i] ? id_of(*row[i]) : TermId{});
      const auto known = scope.bound->find(pattern.names[i]);
      if (known == scope.bound->end() || ids.back().is_undefined() || ids.back() == known->second) continue;
      rows.pop_back();
      break;
    }
  }
  plan.rows = static_cast<double>(rows.size());
  plan.op = make_values(std::move(rows), plan.columns.size());
  return finish(std::move(plan), "Values", {});
}

Plan Builder::plan_seed(const Seed& seed) {
  Plan plan;
  plan.columns = seed.columns;
  plan.certain = Names(seed.columns.begin(), seed.columns.end());
  plan.rows = static_cast<double>(seed.rows.size());
  plan.op = make_values(seed.rows, seed.columns.size());
  return finish(std::move(plan), "Known", {});
}

Plan Builder::plan_subquery(const Pattern& pattern, const Scope& scope) {
  // Only what the sub-query projects is the same variable inside and outside.
  Scope inner = scope;
  auto bound = std::make_shared<Bindings>();
  for (const auto& binding : pattern.query->projection) {
    const auto known = scope.bound->find(binding.name);
    if (known != scope.bound->end() && !binding.expression) bound->insert(*known);
  }
  inner.bound = std::move(bound);
  Plan plan = plan_query(*pattern.query, inner);
  for (const auto& [name, term] : *scope.bound) {
    if (const int column = plan.column_of(name); column >= 0) {
      plan.op = make_fix(std::move(plan.op), static_cast<std::size_t>(column), term);
    }
  }
  return plan;
}

}  // namespace scenograph::sparql
