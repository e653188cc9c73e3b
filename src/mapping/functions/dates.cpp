#include <fmt/format.h>

#include "mapping/functions/date_text.hpp"
#include "mapping/functions/function.hpp"
#include "rdf/date_time.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::mapping::functions {

namespace {

DateText read(const Arguments& a, std::size_t text, std::size_t pattern) {
  return a.has(pattern) ? read_by_pattern(a.text(text), a.text(pattern)) : read_date_text(a.text(text));
}

Values not_a_day(const Arguments& a) {
  return a.complain(a.text(0),
                    {"not a date with day, month and year; write 2025-12-31, or give the mapping a pattern",
                     "ce n’est pas une date avec jour, mois et année ; écrivez 2025-12-31, ou donnez un motif "
                     "au mapping"});
}

Values parse_date(const Arguments& a) {
  const DateText found = read(a, 0, 1);
  if (!found.day) return not_a_day(a);
  return {Value{format(*found.day), rdf::xsd::date}};
}

Values parse_time(const Arguments& a) {
  const DateText found = read(a, 0, 1);
  if (!found.clock)
    return a.complain(a.text(0), {"not a time of day; write 20:30", "ce n’est pas une heure ; écrivez 20:30"});
  return {Value{format(*found.clock), rdf::xsd::time}};
}

// The offset the text gives, else that of the zone asked for, else none.
std::optional<std::string> offset_of(const Arguments& a, const DateText& found, std::size_t zone) {
  std::optional<int> minutes = found.offset_minutes;
  if (!minutes && a.has(zone)) {
    minutes = offset_in_zone(a.text(zone), *found.day, *found.clock);
    if (!minutes) {
      a.complain(a.text(zone), {"not a time zone; write one such as Europe/Paris",
                                "ce n’est pas un fuseau horaire ; écrivez-en un comme Europe/Paris"});
      return std::nullopt;
    }
  }
  if (!minutes) return "";
  return rdf::format_offset(static_cast<std::int16_t>(*minutes));
}

Values parse_date_time(const Arguments& a) {
  DateText found = read(a, 0, 3);
  if (!found.day) return not_a_day(a);
  if (a.has(1) && !a.text(1).empty()) {
    const DateText time = read_date_text(a.text(1));
    if (!time.clock)
      a.complain(a.text(1), {"not a time of day; write 20:30. The date is kept without it",
                             "ce n’est pas une heure ; écrivez 20:30. La date est gardée sans elle"});
    found.clock = time.clock;
    found.offset_minutes = time.offset_minutes;
  }
  if (!found.clock) return {Value{format(*found.day), rdf::xsd::date}};
  const auto offset = offset_of(a, found, 2);
  if (!offset) return {};
  return {Value{fmt::format("{}T{}{}", format(*found.day), format(*found.clock), *offset), rdf::xsd::dateTime}};
}

}  // namespace

std::span<const Function> date_functions() {
  static const std::vector<Function> table = {
      {"parse_date", {"value", "pattern?"}, Manner::Each, parse_date},
      {"parse_time", {"value", "pattern?"}, Manner::Each, parse_time},
      {"parse_date_time", {"date", "time?", "zone?", "pattern?"}, Manner::Each, parse_date_time},
  };
  return table;
}

}  // namespace scenograph::mapping::functions
