#include "shacl/internal/set_based.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <utility>

#include "rdf/vocab.hpp"
#include "shacl/internal/walk.hpp"
#include "sparql/plan/analysis.hpp"

namespace scenograph::shacl {

using sparql::Names;
using sparql::QueryForm;
using sparql::algebra::Binding;
using sparql::algebra::Expression;
using sparql::algebra::ExpressionKind;
using sparql::algebra::Node;
using sparql::algebra::Pattern;
using sparql::algebra::PatternKind;
using sparql::algebra::Query;
using sparql::algebra::TriplePattern;
using sparql::algebra::Variable;

namespace {

bool has_all(const Names& names, const Names& wanted) {
  return std::includes(names.begin(), names.end(), wanted.begin(), wanted.end());
}

bool is_one_of(const Node& node, const std::vector<std::string>& columns) {
  const auto* variable = std::get_if<Variable>(&node);
  return variable != nullptr && std::find(columns.begin(), columns.end(), variable->name) != columns.end();
}

std::optional<std::string> obstacle_of_modifiers(const Query& query, const std::vector<std::string>& columns) {
  if (query.limit || query.offset > 0) return "LIMIT and OFFSET count the solutions of one focus node";
  if (!query.grouped) return std::nullopt;
  for (const std::string& column : columns) {
    const bool is_key = std::any_of(query.group_by.begin(), query.group_by.end(),
                                    [&](const Binding& key) { return key.name == column && !key.expression; });
    if (!is_key) return fmt::format("it groups, but not by ?{}", column);
  }
  return std::nullopt;
}

std::optional<std::string> obstacle_of_paths(const Pattern& pattern, const std::vector<std::string>& columns) {
  for (const TriplePattern& triple : pattern.triples) {
    if (!sparql::has_empty_path(triple)) continue;
    if (is_one_of(triple.subject, columns) || is_one_of(triple.object, columns)) {
      return "a path that may have no steps leads from or to a pre-bound variable";
    }
  }
  return std::nullopt;
}

class Insertion {
 public:
  Insertion(const std::vector<std::string>& columns, const Pattern& table) : columns_(columns), table_(table) {}

  /// Whether joining the table with the pattern is the same as inserting it everywhere inside. Told once for each
  /// pattern of the query, which outlives this.
  [[nodiscard]] bool is_free(const Pattern& pattern) const {
    const auto known = free_.find(&pattern);
    return known != free_.end() ? known->second : free_.emplace(&pattern, find_free(pattern)).first->second;
  }

  [[nodiscard]] bool find_free(const Pattern& pattern) const {
    if (pattern.kind == PatternKind::SubQuery) return false;
    const auto free = [this](const Pattern& child) { return is_free(child); };
    if (!std::all_of(pattern.children.begin(), pattern.children.end(), free)) return false;
    const auto free_inside = [this](const Expression& expression) { return is_free_inside(expression); };
    if (!std::all_of(pattern.conditions.begin(), pattern.conditions.end(), free_inside)) return false;
    if (!is_free_inside(pattern.expression)) return false;
    const Names looked_at = looked_at_by(pattern);
    return looked_at.empty() || has_all(sparql::certain_variables(pattern.children[0]), looked_at);
  }

  /// The pattern with the table inserted: as if everywhere.
  [[nodiscard]] Pattern insert(const Pattern& pattern) const {
    switch (pattern.kind) {
      case PatternKind::Bgp:
      case PatternKind::Join:
        return insert_into_group(pattern);
      case PatternKind::SubQuery:
        return insert_into_sub_query(pattern);
      case PatternKind::Graph:
        if (is_free(pattern)) return joined(pattern);
        break;
      default:
        break;
    }
    Pattern made = pattern;
    for (std::size_t i = 0; i < made.children.size(); ++i) {
      const bool is_optional = pattern.kind == PatternKind::LeftJoin && i == 1;
      if (!is_optional || !is_free(pattern.children[i])) made.children[i] = insert(pattern.children[i]);
    }
    for (Expression& condition : made.conditions) insert_inside(condition);
    insert_inside(made.expression);
    return made;
  }

