#include "publish/internal/dates.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string_view>

#include "rdf/vocab.hpp"

namespace scenograph::publish {

namespace {

constexpr std::array<std::string_view, 12> french_months = {"janvier",   "février", "mars",     "avril",
                                                            "mai",       "juin",    "juillet",  "août",
                                                            "septembre", "octobre", "novembre", "décembre"};
constexpr std::array<std::string_view, 12> english_months = {"January",   "February", "March",    "April",
                                                             "May",       "June",     "July",     "August",
                                                             "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 12> short_french = {"janv.", "févr.", "mars",  "avr.", "mai",  "juin",
                                                           "juil.", "août",  "sept.", "oct.", "nov.", "déc."};
constexpr std::array<std::string_view, 12> short_english = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> french_days = {"lundi",    "mardi",  "mercredi", "jeudi",
                                                         "vendredi", "samedi", "dimanche"};
constexpr std::array<std::string_view, 7> english_days = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                          "Friday", "Saturday", "Sunday"};
constexpr std::int64_t seconds_a_day = 86'400;

std::string_view month_name(const rdf::DateTime& value, Language language) {
  return (language == Language::French ? french_months : english_months)[value.month - 1U];
}

/// "1er" in French, the number otherwise.
std::string day_number(const rdf::DateTime& value, Language language) {
  return value.day == 1 && language == Language::French ? "1er" : std::to_string(value.day);
}

std::string date_text(const rdf::DateTime& value, Language language) {
  return fmt::format("{} {} {}", day_number(value, language), month_name(value, language), value.year);
}

std::string_view weekday(const Moment& moment, Language language) {
  const std::int64_t since_monday = ((day_of(moment) + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  return (language == Language::French ? french_days : english_days)[static_cast<std::size_t>(since_monday)];
}

}  // namespace

std::optional<Moment> to_moment(const rdf::Term& term) {
  if (!term.is_literal() || !term.language.empty()) return std::nullopt;
  if (term.datatype != rdf::xsd::date) {
    if (const auto value = rdf::parse_date_time(term.value)) return Moment{*value, true};
  }
  if (const auto value = rdf::parse_date(term.value)) return Moment{*value, false};
  return std::nullopt;
}

std::string time_text(const Moment& moment, Language language) {
  if (!moment.has_time) return "";
  const auto& value = moment.value;
  const std::string_view zone = value.offset_minutes == 0 ? " UTC" : "";
  if (language == Language::English) return fmt::format("{:02}:{:02}{}", value.hour, value.minute, zone);
  return value.minute == 0 ? fmt::format("{}\u00A0h{}", value.hour, zone)
                           : fmt::format("{}\u00A0h\u00A0{:02}{}", value.hour, value.minute, zone);
}

std::string to_text(const Moment& moment, Language language) {
  const std::string day = fmt::format("{} {}", weekday(moment, language), date_text(moment.value, language));
  if (!moment.has_time) return day;
  return day + (language == Language::French ? " à " : ", ") + time_text(moment, language);
}

std::string to_text(const Moment& from, const Moment& to, Language language) {
  if (day_of(from) == day_of(to)) {
    if (!from.has_time || !to.has_time || rdf::local_seconds(from.value) == rdf::local_seconds(to.value)) {
      return to_text(from, language);
    }
    return to_text(from, language) + "–" + time_text(to, language);
  }
  std::string start = day_number(from.value, language);
  const bool same_year = from.value.year == to.value.year;
  if (!same_year || from.value.month != to.value.month) start += fmt::format(" {}", month_name(from.value, language));
  if (!same_year) start += fmt::format(" {}", from.value.year);
  const std::string end = date_text(to.value, language);
  return language == Language::French ? fmt::format("du {} au {}", start, end) : fmt::format("{} – {}", start, end);
}

std::string short_month(const Moment& moment, Language language) {
  return std::string((language == Language::French ? short_french : short_english)[moment.value.month - 1U]);
}

std::int64_t day_of(const Moment& moment) {
  return rdf::days_from_civil(moment.value.year, moment.value.month, moment.value.day);
}

std::int64_t today() {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
  return seconds.count() / seconds_a_day;
}

}  // namespace scenograph::publish
