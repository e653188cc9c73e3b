#include "reference/evaluator.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace scenograph::reference {

using namespace sparql::algebra;
using sparql::Value;

namespace {

bool compatible(const Solution& a, const Solution& b) {
  return std::all_of(a.begin(), a.end(), [&b](const auto& cell) {
    const auto other = b.find(cell.first);
    return other == b.end() || other->second == cell.second;
  });
}

bool share_variables(const Solution& a, const Solution& b) {
  return std::any_of(a.begin(), a.end(), [&b](const auto& cell) { return b.contains(cell.first); });
}

Solution merged(Solution a, const Solution& b) {
  a.insert(b.begin(), b.end());
  return a;
}

Solutions join(const Solutions& left, const Solutions& right) {
  Solutions out;
  for (const Solution& a : left) {
    for (const Solution& b : right) {
      if (compatible(a, b)) out.push_back(merged(a, b));
    }
  }
  return out;
}

Solutions minus(const Solutions& left, const Solutions& right) {
  Solutions out;
  for (const Solution& a : left) {
    const bool removed = std::any_of(right.begin(), right.end(),
                                     [&a](const Solution& b) { return compatible(a, b) && share_variables(a, b); });
    if (!removed) out.push_back(a);
  }
  return out;
}

/// The node's term, if it is one.
std::optional<rdf::Term> term_of(const Node& node) {
  const auto* term = std::get_if<rdf::Term>(&node);
  return term == nullptr ? std::nullopt : std::optional(*term);
}

/// Extends the row by what the node is to stand for. @return false if that contradicts.
bool bind(Solution& row, const Node& node, const rdf::Term& term) {
  if (const auto* constant = std::get_if<rdf::Term>(&node)) return *constant == term;
  return row.try_emplace(std::get<Variable>(node).name, term).first->second == term;
}

void put_in(Node& node, const Solution& row) {
  if (const auto* variable = std::get_if<Variable>(&node)) {
    const auto known = row.find(variable->name);
    if (known != row.end()) node = known->second;
  }
}

void put_in(Pattern& pattern, const Solution& row);

void put_in(Expression& expression, const Solution& row) {
  const auto known = expression.kind == ExpressionKind::Variable ? row.find(expression.name) : row.end();
  if (known != row.end()) {
    expression.kind = ExpressionKind::Constant;
    expression.term = known->second;
  }
  for (Expression& operand : expression.operands) put_in(operand, row);
  if (expression.pattern) {
    auto inner = std::make_shared<Pattern>(*expression.pattern);
    put_in(*inner, row);
    expression.pattern = std::move(inner);
  }
}

/// substitute(pattern, μ) of section 18.6.
void put_in(Pattern& pattern, const Solution& row) {
  for (TriplePattern& triple : pattern.triples) {
    put_in(triple.subject, row);
    if (auto* predicate = std::get_if<Node>(&triple.predicate)) put_in(*predicate, row);
    put_in(triple.object, row);
  }
  put_in(pattern.node, row);
  for (Expression& condition : pattern.conditions) put_in(condition, row);
  for (Pattern& child : pattern.children) put_in(child, row);
}

template <typename T>
void make_distinct(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

std::vector<rdf::Term> nodes_of(const std::vector<rdf::Triple>& graph) {
  std::vector<rdf::Term> nodes;
  for (const rdf::Triple& triple : graph) nodes.insert(nodes.end(), {triple.subject, triple.object});
  make_distinct(nodes);
  return nodes;
}

}  // namespace

Evaluator::Evaluator(const std::vector<rdf::Quad>& quads, bool union_default_graph) {
  for (const rdf::Quad& quad : quads) {
    const rdf::Triple triple{quad.subject, quad.predicate, quad.object};
    if (union_default_graph || quad.graph.is_default_graph()) default_graph_.push_back(triple);
    if (!quad.graph.is_default_graph()) named_graphs_[quad.graph].push_back(triple);
  }
  make_distinct(default_graph_);
  for (auto& [name, graph] : named_graphs_) make_distinct(graph);
}

Solutions Evaluator::evaluate(const Query& whole) const { return query(whole, default_graph_); }

Solutions Evaluator::query(const Query& query, const Triples& graph) const {
  Solutions rows = pattern(query.pattern, graph);
  if (query.grouped) {
    rows = groups(query, rows, graph);
  } else {
    for (Solution& row : rows) {
      for (const Binding& item : query.projection) {
        if (!item.expression) continue;
        const Value found = value(*item.expression, row, graph);
        if (!found.is_error()) row[item.name] = sparql::to_term(found);
      }
    }
  }
  for (Solution& row : rows) {
    std::erase_if(row, [&query](const auto& cell) {
      return std::none_of(query.projection.begin(), query.projection.end(),
                          [&cell](const Binding& item) { return item.name == cell.first; });
    });
  }
  if (query.distinct) make_distinct(rows);
  return rows;
}

Solutions Evaluator::groups(const Query& query, const Solutions& rows, const Triples& graph) const {
  std::map<Solution, Solutions> groups;
  if (query.group_by.empty()) groups[{}] = {};
  for (const Solution& row : rows) {
    Solution key;
    for (const Binding& by : query.group_by) {
      if (const auto cell = row.find(by.name); cell != row.end()) key.insert(*cell);
    }
    groups[key].push_back(row);
  }
  Solutions out;
  for (const auto& [key, members] : groups) {
    Solution row = key;
    for (const Binding& item : query.projection) {
      if (!item.expression) continue;
      const Value found = aggregate(*item.expression, members, graph);
      if (!found.is_error()) row[item.name] = sparql::to_term(found);
    }
    out.push_back(std::move(row));
  }
  return out;
}

Value Evaluator::aggregate(const Expression& expression, const Solutions& rows, const Triples& graph) const {
  if (expression.kind != ExpressionKind::Aggregate) throw std::logic_error("not an aggregate");
  if (expression.operands.empty()) return Value::integer(static_cast<std::int64_t>(rows.size()));
  std::vector<Value> values;
  std::set<rdf::Term> seen;
  for (const Solution& row : rows) {
    Value each = value(expression.operands[0], row, graph);
    const bool repeated = expression.distinct && !each.is_error() && !seen.insert(sparql::to_term(each)).second;
    if (!repeated) values.push_back(std::move(each));
  }
  if (expression.name == "SUM") {
    Value sum = Value::integer(0);
    for (const Value& each : values) sum = sparql::add(sum, each);
    return sum;
  }
  if (expression.name == "MIN" || expression.name == "MAX") {
    std::sort(values.begin(), values.end(),
              [](const Value& a, const Value& b) { return sparql::term_order(a, b) < 0; });
    if (values.empty()) return {};
    return expression.name == "MIN" ? values.front() : values.back();
  }
  std::erase_if(values, [](const Value& each) { return each.is_error(); });
  if (expression.name == "COUNT") return Value::integer(static_cast<std::int64_t>(values.size()));
  throw std::logic_error("unknown aggregate");
}

Solutions Evaluator::pattern(const Pattern& pattern, const Triples& graph) const {
  const auto child = [&](std::size_t i) { return this->pattern(pattern.children.at(i), graph); };
  Solutions out;
  switch (pattern.kind) {
    case PatternKind::Bgp:
      return bgp(pattern, graph);
    case PatternKind::Join:
      out = {{}};
      for (std::size_t i = 0; i < pattern.children.size(); ++i) out = join(out, child(i));
      return out;
    case PatternKind::LeftJoin:
      return left_join(pattern, graph);
    case PatternKind::Union:
      for (std::size_t i = 0; i < pattern.children.size(); ++i) {
        const Solutions more = child(i);
        out.insert(out.end(), more.begin(), more.end());
      }
      return out;
    case PatternKind::Minus:
      return minus(child(0), child(1));
    case PatternKind::Filter:
      out = child(0);
      std::erase_if(out, [&](const Solution& row) {
        return !std::all_of(pattern.conditions.begin(), pattern.conditions.end(),
                            [&](const Expression& condition) { return holds(condition, row, graph); });
      });
      return out;
    case PatternKind::Extend:
      out = child(0);
      for (Solution& row : out) {
        const Value found = value(pattern.expression, row, graph);
        if (!found.is_error()) row[pattern.variable] = sparql::to_term(found);
      }
      return out;
    case PatternKind::Graph:
      return named_graph(pattern);
    case PatternKind::Values:
      for (const auto& values : pattern.rows) {
        Solution& row = out.emplace_back();
        for (std::size_t i = 0; i < values.size(); ++i) {
          if (values[i]) row[pattern.names[i]] = *values[i];
        }
      }
      return out;
    case PatternKind::SubQuery:
      return query(*pattern.query, graph);
    default:
      throw std::logic_error("unknown pattern");
  }
}

Solutions Evaluator::left_join(const Pattern& both, const Triples& graph) const {
  const Solutions right = pattern(both.children.at(1), graph);
  Solutions out;
  for (const Solution& a : pattern(both.children.at(0), graph)) {
    bool matched = false;
    for (const Solution& b : right) {
      if (!compatible(a, b)) continue;
      const Solution row = merged(a, b);
      if (!std::all_of(both.conditions.begin(), both.conditions.end(),
                       [&](const Expression& condition) { return holds(condition, row, graph); })) {
        continue;
      }
      out.push_back(row);
      matched = true;
    }
    if (!matched) out.push_back(a);
  }
  return out;
}

Solutions Evaluator::named_graph(const Pattern& outer) const {
  const auto* variable = std::get_if<Variable>(&outer.node);
  if (variable == nullptr) {
    const auto graph = named_graphs_.find(std::get<rdf::Term>(outer.node));
    return graph == named_graphs_.end() ? Solutions{} : pattern(outer.children.at(0), graph->second);
  }
  Solutions out;
  for (const auto& [name, graph] : named_graphs_) {
    const Solutions rows = join(pattern(outer.children.at(0), graph), {{{variable->name, name}}});
    out.insert(out.end(), rows.begin(), rows.end());
  }
  return out;
}

Solutions Evaluator::bgp(const Pattern& pattern, const Triples& graph) const {
  Solutions out = {{}};
  for (const TriplePattern& each : pattern.triples) out = join(out, triple(each, graph));
  return out;
}

Solutions Evaluator::triple(const TriplePattern& triple, const Triples& graph) const {
  Solutions out;
  const auto add = [&](const rdf::Term& subject, const std::optional<rdf::Term>& predicate, const rdf::Term& object) {
    Solution row;
    if (!bind(row, triple.subject, subject) || !bind(row, triple.object, object)) return;
    if (predicate && !bind(row, std::get<Node>(triple.predicate), *predicate)) return;
    out.push_back(std::move(row));
  };
  if (const auto* through = std::get_if<Path>(&triple.predicate)) {
    for (const auto& [subject, object] : path(term_of(triple.subject), *through, term_of(triple.object), graph)) {
      add(subject, std::nullopt, object);
    }
    return out;
  }
  for (const rdf::Triple& each : graph) add(each.subject, each.predicate, each.object);
  return out;
}

/// Pairs that the path connects and that agree with the ends, as often as the specification counts them.
Evaluator::Pairs Evaluator::path(const End& subject, const Path& path, const End& object, const Triples& graph) const {
  Pairs out;
  const auto fits = [&](const rdf::Term& from, const rdf::Term& to) {
    return (!subject || *subject == from) && (!object || *object == to);
  };
  const auto listed = [](const std::vector<rdf::Term>& terms, const rdf::Term& term) {
    return std::find(terms.begin(), terms.end(), term) != terms.end();
  };
  switch (path.kind) {
    case PathKind::Link:
      for (const auto& [s, p, o] : graph) {
        if (p == path.predicate && fits(s, o)) out.emplace_back(s, o);
      }
      return out;
    case PathKind::Inverse:
      for (auto& [from, to] : this->path(object, path.parts.at(0), subject, graph)) out.emplace_back(to, from);
      return out;
    case PathKind::Sequence:
      return sequence(subject, path, object, graph);
    case PathKind::Alternative:
      for (const Path& part : path.parts) {
        const Pairs more = this->path(subject, part, object, graph);
        out.insert(out.end(), more.begin(), more.end());
      }
      return out;
    case PathKind::Negated:
      for (const auto& [s, p, o] : graph) {
        const bool looks_forward = !path.forward.empty() || path.backward.empty();
        if (looks_forward && !listed(path.forward, p) && fits(s, o)) out.emplace_back(s, o);
        if (!path.backward.empty() && !listed(path.backward, p) && fits(o, s)) out.emplace_back(o, s);
      }
      return out;
    default:
      return closure(subject, path, object, graph);
  }
}

Evaluator::Pairs Evaluator::sequence(const End& subject, const Path& path, const End& object,
                                     const Triples& graph) const {
  Path rest = path;
  rest.parts.erase(rest.parts.begin());
  if (rest.parts.empty()) return this->path(subject, path.parts.at(0), object, graph);
  Pairs out;
  const Pairs after = sequence(std::nullopt, rest, object, graph);
  for (const auto& [from, middle] : this->path(subject, path.parts.at(0), std::nullopt, graph)) {
    for (const auto& [start, to] : after) {
      if (start == middle) out.emplace_back(from, to);
    }
  }
  return out;
}

/// ZeroOrOne, ZeroOrMore and OneOrMore: each pair once.
Evaluator::Pairs Evaluator::closure(const End& subject, const Path& path, const End& object,
                                    const Triples& graph) const {
  Pairs out;
  const bool forward = subject.has_value() || !object.has_value();
  const End& known = forward ? subject : object;
  for (const rdf::Term& start : known ? std::vector<rdf::Term>{*known} : nodes_of(graph)) {
    for (const rdf::Term& end : reached(start, path, forward, graph)) {
      const rdf::Term& from = forward ? start : end;
      const rdf::Term& to = forward ? end : start;
      if ((!subject || *subject == from) && (!object || *object == to)) out.emplace_back(from, to);
    }
  }
  make_distinct(out);
  return out;
}

std::vector<rdf::Term> Evaluator::reached(const rdf::Term& from, const Path& path, bool forward,
                                          const Triples& graph) const {
  const auto step = [&](const rdf::Term& term) {
    std::vector<rdf::Term> next;
    const Pairs pairs = forward ? this->path(term, path.parts.at(0), std::nullopt, graph)
                                : this->path(std::nullopt, path.parts.at(0), term, graph);
    for (const auto& [s, o] : pairs) next.push_back(forward ? o : s);
    return next;
  };
  std::vector<rdf::Term> out = step(from);
  if (path.kind == PathKind::ZeroOrOne || path.kind == PathKind::ZeroOrMore) out.push_back(from);
  make_distinct(out);
  if (path.kind == PathKind::ZeroOrOne) return out;
  for (std::size_t before = 0; before != out.size();) {
    before = out.size();
    for (std::size_t i = 0; i < before; ++i) {
      const auto next = step(out[i]);
      out.insert(out.end(), next.begin(), next.end());
    }
    make_distinct(out);
  }
  return out;
}

bool Evaluator::holds(const Expression& expression, const Solution& row, const Triples& graph) const {
  return sparql::effective_boolean(value(expression, row, graph)).value_or(false);
}

Value Evaluator::logical(const Expression& expression, const Solution& row, const Triples& graph) const {
  const auto truth = [&](std::size_t i) {
    return sparql::effective_boolean(value(expression.operands.at(i), row, graph));
  };
  if (expression.kind == ExpressionKind::Not) {
    const auto a = truth(0);
    return a ? Value::boolean(!*a) : Value{};
  }
  const bool decisive = expression.kind == ExpressionKind::Or;
  const auto a = truth(0);
  const auto b = truth(1);
  if (a == decisive || b == decisive) return Value::boolean(decisive);
  return a && b ? Value::boolean(!decisive) : Value{};
}

Value Evaluator::value(const Expression& expression, const Solution& row, const Triples& graph) const {
  const auto operand = [&](std::size_t i) { return value(expression.operands.at(i), row, graph); };
  switch (expression.kind) {
    case ExpressionKind::Constant:
      return sparql::value_of(expression.term);
    case ExpressionKind::Variable: {
      const auto cell = row.find(expression.name);
      return cell == row.end() ? Value{} : sparql::value_of(cell->second);
    }
    case ExpressionKind::Bound: {
      const Expression& what = expression.operands.at(0);
      return Value::boolean(what.kind == ExpressionKind::Constant || row.contains(what.name));
    }
    case ExpressionKind::Or:
    case ExpressionKind::And:
    case ExpressionKind::Not:
      return logical(expression, row, graph);
    case ExpressionKind::Equal:
      return Value::boolean(sparql::equals(operand(0), operand(1)));
    case ExpressionKind::NotEqual: {
      const auto equal = sparql::equals(operand(0), operand(1));
      return equal ? Value::boolean(!*equal) : Value{};
    }
    case ExpressionKind::Less: {
      const auto order = sparql::compare(operand(0), operand(1));
      return order ? Value::boolean(*order == std::partial_ordering::less) : Value{};
    }
    case ExpressionKind::Add:
      return sparql::add(operand(0), operand(1));
    case ExpressionKind::Coalesce:
      for (std::size_t i = 0; i < expression.operands.size(); ++i) {
        Value each = operand(i);
        if (!each.is_error()) return each;
      }
      return {};
    case ExpressionKind::Exists:
    case ExpressionKind::NotExists: {
      Pattern inner = *expression.pattern;
      put_in(inner, row);
      const bool found = !pattern(inner, graph).empty();
      return Value::boolean(found == (expression.kind == ExpressionKind::Exists));
    }
    default:
      throw std::logic_error("unknown expression");
  }
}

}  // namespace scenograph::reference
