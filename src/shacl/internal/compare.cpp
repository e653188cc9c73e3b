#include "shacl/internal/compare.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "rdf/vocab.hpp"
#include "shacl/internal/lexical.hpp"

namespace scenograph::shacl {

namespace {

bool is_floating(std::string_view datatype) { return datatype == rdf::xsd::double_ || datatype == rdf::xsd::float_; }

double parse_floating(const std::string& lexical) {
  if (lexical == "NaN") return std::numeric_limits<double>::quiet_NaN();
  return std::strtod(lexical.c_str(), nullptr);  // takes "INF" and "-INF" too
}

// xsd:decimal, xsd:integer and the datatypes derived from it.
bool is_decimal_type(std::string_view datatype) {
  if (datatype == rdf::xsd::decimal || datatype == rdf::xsd::integer) return true;
  const auto name = datatype.substr(std::min(datatype.size(), rdf::xsd::ns.size()));
  return name == "long" || name == "int" || name == "short" || name == "byte" || name.ends_with("Integer") ||
         (name.starts_with("unsigned") && name.size() > 8);
}

}  // namespace

std::optional<OrderedValue> OrderedValue::of(const rdf::Term& term) {
  if (!term.is_literal() || !term.language.empty()) return std::nullopt;
  const auto datatype = term.datatype_iri();
  if (!has_datatype(term, datatype)) return std::nullopt;
  const auto moment = [](char kind, const std::optional<rdf::DateTime>& value) -> std::optional<OrderedValue> {
    if (!value) return std::nullopt;
    return OrderedValue(Moment{kind, *value});
  };
  if (datatype == rdf::xsd::string) return OrderedValue(term.value);
  if (datatype == rdf::xsd::boolean) return OrderedValue(term.value == "true" || term.value == "1");
  if (datatype == rdf::xsd::dateTime) return moment('m', rdf::parse_date_time(term.value));
  if (datatype == rdf::xsd::date) return moment('d', rdf::parse_date(term.value));
  if (datatype == rdf::xsd::time) return moment('t', rdf::parse_time(term.value));
  if (is_floating(datatype)) return OrderedValue(parse_floating(term.value));
  if (!is_decimal_type(datatype)) return std::nullopt;
  if (const auto exact = rdf::Decimal::parse(term.value)) return OrderedValue(*exact);
  return OrderedValue(parse_floating(term.value));  // more digits than Decimal holds
}

std::partial_ordering operator<=>(const OrderedValue& a, const OrderedValue& b) {
  using Decimal = rdf::Decimal;
  using Moment = OrderedValue::Moment;
  const auto number = [](const OrderedValue& v) -> std::optional<double> {
    if (const auto* exact = std::get_if<Decimal>(&v.value_)) return exact->to_double();
    if (const auto* rounded = std::get_if<double>(&v.value_)) return *rounded;
    return std::nullopt;
  };
  if (std::holds_alternative<Decimal>(a.value_) && std::holds_alternative<Decimal>(b.value_)) {
    return std::get<Decimal>(a.value_) <=> std::get<Decimal>(b.value_);
  }
  if (const auto x = number(a), y = number(b); x && y) return *x <=> *y;
  if (a.value_.index() != b.value_.index()) return std::partial_ordering::unordered;
  if (const auto* text = std::get_if<std::string>(&a.value_)) return *text <=> std::get<std::string>(b.value_);
  if (const auto* truth = std::get_if<bool>(&a.value_)) return *truth <=> std::get<bool>(b.value_);
  const auto& x = std::get<Moment>(a.value_);
  const auto& y = std::get<Moment>(b.value_);
  if (x.kind != y.kind) return std::partial_ordering::unordered;
  return rdf::compare_instants(x.value, y.value);
}

}  // namespace scenograph::shacl
