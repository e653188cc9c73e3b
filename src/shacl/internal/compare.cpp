#include "shacl/internal/compare.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "rdf/vocab.hpp"
#include "shacl/internal/lexical.hpp"

namespace scenograph::shacl {

namespace {

double parse_floating(const std::string& lexical) {
  if (lexical == "NaN") return std::numeric_limits<double>::quiet_NaN();
  return std::strtod(lexical.c_str(), nullptr);  // takes "INF" and "-INF" too
}

// xsd:decimal, xsd:integer and the datatypes derived from it.
bool is_decimal_type(std::string_view datatype) {
  if (!datatype.starts_with(rdf::xsd::ns)) return false;
  const auto name = datatype.substr(rdf::xsd::ns.size());
  return name == "decimal" || name == "integer" || name == "long" || name == "int" || name == "short" ||
         name == "byte" || name.ends_with("Integer") || (name.starts_with("unsigned") && name.size() > 8);
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
  if (datatype == rdf::xsd::double_) return OrderedValue(parse_floating(term.value));
  if (datatype == rdf::xsd::float_) return OrderedValue(static_cast<float>(parse_floating(term.value)));
  if (!is_decimal_type(datatype)) return std::nullopt;
  if (const auto exact = rdf::Decimal::parse(term.value)) return OrderedValue(*exact);
  return OrderedValue(parse_floating(term.value));  // more digits than Decimal holds
}

// With numeric type promotion (XPath 2.0, appendix B.1): to float and double, never through one to the other.
std::optional<std::partial_ordering> OrderedValue::compare_numbers(const OrderedValue& other) const {
  using rdf::Decimal;
  if (!is_number() || !other.is_number()) return std::nullopt;
  const auto* mine = std::get_if<Decimal>(&value_);
  const auto* theirs = std::get_if<Decimal>(&other.value_);
  if (mine != nullptr && theirs != nullptr) return *mine <=> *theirs;
  if (std::holds_alternative<double>(value_) || std::holds_alternative<double>(other.value_)) {
    return as<double>() <=> other.as<double>();
  }
  return as<float>() <=> other.as<float>();
}

std::partial_ordering operator<=>(const OrderedValue& a, const OrderedValue& b) {
  using Moment = OrderedValue::Moment;
  if (const auto numbers = a.compare_numbers(b)) return *numbers;
  if (a.value_.index() != b.value_.index()) return std::partial_ordering::unordered;
  if (const auto* text = std::get_if<std::string>(&a.value_)) return *text <=> std::get<std::string>(b.value_);
  if (const auto* truth = std::get_if<bool>(&a.value_)) return *truth <=> std::get<bool>(b.value_);
  const auto& x = std::get<Moment>(a.value_);
  const auto& y = std::get<Moment>(b.value_);
  if (x.kind != y.kind) return std::partial_ordering::unordered;
  return rdf::compare_instants(x.value, y.value);
}

}  // namespace scenograph::shacl
