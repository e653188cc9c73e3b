#include "calendar.hpp"

#include <chrono>

namespace scenograph::benchmarks {

namespace {

constexpr std::int32_t minutes_a_day = 24 * 60;

void append_two(std::string& to, unsigned number) {
  to.push_back(static_cast<char>('0' + number / 10));
  to.push_back(static_cast<char>('0' + number % 10));
}

std::int32_t last_sunday(std::int32_t year, std::int32_t month) {
  const std::int32_t last = day_number(year, month, 31);
  return last - (weekday(last) + 1) % 7;
}

bool is_summer(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  const auto year = static_cast<int>(date.year());
  return day >= last_sunday(year, 3) && day < last_sunday(year, 10);
}

}  // namespace

Moment Moment::plus_minutes(std::int32_t minutes) const {
  const std::int32_t total = minute + minutes;
  const std::int32_t days = total >= 0 ? total / minutes_a_day : -((minutes_a_day - 1 - total) / minutes_a_day);
  return {day + days, total - days * minutes_a_day};
}

std::int32_t day_number(std::int32_t year, std::int32_t month, std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  return static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count());
}

std::int32_t weekday(std::int32_t day) { return (day % 7 + 10) % 7; }

std::string date_text(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  std::string text = std::to_string(static_cast<int>(date.year()));
  text.push_back('-');
  append_two(text, static_cast<unsigned>(date.month()));
  text.push_back('-');
  append_two(text, static_cast<unsigned>(date.day()));
  return text;
}

std::string local_text(Moment moment) {
  std::string text = date_text(moment.day);
  text.push_back('T');
  append_two(text, static_cast<unsigned>(moment.minute / 60));
  text.push_back(':');
  append_two(text, static_cast<unsigned>(moment.minute % 60));
  return text.append(":00");
}

std::string date_time_text(Moment moment, bool greenwich) {
  const char hours = static_cast<char>('0' + (greenwich ? 0 : 1) + (is_summer(moment.day) ? 1 : 0));
  std::string text = local_text(moment);
  text.append("+0").push_back(hours);
  return text.append(":00");
}

}  // namespace scenograph::benchmarks
