#include "sparql/exec/value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "rdf/vocab.hpp"
#include "store/inline_value.hpp"

namespace scenograph::sparql {

namespace xsd = rdf::xsd;
using rdf::DateTime;
using rdf::Decimal;

Value Value::iri(std::string_view iri) {
  Value value;
  value.kind = ValueKind::Iri;
  value.text = iri;
  return value;
}

Value Value::string(std::string_view text) {
  Value value;
  value.kind = ValueKind::String;
  value.text = text;
  return value;
}

Value Value::lang_string(std::string_view text, std::string_view language) {
  Value value;
  value.kind = ValueKind::LangString;
  value.text = text;
  value.modifier = language;
  return value;
}

Value Value::boolean(bool truth) {
  Value value;
  value.kind = ValueKind::Boolean;
  value.data = truth;
  return value;
}

Value Value::boolean(std::optional<bool> truth) { return truth ? boolean(*truth) : Value{}; }

Value Value::integer(std::int64_t number) { return Value::number(ValueKind::Integer, Decimal::of(number)); }

Value Value::number(ValueKind kind, const Decimal& number) {
  Value value;
  value.kind = kind;
  value.data = number;
  return value;
}

Value Value::number(ValueKind kind, double number) {
  Value value;
  value.kind = kind;
  value.data = kind == ValueKind::Float ? static_cast<double>(static_cast<float>(number)) : number;
  return value;
}

Value Value::other(std::string_view text, std::string_view datatype) {
  Value value;
  value.kind = ValueKind::Other;
  value.text = text;
  value.modifier = datatype;
  return value;
}

double Value::as_double() const { return is_exact() ? as_decimal().to_double() : std::get<double>(data); }

std::optional<double> parse_double(std::string_view lexical) {
  if (lexical == "INF" || lexical == "+INF") return HUGE_VAL;
  if (lexical == "-INF") return -HUGE_VAL;
  if (lexical == "NaN") return std::nan("");
  if (lexical.starts_with('+')) lexical.remove_prefix(1);
  if (lexical.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  if (lexical.starts_with('+')) return std::nullopt;
  double value = 0;
  auto [end, fault] = std::from_chars(lexical.data(), lexical.data() + lexical.size(), value);
  if (end != lexical.data() + lexical.size() || lexical.empty()) return std::nullopt;
  if (fault == std::errc::result_out_of_range) {
    const std::size_t exponent = lexical.find_first_of("eE");
    const bool tiny = exponent != std::string_view::npos && lexical.substr(exponent + 1).starts_with('-');
    return tiny ? 0.0 : (lexical.starts_with('-') ? -HUGE_VAL : HUGE_VAL);
  }
  if (fault != std::errc{}) return std::nullopt;
  return value;
}

std::string format_double(double value, bool single) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "INF" : "-INF";
  if (value == 0) return std::signbit(value) ? "-0.0E0" : "0.0E0";
  std::array<char, 40> buffer{};
  char* const begin = buffer.data();
  char* const limit = begin + buffer.size();
  auto done = single ? std::to_chars(begin, limit, static_cast<float>(value), std::chars_format::scientific)
                     : std::to_chars(begin, limit, value, std::chars_format::scientific);
  const std::string_view text(begin, static_cast<std::size_t>(done.ptr - begin));
  const std::size_t e = text.find('e');
  std::string out(text.substr(0, e));
  if (out.find('.') == std::string::npos) out += ".0";
  int exponent = 0;
  std::string_view digits = text.substr(e + 1);
  if (digits.starts_with('+')) digits.remove_prefix(1);
  std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  return out + "E" + std::to_string(exponent);
}

namespace {

constexpr std::array<std::string_view, 12> derived_integers = {"int",
                                                               "long",
                                                               "short",
                                                               "byte",
                                                               "nonNegativeInteger",
                                                               "positiveInteger",
                                                               "negativeInteger",
                                                               "nonPositiveInteger",
                                                               "unsignedLong",
                                                               "unsignedInt",
                                                               "unsignedShort",
                                                               "unsignedByte"};

struct IntegerRange {
  std::string_view name;
  rdf::Int128 least;
  rdf::Int128 greatest;
};

bool in_range(std::string_view name, const Decimal& value) {
  constexpr rdf::Int128 unbounded = rdf::Int128{1} << 126;
  static constexpr std::array<IntegerRange, 12> ranges = {{{"int", -2147483648LL, 2147483647LL},
                                                           {"long", INT64_MIN, INT64_MAX},
                                                           {"short", -32768, 32767},
                                                           {"byte", -128, 127},
                                                           {"nonNegativeInteger", 0, unbounded},
                                                           {"positiveInteger", 1, unbounded},
                                                           {"negativeInteger", -unbounded, -1},
                                                           {"nonPositiveInteger", -unbounded, 0},
                                                           {"unsignedLong", 0, UINT64_MAX},
                                                           {"unsignedInt", 0, UINT32_MAX},
                                                           {"unsignedShort", 0, 65535},
                                                           {"unsignedByte", 0, 255}}};
  for (const IntegerRange& range : ranges) {
    if (range.name == name) return value.unscaled() >= range.least && value.unscaled() <= range.greatest;
  }
  return false;
}

std::optional<Decimal> parse_integer(std::string_view lexical) {
  if (lexical.find('.') != std::string_view::npos) return std::nullopt;
  return Decimal::parse(lexical);
}

/// The typed data of a literal, its kind included; nullopt if the datatype is unknown or the lexical form wrong.
std::optional<Value> typed_value(std::string_view lexical, std::string_view datatype) {
  if (!datatype.starts_with(xsd::ns)) return std::nullopt;
  Value value;
  const auto set = [&](ValueKind kind, const auto& data) -> std::optional<Value> {
    if (!data) return std::nullopt;
    value.kind = kind;
    value.data = *data;
    return value;
  };
  if (datatype == xsd::integer) return set(ValueKind::Integer, parse_integer(lexical));
  if (datatype == xsd::decimal) return set(ValueKind::Decimal, Decimal::parse(lexical));
  if (datatype == xsd::double_) return set(ValueKind::Double, parse_double(lexical));
  if (datatype == xsd::float_) {
    auto number = parse_double(lexical);
    if (number) number = static_cast<double>(static_cast<float>(*number));
    return set(ValueKind::Float, number);
  }
  if (datatype == xsd::boolean) {
    std::optional<bool> truth;
    if (lexical == "true" || lexical == "1") truth = true;
    if (lexical == "false" || lexical == "0") truth = false;
    return set(ValueKind::Boolean, truth);
  }
  if (datatype == xsd::dateTime) return set(ValueKind::DateTime, rdf::parse_date_time(lexical));
  if (datatype == xsd::date) return set(ValueKind::Date, rdf::parse_date(lexical));
  if (datatype == xsd::time) return set(ValueKind::Time, rdf::parse_time(lexical));
  const std::string_view name = datatype.substr(xsd::ns.size());
  if (std::find(derived_integers.begin(), derived_integers.end(), name) != derived_integers.end()) {
    auto number = parse_integer(lexical);
    if (!number || !in_range(name, *number)) return std::nullopt;
    value.modifier = datatype;
    return set(ValueKind::Integer, number);
  }
  return std::nullopt;
}

}  // namespace

Value value_of(const rdf::Term& term) {
  Value value;
  switch (term.type) {
    case rdf::TermType::DefaultGraph:
      return value;
    case rdf::TermType::Iri:
      value.kind = ValueKind::Iri;
      break;
    case rdf::TermType::BlankNode:
      value.kind = ValueKind::BlankNode;
      break;
    case rdf::TermType::Literal:
      if (!term.language.empty()) return Value::lang_string(term.value, term.language);
      if (term.datatype.empty()) return Value::string(term.value);
      if (auto typed = typed_value(term.value, term.datatype)) {
        value = std::move(*typed);
      } else {
        return Value::other(term.value, term.datatype);
      }
  }
  value.text = term.value;
  return value;
}

Value value_of_inline(store::TermId id) {
  static constexpr std::array<std::pair<store::IdKind, ValueKind>, 6> kinds = {
      {{store::IdKind::Integer, ValueKind::Integer},
       {store::IdKind::Decimal, ValueKind::Decimal},
       {store::IdKind::Double, ValueKind::Double},
       {store::IdKind::Boolean, ValueKind::Boolean},
       {store::IdKind::Date, ValueKind::Date},
       {store::IdKind::DateTime, ValueKind::DateTime}}};
  Value value;
  value.id = id;
  value.kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& pair) { return pair.first == id.kind(); })->second;
  std::visit([&](const auto& data) { value.data = data; }, store::inline_value(id));
  return value;
}

