#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sparql/algebra/algebra.hpp"
#include "sparql/exec/builder/profile.hpp"
#include "sparql/exec/context.hpp"
#include "sparql/exec/evaluator.hpp"
#include "sparql/exec/operators/hash_join.hpp"
#include "sparql/exec/operators/path.hpp"
#include "sparql/exec/operators/rows.hpp"
#include "sparql/plan/analysis.hpp"
#include "sparql/plan/join_order.hpp"
#include "sparql/plan/mentions.hpp"

namespace scenograph::sparql {

/// What a filter leaves of the rows, as a share, where nothing is known.
inline constexpr double selectivity_guess = 0.3;

/// The graphs a query is about, already cut down to those its caller may read.
struct Dataset {
  store::GraphSet default_graph = store::GraphSet::all();
  store::GraphSet named = store::GraphSet::named();
};

/// The dataset of the options and the query's clauses (SPARQL 1.1 Query, section 13; Protocol, section 2.1.4).
[[nodiscard]] Dataset dataset_of(const store::View& view, const algebra::Query& query, const QueryOptions& options);

/// Operators for a part of a query, and what is known of their rows.
struct Plan {
  OperatorPtr op;
  std::vector<std::string> columns;  ///< variables, by column
  Names certain;                     ///< those that every row binds
  double rows = 1;                   ///< estimated
  std::string sorted;                ///< the variable that rows come in order of; may be empty
  std::string solution;              ///< a column with another term in each row, for BNODE; empty if there is none
  std::shared_ptr<PlanNode> node;

  /// The variable's column, or -1.
  [[nodiscard]] int column_of(std::string_view name) const;
};

/// What two sides of a join share; the right one's other columns are added.
[[nodiscard]] JoinColumns columns_of(const Plan& left, const Plan& right);

using Bindings = std::map<std::string, store::TermId, std::less<>>;

/// Where a pattern is evaluated: the active graph, and variables that stand for terms (in EXISTS).
struct Scope {
  store::GraphSet graphs = store::GraphSet::all();
  bool distinct_triples = false;
  std::optional<store::TermId> graph;         ///< the one active graph
  std::optional<std::string> graph_variable;  ///< or the variable that ranges over the named graphs
  std::shared_ptr<const Bindings> bound = std::make_shared<Bindings>();
  std::shared_ptr<const Mentions> mentions;  ///< of variables in the whole query
};

/// Rows that a pattern's solutions must be compatible with, known before it is planned.
struct Seed {
  std::vector<std::string> columns;
  std::vector<std::vector<store::TermId>> rows;
};

/// Turns algebra into operators. The query and the builder must outlive the operators: some plan parts of the query
/// only as they run. What planning copies is charged to the budget, which is checked about every millisecond.
class Builder {
 public:
  /// Operators on top of each other at most: each takes a part of the stack.
  static constexpr std::size_t most_levels = 2048;

  Builder(Context& context, Dataset dataset, CyclicJoins cyclic_joins = CyclicJoins::ByCost)
      : context_(context), dataset_(std::move(dataset)), cyclic_joins_(cyclic_joins), charge_(*context.budget) {}

  /// A SELECT's rows: columns are its projection, in order. For the other forms, the solutions of its pattern with all
  /// modifiers, unprojected.
  [[nodiscard]] Plan plan(const algebra::Query& query);

 private:
  using Filters = std::vector<const algebra::Expression*>;
  struct Item;

  /// What planning asks of an expression time and again.
  struct Facts {
    Names variables;
    bool has_exists = false;
    std::size_t nodes = 0;

    /// Whether it may be evaluated where these variables are bound.
    [[nodiscard]] bool is_ready(const Names& certain) const;
  };

  const Facts& facts_of(const algebra::Expression& expression);

  // Patterns (builder.cpp)
  Plan plan_pattern(const algebra::Pattern& pattern, const Scope& scope, Filters filters, const Seed* seed);
  Plan plan_left_join(const algebra::Pattern& pattern, const Scope& scope, Filters filters, const Seed* seed);
  Plan plan_union(const algebra::Pattern& pattern, const Scope& scope, const Filters& filters, const Seed* seed);
  Plan plan_extend(const algebra::Pattern& pattern, const Scope& scope, Filters filters, const Seed* seed);
  const algebra::Expression* with_constant(const algebra::Pattern& extend, const algebra::Expression* filter);
  Plan plan_minus(const algebra::Pattern& pattern, const Scope& scope, const Filters& filters, const Seed* seed);
  Plan plan_graph(const algebra::Pattern& pattern, const Scope& scope, Filters filters, const Seed* seed);
  Plan plan_in_graph(const algebra::Pattern& pattern, const Scope& scope, const Filters& filters, const Seed* seed);
  Plan plan_graphs_one_by_one(const algebra::Pattern& child, const std::string& variable, const Scope& scope);
  Plan plan_values(const algebra::Pattern& pattern, const Scope& scope);
  Plan plan_subquery(const algebra::Pattern& pattern, const Scope& scope);
  Plan plan_seed(const Seed& seed);
  Scope default_scope() const;
  Scope scope_of_graph(store::TermId graph, const Scope& outer) const;

