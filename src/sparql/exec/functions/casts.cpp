#include <array>
#include <cmath>

#include "rdf/vocab.hpp"
#include "sparql/exec/functions/function.hpp"

// SPARQL 1.1 Query, section 17.5: constructor functions; casting rules of XPath Functions 3.1, section 19.

namespace scenograph::sparql {

namespace {

namespace xsd = rdf::xsd;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const std::size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// The string's value in the datatype, to be written in its canonical form; an error if its lexical form is wrong.
Value parsed(std::string_view text, std::string_view datatype) {
  Value value = value_of(rdf::Term::literal(trimmed(text), datatype));
  if (value.kind == ValueKind::Other) return {};
  value.text.clear();
  return value;
}

/// A double as XPath writes it in a string: without exponent between 1e-6 and 1e6.
std::string plain_double(const Value& value) {
  const double number = value.as_double();
  if (number == 0) return std::signbit(number) ? "-0" : "0";
  if (std::fabs(number) < 1e-6 || std::fabs(number) >= 1e6 || !std::isfinite(number)) {
    return format_double(number, value.kind == ValueKind::Float);
  }
  const auto lexical = format_double(number, value.kind == ValueKind::Float);
  const std::size_t e = lexical.find('E');
  const auto mantissa = rdf::Decimal::parse(std::string_view(lexical).substr(0, e));
  const int exponent = std::stoi(lexical.substr(e + 1));
  rdf::Int128 unscaled = mantissa->unscaled();
  int scale = static_cast<int>(mantissa->scale()) - exponent;
  for (; scale < 0; ++scale) unscaled *= 10;
  return rdf::Decimal::scaled(unscaled, static_cast<unsigned>(scale)).to_string();
}

Value to_string(Arguments a, Context&) {
  switch (a[0]->kind) {
    case ValueKind::Float:
    case ValueKind::Double:
      return Value::string(plain_double(*a[0]));
    case ValueKind::Integer:
    case ValueKind::Decimal:
      return Value::string(a[0]->as_decimal().to_string());
    case ValueKind::Boolean:
      return Value::string(a[0]->as_bool() ? "true" : "false");
    default:
      const auto text = lexical_form(*a[0]);
      return text ? Value::string(*text) : Value{};
  }
}

Value to_boolean(Arguments a, Context&) {
  if (a[0]->kind == ValueKind::String) return parsed(a[0]->text, xsd::boolean);
  if (a[0]->kind == ValueKind::Boolean) return Value::boolean(a[0]->as_bool());
  return a[0]->is_numeric() ? Value::boolean(effective_boolean(*a[0])) : Value{};
}

template <ValueKind kind>
Value to_floating(Arguments a, Context&) {
  if (a[0]->kind == ValueKind::String) {
    return parsed(a[0]->text, kind == ValueKind::Double ? xsd::double_ : xsd::float_);
  }
  if (a[0]->kind == ValueKind::Boolean) return Value::number(kind, a[0]->as_bool() ? 1.0 : 0.0);
  return a[0]->is_numeric() ? Value::number(kind, a[0]->as_double()) : Value{};
}

std::optional<rdf::Decimal> decimal_of(const Value& value) {
  if (value.is_exact()) return value.as_decimal();
  if (value.kind == ValueKind::Boolean) return rdf::Decimal::of(value.as_bool() ? 1 : 0);
  return value.is_numeric() ? rdf::Decimal::from_double(value.as_double()) : std::nullopt;
}

Value to_decimal(Arguments a, Context&) {
  if (a[0]->kind == ValueKind::String) return parsed(a[0]->text, xsd::decimal);
  const auto number = decimal_of(*a[0]);
  return number ? Value::number(ValueKind::Decimal, *number) : Value{};
}

Value to_integer(Arguments a, Context&) {
  if (a[0]->kind == ValueKind::String) return parsed(a[0]->text, xsd::integer);
  const auto number = decimal_of(*a[0]);
  return number ? Value::number(ValueKind::Integer, number->truncated()) : Value{};
}

Value timed(ValueKind kind, const rdf::DateTime& time) {
  Value value;
  value.kind = kind;
  value.data = time;
  return value;
}

Value to_date_time(Arguments a, Context&) {
  if (a[0]->kind == ValueKind::String) return parsed(a[0]->text, xsd::dateTime);
  const bool dated = a[0]->kind == ValueKind::DateTime || a[0]->kind == ValueKind::Date;
  return dated ? timed(ValueKind::DateTime, a[0]->as_time()) : Value{};
}

Value to_date(Arguments a, Context&) {
  if (a[0]->kind == ValueKind::String) return parsed(a[0]->text, xsd::date);
  if (a[0]->kind != ValueKind::DateTime && a[0]->kind != ValueKind::Date) return {};
  rdf::DateTime time = a[0]->as_time();
  time.hour = time.minute = time.second = 0;
  time.nanosecond = 0;
  return timed(ValueKind::Date, time);
}

Value to_time(Arguments a, Context&) {
  if (a[0]->kind == ValueKind::String) return parsed(a[0]->text, xsd::time);
  if (a[0]->kind != ValueKind::DateTime && a[0]->kind != ValueKind::Time) return {};
  rdf::DateTime time = a[0]->as_time();
  time.year = 1972;
  time.month = time.day = 1;
  return timed(ValueKind::Time, time);
}

constexpr std::array<Function, 9> table = {{
    {xsd::string, 1, 1, to_string},
    {xsd::boolean, 1, 1, to_boolean},
    {xsd::double_, 1, 1, to_floating<ValueKind::Double>},
    {xsd::float_, 1, 1, to_floating<ValueKind::Float>},
    {xsd::decimal, 1, 1, to_decimal},
    {xsd::integer, 1, 1, to_integer},
    {xsd::dateTime, 1, 1, to_date_time},
    {xsd::date, 1, 1, to_date},
    {xsd::time, 1, 1, to_time},
}};

}  // namespace

std::span<const Function> cast_functions() { return table; }

}  // namespace scenograph::sparql
