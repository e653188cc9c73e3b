#include "sparql/exec/access/filters.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "place/relations.hpp"
#include "place/wkt.hpp"
#include "sparql/exec/functions/extensions.hpp"
#include "sparql/functions.hpp"

namespace scenograph::sparql {

using algebra::Expression;
using algebra::ExpressionKind;

namespace {

bool calls(const Expression& expression, std::string_view iri) {
  return expression.kind == ExpressionKind::Function && expression.name == iri;
}

/// "less < more", or "<=", however it is put.
struct Comparison {
  const Expression* less = nullptr;
  const Expression* more = nullptr;
  bool is_strict = false;
};

std::optional<Comparison> comparison(const Expression& filter) {
  if (filter.operands.size() != 2) return std::nullopt;
  switch (filter.kind) {
    case ExpressionKind::Less:
    case ExpressionKind::LessEqual:
      return Comparison{&filter.operands[0], &filter.operands[1], filter.kind == ExpressionKind::Less};
    case ExpressionKind::Greater:
    case ExpressionKind::GreaterEqual:
      return Comparison{&filter.operands[1], &filter.operands[0], filter.kind == ExpressionKind::Greater};
    default:
      return std::nullopt;
  }
}

/// Metres within which the distance must be; `less` becomes the call itself.
std::optional<double> limit_m(Comparison& filter, const ConstantValue& constant) {
  const Value limit = constant(*filter.more);
  if (!limit.is_numeric()) return std::nullopt;
  double metres = limit.as_double();
  while (filter.less->kind == ExpressionKind::Divide) {
    const Value divisor = constant(filter.less->operands.at(1));
    if (!divisor.is_numeric() || !(divisor.as_double() > 0)) return std::nullopt;
    metres *= divisor.as_double();
    filter.less = &filter.less->operands.at(0);
  }
  if (!calls(*filter.less, functions::distance)) return std::nullopt;
  if (filter.less->operands.size() > 2) {
    const Value unit = constant(filter.less->operands[2]);
    const auto factor = unit.kind == ValueKind::Iri ? metres_of(unit.text) : std::nullopt;
    if (!factor) return std::nullopt;
    metres *= *factor;
  }
  return std::isfinite(metres) ? std::optional(metres) : std::nullopt;
}

std::optional<place::Box> constant_box(const Expression& expression, const ConstantValue& constant) {
  const Value value = constant(expression);
  if (value.kind != ValueKind::Other || value.modifier != functions::wkt_literal) return std::nullopt;
  const auto geometry = place::parse_wkt(value.text);
  return geometry ? box_of(*geometry) : std::nullopt;
}

/// Of a call whose first two arguments are places, one of them a constant.
std::optional<PlaceFilter> of_pair(const Expression& call, double metres, const ConstantValue& constant) {
  if (call.operands.size() < 2) return std::nullopt;
  for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
    const Expression& asked = call.operands[i];
    const bool is_variable = asked.kind == ExpressionKind::Variable;
    const bool is_point = calls(asked, functions::point) && asked.operands.size() == 2 &&
                          asked.operands[0].kind == ExpressionKind::Variable;
    if (!is_variable && !is_point) continue;
    const auto box = constant_box(call.operands[1 - i], constant);
    if (!box) continue;
    return PlaceFilter{is_point ? asked.operands[0].name : asked.name, is_point, grown(*box, metres)};
  }
  return std::nullopt;
}

/// Of a call of scgf:matches or scgf:score.
std::optional<TextFilter> of_call(const Expression& call, const ConstantValue& constant) {
  if (call.operands.size() < 2) return std::nullopt;
  if (call.operands[0].kind != ExpressionKind::Variable) return std::nullopt;
  const Value query = constant(call.operands[1]);
  std::optional<Value> language;
  if (call.operands.size() > 2) language = constant(call.operands[2]);
  const auto asked = text_query(query, language ? &*language : nullptr);
  if (!asked) return std::nullopt;
  return TextFilter{call.operands[0].name, std::string(asked->text), std::string(asked->language)};
}

}  // namespace

std::optional<TextFilter> text_filter(const Expression& filter, const ConstantValue& constant) {
  if (const auto least = comparison(filter); least && calls(*least->more, functions::score)) {
    const Value bound = constant(*least->less);
    const bool tells = bound.is_numeric() && (bound.as_double() > 0 || (bound.as_double() == 0 && least->is_strict));
    return tells ? of_call(*least->more, constant) : std::nullopt;
  }
  return calls(filter, functions::matches) ? of_call(filter, constant) : std::nullopt;
}

std::optional<PlaceFilter> place_filter(const Expression& filter, const ConstantValue& constant) {
  constexpr std::array<std::string_view, 3> relations = {functions::within, functions::contains, functions::intersects};
  const bool relates = std::any_of(relations.begin(), relations.end(),
                                   [&](std::string_view relation) { return calls(filter, relation); });
  if (relates) return of_pair(filter, 0, constant);
  auto limited = comparison(filter);
  if (!limited) return std::nullopt;
  const auto metres = limit_m(*limited, constant);
  return metres ? of_pair(*limited->less, *metres + place::distance_slack_m, constant) : std::nullopt;
}

}  // namespace scenograph::sparql