std::optional<std::string> lexical_form(const Value& value) {
  switch (value.kind) {
    case ValueKind::Error:
    case ValueKind::BlankNode:
      return std::nullopt;
    case ValueKind::Iri:
    case ValueKind::String:
    case ValueKind::LangString:
    case ValueKind::Other:
      return value.text;
    default:
      break;
  }
  if (!value.text.empty()) return value.text;
  if (value.id.is_inline()) return store::inline_term(value.id).value;
  switch (value.kind) {
    case ValueKind::Boolean:
      return value.as_bool() ? "true" : "false";
    case ValueKind::Integer:
    case ValueKind::Decimal:
      return value.as_decimal().to_string();
    case ValueKind::Float:
      return format_double(value.as_double(), true);
    case ValueKind::Double:
      return format_double(value.as_double(), false);
    case ValueKind::DateTime:
      return rdf::format_date_time(value.as_time());
    case ValueKind::Date:
      return rdf::format_date(value.as_time());
    default:
      return rdf::format_time(value.as_time());
  }
}

std::string datatype_of(const Value& value) {
  if (!value.modifier.empty() && value.kind != ValueKind::LangString) return value.modifier;
  switch (value.kind) {
    case ValueKind::LangString:
      return std::string(rdf::rdf::langString);
    case ValueKind::Boolean:
      return std::string(xsd::boolean);
    case ValueKind::Integer:
      return std::string(xsd::integer);
    case ValueKind::Decimal:
      return std::string(xsd::decimal);
    case ValueKind::Float:
      return std::string(xsd::float_);
    case ValueKind::Double:
      return std::string(xsd::double_);
    case ValueKind::DateTime:
      return std::string(xsd::dateTime);
    case ValueKind::Date:
      return std::string(xsd::date);
    case ValueKind::Time:
      return std::string(xsd::time);
    default:
      return std::string(xsd::string);
  }
}

