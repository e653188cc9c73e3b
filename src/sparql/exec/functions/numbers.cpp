#include <openssl/rand.h>

#include <array>
#include <cmath>
#include <cstring>

#include "sparql/exec/functions/function.hpp"

// SPARQL 1.1 Query, section 17.4.4: functions on numbers.

namespace scenograph::sparql {

namespace {

template <typename Exact, typename Approximate>
Value map_number(const Value& value, Exact exact, Approximate approximate) {
  if (!value.is_numeric()) return {};
  if (value.is_exact()) return Value::number(value.kind, exact(value.as_decimal()));
  return Value::number(value.kind, approximate(value.as_double()));
}

Value abs(Arguments a, Context&) {
  return map_number(
      *a[0], [](const rdf::Decimal& x) { return x.is_negative() ? x.negated() : x; },
      [](double x) { return std::fabs(x); });
}

Value round(Arguments a, Context&) {
  return map_number(
      *a[0], [](const rdf::Decimal& x) { return x.round(); },
      [](double x) { return std::fabs(x) < 4503599627370496.0 ? std::floor(x + 0.5) : x; });
}

Value ceil(Arguments a, Context&) {
  return map_number(
      *a[0], [](const rdf::Decimal& x) { return x.ceil(); }, [](double x) { return std::ceil(x); });
}

Value floor(Arguments a, Context&) {
  return map_number(
      *a[0], [](const rdf::Decimal& x) { return x.floor(); }, [](double x) { return std::floor(x); });
}

Value rand(Arguments, Context&) {
  std::array<unsigned char, 8> bytes{};
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  std::uint64_t bits = 0;
  std::memcpy(&bits, bytes.data(), bytes.size());
  return Value::number(ValueKind::Double, static_cast<double>(bits >> 11U) * 0x1.0p-53);
}

constexpr std::array<Function, 5> table = {{
    {"ABS", 1, 1, abs},
    {"ROUND", 1, 1, round},
    {"CEIL", 1, 1, ceil},
    {"FLOOR", 1, 1, floor},
    {"RAND", 0, 0, rand},
}};

}  // namespace

std::span<const Function> number_functions() { return table; }

}  // namespace scenograph::sparql