  // SERVICE (build_service.cpp)
  Plan plan_service(const algebra::Pattern& pattern, const Scope& scope, const Filters& filters, const Seed* seed);
  /// The SERVICE as right side of a join with `left`: it is asked about the terms of each batch of it, unless they are
  /// too many.
  RightSide service_side(const Plan& left, Plan& right, const algebra::Pattern& pattern);

  // Groups of patterns and their order (build_group.cpp)
  Plan plan_group(const algebra::Pattern& pattern, const Scope& scope, const Filters& filters, const Seed* seed);
  void collect(const algebra::Pattern& pattern, const Scope& scope, std::vector<Item>& items);
  /// Variables of the items that stand nowhere outside of the group, by the step after which no item has them.
  /// @param fresh  how many fresh names there were before the group was looked at.
  std::vector<Names> last_uses(const algebra::Pattern& pattern, const Filters& filters, const Scope& scope,
                               const std::vector<Item>& items, const JoinOrder& order, std::uint64_t fresh);
  /// The plan without the columns of these variables, but of those that filters look at.
  Plan without(Plan plan, const Names& names, const Filters& filters);
  void add_triple(const algebra::TriplePattern& triple, const Scope& scope, std::vector<Item>& items);
  void add_path(const algebra::Node& subject, const algebra::Path& path, const algebra::Node& object,
                const Scope& scope, std::vector<Item>& items);
  Item make_triple_item(const algebra::TriplePattern& triple, const Scope& scope);
  void add_candidates(const Filters& filters, const Scope& scope, std::vector<Item>& items);
  void estimate(Item& item, const store::QuadId& bound);
  void apply_ranges(Item& item, const Filters& filters);
  void apply_range(Item& item, const std::string& name, std::vector<store::IdSpan> spans);
  std::vector<JoinStar> make_stars(std::vector<Item>& items, const std::map<std::string, std::uint32_t>& numbers);
  /// The variables of a group's items by number, and the stars among the items.
  struct Numbered {
    std::vector<std::string> names;
    std::vector<JoinStar> stars;
  };
  Numbered number_variables(std::vector<Item>& items);
  /// The item's rows by an index, with columns of the names, which are those of the item or fewer.
  Plan plan_scan(const Item& item, const Scope& scope, const std::string& sorted,
                 const std::array<std::string, 4>& names);
  Plan plan_item(Item& item, const Scope& scope, const std::string& sorted);
  /// The rows in the order of a variable's ids, which are not the order of their terms.
  Plan sort_by_id(Plan plan, const std::string& name);
  Plan join_item(Plan left, Item& item, const Scope& scope, double rows);
  /// The item's pattern over columns, to which it adds those of the names that are missing.
  static ScanPattern pattern_of(const Item& item, const Scope& scope, const std::array<std::string, 4>& names,
                                std::vector<std::string>& columns);
  Step step_of(const algebra::Path& path);
  /// The pattern, if it is one triple pattern that is better looked up for each row of `left` than read; what it adds
  /// to the left's columns goes into `columns`.
  std::optional<ScanPattern> looked_up(const algebra::Pattern& pattern, const Plan& left, const Scope& scope,
                                       std::vector<std::string>& columns);

  // Cycles (build_cycle.cpp)
  static std::vector<JoinInput> inputs_of(const std::vector<Item>& items);
  /// Puts one item that joins them all at once in the place of items that form cycles, where that costs less than
  /// joining them one by one, or not much more; changes the order accordingly.
  void join_cycle_at_once(std::vector<Item>& items, const Numbered& numbered, JoinOrder& order, const Scope& scope);
  struct Cycle;
  std::optional<Cycle> cycle_of(const std::vector<Item>& items) const;
  Item plan_cycle(const Cycle& cycle, const std::vector<Item>& items, const Numbered& numbered, const Scope& scope);

