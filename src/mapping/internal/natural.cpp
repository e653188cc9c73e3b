#include "mapping/internal/natural.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "rdf/vocab.hpp"

namespace scenograph::mapping::internal {

Value natural_value(sources::Value value) {
  switch (value.type) {
    case sources::ValueType::Boolean:
      return {std::move(value.text), rdf::xsd::boolean};
    case sources::ValueType::Integer:
      return {std::move(value.text), rdf::xsd::integer};
    case sources::ValueType::Double:
      return {std::move(value.text), rdf::xsd::double_};
    case sources::ValueType::Json:
      return {std::move(value.text), {}, Value::Kind::Json};
    case sources::ValueType::Null:
    case sources::ValueType::String:
      break;
  }
  return {std::move(value.text)};
}

std::string canonical_double(std::string_view number) {
  const std::string_view sign = number.starts_with('-') ? "-" : "";
  const std::size_t e = std::min(number.find_first_of("eE"), number.size());
  int exponent = 0;
  if (e < number.size()) {
    const std::string_view digits = number.substr(number[e + 1] == '+' ? e + 2 : e + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  }
  std::string_view mantissa = number.substr(sign.size(), e - sign.size());
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  std::string digits(mantissa.substr(0, point));
  if (point < mantissa.size()) digits += mantissa.substr(point + 1);
  exponent += static_cast<int>(point) - 1;
  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return fmt::format("{}0.0E0", sign);
  exponent -= static_cast<int>(first);
  digits.erase(0, first);
  digits.erase(digits.find_last_not_of('0') + 1);
  return fmt::format("{}{}.{}E{}", sign, digits[0], digits.size() > 1 ? digits.substr(1) : "0", exponent);
}

}  // namespace scenograph::mapping::internal
