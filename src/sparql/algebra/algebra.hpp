#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "rdf/term.hpp"
#include "sparql/query.hpp"

// The algebra of SPARQL 1.1 (Query, section 18.2) as the parser builds it and the planner reads it: the only tree
// between text and operators. Plain values; copying is deep but for sub-queries, which are shared.

namespace scenograph::sparql::algebra {

/// A variable by its name without "?". A blank node of a pattern is a variable whose name starts with "_:", which
/// nothing can project.
struct Variable {
  std::string name;

  friend bool operator==(const Variable&, const Variable&) = default;
};

using Node = std::variant<Variable, rdf::Term>;

enum class PathKind : std::uint8_t { Link, Inverse, Sequence, Alternative, ZeroOrOne, ZeroOrMore, OneOrMore, Negated };

/// A property path (section 9).
struct Path {
  PathKind kind = PathKind::Link;
  rdf::Term predicate;              ///< of a Link
  std::vector<Path> parts;          ///< of a Sequence or Alternative: all; of the others: the one
  std::vector<rdf::Term> forward;   ///< of a Negated: "!(p)"
  std::vector<rdf::Term> backward;  ///< of a Negated: "!(^p)"
};

struct TriplePattern {
  Node subject;
  std::variant<Node, Path> predicate;
  Node object;
};

enum class ExpressionKind : std::uint8_t {
  Constant,
  Variable,
  Or,  ///< this and all to SameTerm: two operands
  And,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Add,
  Subtract,
  Multiply,
  Divide,
  SameTerm,
  Not,  ///< this and the two next: one operand
  Minus,
  Plus,
  In,  ///< what is looked for, then the list
  NotIn,
  Bound,  ///< the operand is a Variable
  If,
  Coalesce,
  Exists,
  NotExists,
  Function,   ///< a built-in by its keyword, or an IRI
  Aggregate,  ///< COUNT, SUM, MIN, MAX, AVG, SAMPLE, GROUP_CONCAT; no operand is COUNT(*)
};

struct Pattern;

struct Expression {
  ExpressionKind kind = ExpressionKind::Constant;
  rdf::Term term;    ///< of a Constant
  std::string name;  ///< of a Variable, a Function or an Aggregate (in capitals but for IRIs)
  std::vector<Expression> operands;
  bool distinct = false;                   ///< of an Aggregate
  std::string separator = " ";             ///< of GROUP_CONCAT
  std::shared_ptr<const Pattern> pattern;  ///< of Exists and NotExists
};

enum class PatternKind : std::uint8_t {
  Bgp,       ///< triples; none of them: the empty group
  Join,      ///< any number of children
  LeftJoin,  ///< two children; conditions of the OPTIONAL's own FILTERs
  Union,     ///< any number of children
  Minus,     ///< two children
  Filter,    ///< one child, conditions
  Extend,    ///< one child; variable := expression
  Graph,     ///< one child; in the graph that node names
  Values,    ///< rows of terms, nullopt for UNDEF
  SubQuery,  ///< a SELECT
  Service,   ///< node: the endpoint; children: the pattern
};

struct Query;

struct Pattern {
  PatternKind kind = PatternKind::Bgp;
  std::vector<Pattern> children;
  std::vector<TriplePattern> triples;
  std::vector<Expression> conditions;
  std::string variable;                                     ///< of an Extend
  Expression expression;                                    ///< of an Extend
  Node node;                                                ///< of a Graph or Service
  bool silent = false;                                      ///< of a Service
  std::string prologue;                                     ///< of a Service: what its text needs declared before it
  std::string text;                                         ///< of a Service, outermost: its group as it was written
  std::vector<std::string> names;                           ///< of Values
  std::vector<std::vector<std::optional<rdf::Term>>> rows;  ///< of Values
  std::shared_ptr<const Query> query;                       ///< of a SubQuery
};

/// A variable of SELECT or GROUP BY, with what it stands for if that is more than itself.
struct Binding {
  std::string name;  ///< empty only in GROUP BY: an expression without AS
  std::optional<Expression> expression;
};

struct OrderKey {
  Expression expression;
  bool descending = false;
};

struct Query {
  QueryForm form = QueryForm::Select;
  std::string base;               ///< IRI in force at the end of the prologue; may be empty
  std::vector<std::string> from;  ///< dataset clauses
  std::vector<std::string> from_named;
  std::optional<std::string> with;  ///< of an update: the default graph where no dataset clause says otherwise
  Pattern pattern;                  ///< WHERE; joined with the trailing VALUES unless grouped
  std::optional<Pattern> values;    ///< the trailing VALUES of a grouped query: joins the groups
  std::vector<Binding> projection;  ///< of a Select; "*" spelled out
  bool distinct = false;
  bool reduced = false;
  std::vector<Binding> group_by;
  bool grouped = false;  ///< GROUP BY is there, or an aggregate
  std::vector<Expression> having;
  std::vector<OrderKey> order_by;
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> limit;
  std::vector<TriplePattern> construct;  ///< template; its blank nodes are variables named "_:…"
  std::vector<Node> describe;            ///< "*" spelled out
};

}  // namespace scenograph::sparql::algebra