  /// The query with the table inserted, so that it projects the row.
  [[nodiscard]] Query insert(const Query& original) const {
    Query query = original;
    query.pattern = insert(original.pattern);
    if (query.grouped) query.group_by.push_back({std::string(row_column), std::nullopt});
    query.projection.push_back({std::string(row_column), std::nullopt});
    for (auto* bindings : {&query.projection, &query.group_by}) {
      for (Binding& binding : *bindings) {
        if (binding.expression) insert_inside(*binding.expression);
      }
    }
    for (Expression& condition : query.having) insert_inside(condition);
    query.order_by.clear();  // nothing cuts, so that order tells nothing
    return query;
  }

 private:
  /// The pre-bound variables that expressions of the pattern look at, and those of the right side of an OPTIONAL.
  [[nodiscard]] Names looked_at_by(const Pattern& pattern) const {
    Names all;
    for (const Expression& condition : pattern.conditions) add_mentioned(condition, all);
    add_mentioned(pattern.expression, all);
    if (pattern.kind == PatternKind::LeftJoin) sparql::add_mentioned(pattern.children[1], all);
    Names found;
    for (const std::string& column : columns_) {
      if (all.contains(column)) found.insert(column);
    }
    return found;
  }

  static void add_mentioned(const Expression& expression, Names& names) {
    Visitor visitor;
    visitor.expression = [&](const Expression& part) {
      if (part.kind == ExpressionKind::Variable) names.insert(part.name);
      if (part.pattern) sparql::add_mentioned(*part.pattern, names);
    };
    walk(expression, visitor);
  }

  /// Whether the patterns of EXISTS in the expression are free.
  [[nodiscard]] bool is_free_inside(const Expression& expression) const {
    if (expression.pattern && !is_free(*expression.pattern)) return false;
    return std::all_of(expression.operands.begin(), expression.operands.end(),
                       [this](const Expression& operand) { return is_free_inside(operand); });
  }

  void insert_inside(Expression& expression) const {
    if (expression.pattern && !is_free(*expression.pattern)) {
      expression.pattern = std::make_shared<Pattern>(insert(*expression.pattern));
    }
    for (Expression& operand : expression.operands) insert_inside(operand);
  }

  [[nodiscard]] Pattern joined(const Pattern& pattern) const {
    Pattern made;
    made.kind = PatternKind::Join;
    made.children = {table_, pattern};
    return made;
  }

  [[nodiscard]] Pattern insert_into_group(const Pattern& pattern) const {
    if (pattern.kind == PatternKind::Bgp || is_free(pattern)) return joined(pattern);
    Pattern made = pattern;
    for (std::size_t i = 0; i < made.children.size(); ++i) {
      if (!is_free(pattern.children[i])) made.children[i] = insert(pattern.children[i]);
    }
    return made;
  }

  [[nodiscard]] Pattern insert_into_sub_query(const Pattern& pattern) const {
    Pattern made = pattern;
    made.query = std::make_shared<Query>(insert(*pattern.query));
    return made;
  }

  const std::vector<std::string>& columns_;
  const Pattern& table_;
  mutable std::unordered_map<const Pattern*, bool> free_;
};

Pattern table_of(const std::vector<std::string>& columns, const TermRows& rows) {
  Pattern table;
  table.kind = PatternKind::Values;
  table.names = columns;
  table.names.emplace_back(row_column);
  table.rows.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = table.rows.emplace_back(rows[i].begin(), rows[i].end());
    row.emplace_back(rdf::Term::literal(std::to_string(i), rdf::xsd::integer));
  }
  return table;
}

}  // namespace

std::optional<std::string> obstacle_of(const Query& query, const std::vector<std::string>& columns) {
  std::optional<std::string> found = obstacle_of_modifiers(query, columns);
  const auto keep = [&](std::optional<std::string> more) {
    if (!found) found = std::move(more);
  };
  Visitor visitor;
  visitor.query = [&](const Query& part) { keep(obstacle_of_modifiers(part, columns)); };
  visitor.pattern = [&](const Pattern& part) { keep(obstacle_of_paths(part, columns)); };
  walk(query, visitor);
  return found;
}

Query with_table(const Query& query, const std::vector<std::string>& columns, const TermRows& rows) {
  const Pattern table = table_of(columns, rows);
  Query made = Insertion(columns, table).insert(query);
  if (query.form == QueryForm::Ask) {
    made.form = QueryForm::Select;
    made.distinct = true;
  }
  return made;
}

}  // namespace scenograph::shacl
