#include "sparql/algebra/to_string.hpp"

#include <array>

namespace scenograph::sparql::algebra {

namespace {

constexpr std::array<std::string_view, 29> expression_names = {
    "",  "",  "||", "&&", "=",      "!=",    "<",  "<=",       ">",      ">=",         "+", "-", "*", "/", "sameTerm",
    "!", "-", "+",  "IN", "NOT IN", "BOUND", "IF", "COALESCE", "EXISTS", "NOT EXISTS", "",  "",  "",  ""};

constexpr std::array<std::string_view, 11> pattern_names = {
    "Bgp", "Join", "LeftJoin", "Union", "Minus", "Filter", "Extend", "Graph", "Values", "SubQuery", "Service"};

std::string indent(std::size_t depth) { return std::string(2 * depth, ' '); }

std::string joined(const std::vector<Path>& parts, std::string_view separator) {
  std::string out = "(";
  for (const Path& part : parts) {
    if (out.size() > 1) out += separator;
    out += to_string(part);
  }
  return out + ")";
}

std::string negated(const Path& path) {
  std::string out = "!(";
  const auto add = [&](const std::string& link) { out += (out.size() > 2 ? "|" : "") + link; };
  for (const auto& term : path.forward) add(rdf::to_ntriples(term));
  for (const auto& term : path.backward) add("^" + rdf::to_ntriples(term));
  return out + ")";
}

void append(std::string& out, const Pattern& pattern, std::size_t depth);
void append(std::string& out, const Query& query, std::size_t depth);

void append_values(std::string& out, const Pattern& pattern, std::size_t depth) {
  for (const auto& name : pattern.names) out += " ?" + name;
  for (const auto& row : pattern.rows) {
    out += "\n" + indent(depth + 1) + "(";
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ' ';
      out += row[i] ? rdf::to_ntriples(*row[i]) : "UNDEF";
    }
    out += ")";
  }
}

std::string text_of(const TriplePattern& triple) {
  const auto* node = std::get_if<Node>(&triple.predicate);
  const std::string predicate = node != nullptr ? to_string(*node) : to_string(std::get<Path>(triple.predicate));
  return to_string(triple.subject) + " " + predicate + " " + to_string(triple.object);
}

/// Appends the pattern that an EXISTS within the expression asks for.
void append_exists(std::string& out, const Expression& expression, std::size_t depth) {
  if (expression.pattern) append(out, *expression.pattern, depth);
  for (const auto& operand : expression.operands) append_exists(out, operand, depth);
}

void append(std::string& out, const Pattern& pattern, std::size_t depth) {
  out += indent(depth);
  out += pattern_names.at(static_cast<std::size_t>(pattern.kind));
  if (pattern.kind == PatternKind::Graph || pattern.kind == PatternKind::Service) out += " " + to_string(pattern.node);
  if (pattern.silent) out += " silent";
  if (pattern.kind == PatternKind::Extend) out += " ?" + pattern.variable + " := " + to_string(pattern.expression);
  for (const auto& condition : pattern.conditions) out += " " + to_string(condition);
  if (pattern.kind == PatternKind::Values) append_values(out, pattern, depth);
  out += '\n';
  for (const auto& triple : pattern.triples) out += indent(depth + 1) + text_of(triple) + "\n";
  for (const auto& child : pattern.children) append(out, child, depth + 1);
  for (const auto& condition : pattern.conditions) append_exists(out, condition, depth + 1);
  append_exists(out, pattern.expression, depth + 1);
  if (pattern.query) append(out, *pattern.query, depth + 1);
}

std::string text_of(const Binding& binding) {
  if (!binding.expression) return " ?" + binding.name;
  if (binding.name.empty()) return " " + to_string(*binding.expression);
  return " ?" + binding.name + " := " + to_string(*binding.expression);
}

void append_modifiers(std::string& out, const Query& query, std::size_t depth) {
  const auto line = [&](const std::string& text) { out += indent(depth) + text + "\n"; };
  if (query.limit) line("Limit " + std::to_string(*query.limit));
  if (query.offset > 0) line("Offset " + std::to_string(query.offset));
  std::string order;
  for (const auto& key : query.order_by) order += (key.descending ? " desc " : " ") + to_string(key.expression);
  if (!order.empty()) line("OrderBy" + order);
  std::string having;
  for (const auto& condition : query.having) having += " " + to_string(condition);
  if (!having.empty()) line("Having" + having);
  std::string groups;
  for (const auto& key : query.group_by) groups += text_of(key);
  if (query.grouped) line("Group" + groups);
}

void append(std::string& out, const Query& query, std::size_t depth) {
  constexpr std::array<std::string_view, 4> forms = {"Select", "Ask", "Construct", "Describe"};
  out += indent(depth);
  out += forms.at(static_cast<std::size_t>(query.form));
  if (query.distinct) out += " distinct";
  if (query.reduced) out += " reduced";
  for (const auto& item : query.projection) out += text_of(item);
  for (const auto& node : query.describe) out += " " + to_string(node);
  out += '\n';
  for (const auto& triple : query.construct) out += indent(depth + 1) + "+ " + text_of(triple) + "\n";
  append_modifiers(out, query, depth + 1);
  if (query.values) append(out, *query.values, depth + 1);
  append(out, query.pattern, depth + 1);
}

}  // namespace

std::string to_string(const Node& node) {
  const auto* variable = std::get_if<Variable>(&node);
  if (variable == nullptr) return rdf::to_ntriples(std::get<rdf::Term>(node));
  return variable->name.starts_with("_:") ? variable->name : "?" + variable->name;
}

std::string to_string(const Path& path) {
  switch (path.kind) {
    case PathKind::Link:
      return rdf::to_ntriples(path.predicate);
    case PathKind::Inverse:
      return "^" + to_string(path.parts.at(0));
    case PathKind::Sequence:
      return joined(path.parts, "/");
    case PathKind::Alternative:
      return joined(path.parts, "|");
    case PathKind::ZeroOrOne:
      return "(" + to_string(path.parts.at(0)) + ")?";
    case PathKind::ZeroOrMore:
      return "(" + to_string(path.parts.at(0)) + ")*";
    case PathKind::OneOrMore:
      return "(" + to_string(path.parts.at(0)) + ")+";
    default:
      return negated(path);
  }
}

std::string to_string(const Expression& expression) {
  if (expression.kind == ExpressionKind::Constant) return rdf::to_ntriples(expression.term);
  if (expression.kind == ExpressionKind::Variable) return "?" + expression.name;
  std::string out = "(";
  const std::string_view name = expression_names.at(static_cast<std::size_t>(expression.kind));
  out += name.empty() ? std::string_view(expression.name) : name;
  if (expression.distinct) out += " distinct";
  for (const auto& operand : expression.operands) out += " " + to_string(operand);
  if (expression.kind == ExpressionKind::Aggregate && expression.operands.empty()) out += " *";
  return out + ")";
}

std::string to_string(const Pattern& pattern) {
  std::string out;
  append(out, pattern, 0);
  return out;
}

std::string to_string(const Query& query) {
  std::string out;
  append(out, query, 0);
  return out;
}

}  // namespace scenograph::sparql::algebra