rdf::Term to_term(const Value& value) {
  if (value.kind == ValueKind::Iri) return rdf::Term::iri(value.text);
  if (value.kind == ValueKind::BlankNode) return rdf::Term::blank(value.text);
  if (value.kind == ValueKind::LangString) return rdf::Term::lang_literal(value.text, value.modifier);
  return rdf::Term::literal(*lexical_form(value), datatype_of(value));
}

std::optional<bool> effective_boolean(const Value& value) {
  switch (value.kind) {
    case ValueKind::Boolean:
      return value.as_bool();
    case ValueKind::String:
    case ValueKind::LangString:
      return !value.text.empty();
    case ValueKind::Integer:
    case ValueKind::Decimal:
      return !value.as_decimal().is_zero();
    case ValueKind::Float:
    case ValueKind::Double:
      return value.as_double() != 0 && !std::isnan(value.as_double());
    case ValueKind::Other: {
      // An ill-typed boolean or number counts as false (section 17.2.2).
      const std::string_view datatype = value.modifier;
      const bool numeric =
          datatype == xsd::integer || datatype == xsd::decimal || datatype == xsd::double_ || datatype == xsd::float_ ||
          (datatype.starts_with(xsd::ns) && std::find(derived_integers.begin(), derived_integers.end(),
                                                      datatype.substr(xsd::ns.size())) != derived_integers.end());
      if (numeric || datatype == xsd::boolean) return false;
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

bool same_term(const Value& a, const Value& b) {
  if (a.is_error() || b.is_error()) return false;
  if (!a.id.is_undefined() && !b.id.is_undefined()) return a.id == b.id;
  if (a.kind != b.kind) return false;
  return to_term(a) == to_term(b);
}

namespace {

std::partial_ordering compare_numbers(const Value& a, const Value& b) {
  if (a.is_exact() && b.is_exact()) return a.as_decimal() <=> b.as_decimal();
  if (a.kind == ValueKind::Double || b.kind == ValueKind::Double) return a.as_double() <=> b.as_double();
  return static_cast<float>(a.as_double()) <=> static_cast<float>(b.as_double());
}

std::strong_ordering strong(int order) {
  return order < 0   ? std::strong_ordering::less
         : order > 0 ? std::strong_ordering::greater
                     : std::strong_ordering::equal;
}

}  // namespace

std::optional<bool> equals(const Value& a, const Value& b) {
  if (a.is_error() || b.is_error()) return std::nullopt;
  if (a.is_numeric() && b.is_numeric()) return compare_numbers(a, b) == std::partial_ordering::equivalent;
  if (!a.is_literal() || !b.is_literal()) return a.kind == b.kind && a.text == b.text;
  if (a.kind == ValueKind::Other || b.kind == ValueKind::Other) {
    if (a.kind == b.kind && a.text == b.text && a.modifier == b.modifier) return true;
    if (a.kind == ValueKind::LangString || b.kind == ValueKind::LangString) return false;
    return std::nullopt;
  }
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case ValueKind::Boolean:
      return a.as_bool() == b.as_bool();
    case ValueKind::DateTime:
    case ValueKind::Date:
    case ValueKind::Time: {
      const auto order = rdf::compare_instants(a.as_time(), b.as_time());
      if (order == std::partial_ordering::unordered) return std::nullopt;
      return order == std::partial_ordering::equivalent;
    }
    default:
      return a.text == b.text && a.modifier == b.modifier;
  }
}

std::optional<std::partial_ordering> compare(const Value& a, const Value& b) {
  if (a.is_numeric() && b.is_numeric()) return compare_numbers(a, b);
  if (a.kind != b.kind) return std::nullopt;
  switch (a.kind) {
    case ValueKind::String:
      return a.text <=> b.text;
    case ValueKind::Boolean:
      return static_cast<int>(a.as_bool()) <=> static_cast<int>(b.as_bool());
    case ValueKind::DateTime:
    case ValueKind::Date:
    case ValueKind::Time: {
      const auto order = rdf::compare_instants(a.as_time(), b.as_time());
      if (order == std::partial_ordering::unordered) return std::nullopt;
      return order;
    }
    default:
      return std::nullopt;
  }
}

namespace {

int sort_class(const Value& value) {
  if (value.is_numeric()) return static_cast<int>(ValueKind::Integer);
  if (value.kind == ValueKind::Error) return -2;
  if (value.kind == ValueKind::BlankNode) return -1;
  return static_cast<int>(value.kind);
}

std::strong_ordering sort_numbers(const Value& a, const Value& b) {
  const auto order = compare_numbers(a, b);
  if (order != std::partial_ordering::unordered) return strong(order < 0 ? -1 : order > 0 ? 1 : 0);
  return strong(static_cast<int>(std::isnan(b.as_double())) - static_cast<int>(std::isnan(a.as_double())));
}

std::strong_ordering sort_times(const DateTime& a, const DateTime& b) {
  const auto utc = [](const DateTime& t) { return rdf::local_seconds(t) - 60 * t.offset_minutes.value_or(0); };
  if (auto order = utc(a) <=> utc(b); order != 0) return order;
  if (auto order = a.nanosecond <=> b.nanosecond; order != 0) return order;
  return a.offset_minutes.has_value() <=> b.offset_minutes.has_value();
}

}  // namespace

std::strong_ordering sort_order(const Value& a, const Value& b) {
  if (const int x = sort_class(a), y = sort_class(b); x != y) return strong(x - y);
  if (a.is_numeric()) return sort_numbers(a, b);
  switch (a.kind) {
    case ValueKind::Error:
      return std::strong_ordering::equal;
    case ValueKind::Boolean:
      return strong(static_cast<int>(a.as_bool()) - static_cast<int>(b.as_bool()));
    case ValueKind::DateTime:
    case ValueKind::Date:
    case ValueKind::Time:
      return sort_times(a.as_time(), b.as_time());
    default:
      if (const int order = a.text.compare(b.text); order != 0) return strong(order);
      return strong(a.modifier.compare(b.modifier));
  }
}

std::strong_ordering term_order(const Value& a, const Value& b) {
  if (const auto order = sort_order(a, b); order != 0) return order;
  if (a.kind != b.kind) return a.kind <=> b.kind;
  if (const auto order = lexical_form(a) <=> lexical_form(b); order != 0) return order;
  return a.modifier <=> b.modifier;
}

namespace {

/// The kind numbers are promoted to; nullopt unless both are numbers.
std::optional<ValueKind> promoted(const Value& a, const Value& b) {
  if (!a.is_numeric() || !b.is_numeric()) return std::nullopt;
  return std::max(a.kind, b.kind);
}

template <typename Exact, typename Approximate>
Value arithmetic(const Value& a, const Value& b, Exact exact, Approximate approximate) {
  const auto kind = promoted(a, b);
  if (!kind) return {};
  if (*kind >= ValueKind::Float) return Value::number(*kind, approximate(a.as_double(), b.as_double()));
  const auto result = exact(a.as_decimal(), b.as_decimal());
  return result ? Value::number(*kind, *result) : Value{};
}

}  // namespace

Value add(const Value& a, const Value& b) { return arithmetic(a, b, Decimal::add, std::plus<>{}); }
Value subtract(const Value& a, const Value& b) { return arithmetic(a, b, Decimal::subtract, std::minus<>{}); }
Value multiply(const Value& a, const Value& b) { return arithmetic(a, b, Decimal::multiply, std::multiplies<>{}); }

Value divide(const Value& a, const Value& b) {
  Value result = arithmetic(a, b, Decimal::divide, std::divides<>{});
  if (result.kind == ValueKind::Integer) result.kind = ValueKind::Decimal;
  return result;
}

Value negate(const Value& a) {
  if (a.is_exact()) return Value::number(a.kind, a.as_decimal().negated());
  if (a.is_numeric()) return Value::number(a.kind, -a.as_double());
  return {};
}

}  // namespace scenograph::sparql
