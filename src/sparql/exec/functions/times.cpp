#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "rdf/vocab.hpp"
#include "sparql/exec/functions/function.hpp"

// SPARQL 1.1 Query, section 17.4.5: functions on dates and times. As in XPath, a date has a year, a month and a day,
// and a time has hours, minutes and seconds.

namespace scenograph::sparql {

namespace {

bool has_date(const Value& value) { return value.kind == ValueKind::DateTime || value.kind == ValueKind::Date; }
bool has_time(const Value& value) { return value.kind == ValueKind::DateTime || value.kind == ValueKind::Time; }

Value now(Arguments, Context& context) {
  Value value;
  value.kind = ValueKind::DateTime;
  value.data = context.now;
  return value;
}

Value year(Arguments a, Context&) { return has_date(*a[0]) ? Value::integer(a[0]->as_time().year) : Value{}; }
Value month(Arguments a, Context&) { return has_date(*a[0]) ? Value::integer(a[0]->as_time().month) : Value{}; }
Value day(Arguments a, Context&) { return has_date(*a[0]) ? Value::integer(a[0]->as_time().day) : Value{}; }
Value hours(Arguments a, Context&) { return has_time(*a[0]) ? Value::integer(a[0]->as_time().hour) : Value{}; }
Value minutes(Arguments a, Context&) { return has_time(*a[0]) ? Value::integer(a[0]->as_time().minute) : Value{}; }

Value seconds(Arguments a, Context&) {
  if (!has_time(*a[0])) return {};
  const rdf::DateTime& time = a[0]->as_time();
  constexpr rdf::Int128 billion = 1'000'000'000;
  return Value::number(ValueKind::Decimal, rdf::Decimal::scaled(time.second * billion + time.nanosecond, 9));
}

std::optional<std::int16_t> zone_of(const Value& value) {
  return has_date(value) || has_time(value) ? value.as_time().offset_minutes : std::nullopt;
}

Value timezone(Arguments a, Context&) {
  const auto zone = zone_of(*a[0]);
  if (!zone) return {};
  const int total = std::abs(int{*zone});
  std::string text = *zone < 0 ? "-PT" : "PT";
  if (total >= 60) text += fmt::format("{}H", total / 60);
  if (total % 60 != 0) text += fmt::format("{}M", total % 60);
  if (total == 0) text += "0S";
  return Value::other(text, rdf::xsd::dayTimeDuration);
}

Value tz(Arguments a, Context&) {
  if (!has_date(*a[0]) && !has_time(*a[0])) return {};
  return Value::string(rdf::format_offset(zone_of(*a[0])));
}

constexpr std::array<Function, 9> table = {{
    {"NOW", 0, 0, now},
    {"YEAR", 1, 1, year},
    {"MONTH", 1, 1, month},
    {"DAY", 1, 1, day},
    {"HOURS", 1, 1, hours},
    {"MINUTES", 1, 1, minutes},
    {"SECONDS", 1, 1, seconds},
    {"TIMEZONE", 1, 1, timezone},
    {"TZ", 1, 1, tz},
}};

}  // namespace

std::span<const Function> time_functions() { return table; }

}  // namespace scenograph::sparql