  // Joins (joins.cpp)
  Plan join(Plan left, Plan right, double rows);
  Plan join_with(Plan left, Plan right, const algebra::Pattern& pattern, const Scope& scope, double rows);
  Plan left_join(Plan left, Plan right, RightSide side, double rows, const std::vector<algebra::Expression>& conditions,
                 const Scope& scope);
  /// The pattern as right side of a join with `left`, made anew for each batch of it where that saves work.
  RightSide right_side(const Plan& left, Plan& right, const algebra::Pattern& pattern, const Scope& scope);
  Plan apply_filters(Plan plan, const Filters& filters, const Scope& scope);
  bool apply_index_semi_join(Plan& plan, const algebra::Pattern& pattern, const Scope& scope, SemiJoin kind);
  bool apply_exists(Plan& plan, const algebra::Expression& filter, const Scope& scope);
  Plan fixed_columns(Plan plan, const std::vector<std::string>& columns);
  /// Puts a node on top of `inputs`. @throws Error(Code::TooLarge) past a depth that operators can call each other in;
  /// Error(Code::Timeout, Code::Cancelled).
  Plan finish(Plan plan, std::string label, std::vector<std::shared_ptr<PlanNode>> inputs);
  [[noreturn]] static void fail_too_deep();

  // Expressions (compile.cpp)
  EvaluatorPtr compile(const algebra::Expression& expression, const Plan& plan, const Scope& scope);
  EvaluatorPtr compile_node(const algebra::Expression& expression, const Plan& plan, const Scope& scope);
  /// The value of an expression of constants, arithmetic and functions named by IRIs; an error for any other.
  Value constant_value(const algebra::Expression& expression, const Scope& scope);
  Condition condition_of(const algebra::Expression& expression, const Plan& plan, const Scope& scope);
  /// A comparison of a variable with a constant, as a test of ids.
  std::optional<std::pair<std::string, IdTest>> id_test_of(const algebra::Expression& expression);
  EvaluatorPtr compile_exists(const algebra::Expression& expression, const Plan& plan, const Scope& scope);
  bool exists(const algebra::Pattern& pattern, const Scope& scope);

  // Queries (build_query.cpp)
  Plan plan_query(const algebra::Query& query, const Scope& outer);
  Plan plan_aggregates(const algebra::Query& query, Plan plan, const Scope& scope);
  Plan plan_order(const algebra::Query& query, Plan plan, const Scope& scope);
  /// The column that a variable is, or an aggregate of groups planned already; -1 for any other expression.
  int column_of(const algebra::Expression& expression, const Plan& plan) const;
  /// Gives each row a term of its own, unless it has one: the rows are solutions that BNODE is asked about. A join
  /// makes other solutions of them.
  Plan number_solutions(Plan plan);

  // Counts that the index tells without rows (count.cpp)
  /// Of one pattern, or of patterns that share one variable: a column for each aggregate. nullopt if the query asks for
  /// anything else.
  std::optional<Plan> plan_counts(const algebra::Query& query, const Scope& scope);
  std::optional<Plan> plan_known_counts(const algebra::TriplePattern& triple, const Filters& aggregates,
                                        const Scope& scope);
  std::optional<Plan> plan_star_count(const std::vector<algebra::TriplePattern>& triples, const Filters& aggregates,
                                      const Scope& scope);
  std::optional<store::QuadId> bound_of(const algebra::TriplePattern& triple);
  std::optional<store::TermId> known_count(const algebra::Expression& aggregate, const algebra::TriplePattern& triple,
                                           const Scope& scope);
  Plan extend(Plan plan, const std::vector<std::pair<std::string, const algebra::Expression*>>& columns,
              const Scope& scope);

  store::TermId id_of(const rdf::Term& term) { return context_.terms.intern(term); }
  std::string fresh_name() { return "_:." + std::to_string(++names_); }
  /// Whether `fresh_name` made it, when so many others had been made or later.
  static bool is_fresh(const std::string& name, std::uint64_t since);

  Context& context_;
  Dataset dataset_;
  CyclicJoins cyclic_joins_;
  std::uint64_t names_ = 0;
  std::uint64_t compiled_ = 0;         ///< nodes of expressions so far
  std::deque<algebra::Pattern> made_;  ///< patterns that paths were rewritten to; operators refer to them
  std::deque<algebra::TriplePattern> triples_;
  std::deque<algebra::Expression> expressions_;                             ///< filters with constants put in
  std::unordered_map<const algebra::Expression*, std::string> aggregates_;  ///< the columns of those of groups
  std::unordered_map<const algebra::Expression*, Facts> facts_;
  base::Charge charge_;  ///< of copies
};

}  // namespace scenograph::sparql
