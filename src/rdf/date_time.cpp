#include "rdf/date_time.hpp"

#include <fmt/format.h>

namespace scenograph::rdf {

namespace {

/// Reads fixed pieces of a lexical form from front to back; every method says whether the piece was there.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }

  bool character(char wanted) {
    if (text_.empty() || text_.front() != wanted) return false;
    text_.remove_prefix(1);
    return true;
  }

  template <typename Number>
  bool digits(std::size_t count, Number& value) {
    if (text_.size() < count) return false;
    std::uint32_t number = 0;
    for (const char c : text_.substr(0, count)) {
      if (c < '0' || c > '9') return false;
      number = number * 10 + static_cast<std::uint32_t>(c - '0');
    }
    value = static_cast<Number>(number);
    text_.remove_prefix(count);
    return true;
  }

  bool year(std::int32_t& year) {
    const bool negative = character('-');
    std::size_t count = 0;
    while (count < text_.size() && text_[count] >= '0' && text_[count] <= '9') ++count;
    if (count < 4 || count > 9 || (count > 4 && text_.front() == '0')) return false;
    if (!digits(count, year)) return false;
    if (negative) year = -year;
    return true;
  }

  bool date(DateTime& value) {
    return year(value.year) && character('-') && digits(2, value.month) && character('-') && digits(2, value.day) &&
           value.month >= 1 && value.month <= 12 && value.day >= 1 &&
           value.day <= days_in_month(value.year, value.month);
  }

  /// @param midnight  set if the time is 24:00:00; the hour is then 0.
  bool time(DateTime& value, bool& midnight) {
    if (!digits(2, value.hour) || !character(':') || !digits(2, value.minute) || !character(':') ||
        !digits(2, value.second) || !fraction(value.nanosecond)) {
      return false;
    }
    midnight = value.hour == 24;
    if (midnight) {
      value.hour = 0;
      return value.minute == 0 && value.second == 0 && value.nanosecond == 0;
    }
    return value.hour < 24 && value.minute < 60 && value.second < 60;
  }

  bool zone_at_end(std::optional<std::int16_t>& offset) {
    if (at_end()) return true;
    if (character('Z')) {
      offset = std::int16_t{0};
      return at_end();
    }
    const bool negative = !text_.empty() && text_.front() == '-';
    if (!character('-') && !character('+')) return false;
    int hours = 0;
    int minutes = 0;
    if (!digits(2, hours) || !character(':') || !digits(2, minutes) || minutes > 59 || hours * 60 + minutes > 840) {
      return false;
    }
    const int total = hours * 60 + minutes;
    offset = static_cast<std::int16_t>(negative ? -total : total);
    return at_end();
  }

 private:
  bool fraction(std::uint32_t& nanosecond) {
    if (!character('.')) return true;
    std::size_t count = 0;
    nanosecond = 0;
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      const auto digit = static_cast<std::uint32_t>(text_.front() - '0');
      if (count < 9) nanosecond = nanosecond * 10 + digit;
      if (count >= 9 && digit != 0) return false;
      ++count;
      text_.remove_prefix(1);
    }
    for (std::size_t i = count; i < 9; ++i) nanosecond *= 10;
    return count > 0;
  }

  std::string_view text_;
};

std::string format_clock(const DateTime& value) {
  std::string text = fmt::format("{:02}:{:02}:{:02}", value.hour, value.minute, value.second);
  if (value.nanosecond == 0) return text;
  text += fmt::format(".{:09}", value.nanosecond);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

std::string format_calendar(const DateTime& value) {
  const std::string_view sign = value.year < 0 ? "-" : "";
  return fmt::format("{}{:04}-{:02}-{:02}", sign, value.year < 0 ? -value.year : value.year, value.month, value.day);
}

}  // namespace

unsigned days_in_month(std::int32_t year, unsigned month) {
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (month == 2) return leap ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil and civil_from_days.
std::int64_t days_from_civil(std::int32_t year, unsigned month, unsigned day) {
  const std::int64_t y = std::int64_t{year} - (month <= 2 ? 1 : 0);
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (std::int64_t{month} + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

std::int64_t local_seconds(const DateTime& value) {
  return days_from_civil(value.year, value.month, value.day) * 86400 + value.hour * 3600 + value.minute * 60 +
         value.second;
}

DateTime from_local_seconds(std::int64_t seconds, std::uint32_t nanosecond,
                            std::optional<std::int16_t> offset_minutes) {
  const std::int64_t days = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
  const std::int64_t clock = seconds - days * 86400;
  const std::int64_t z = days + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t day_of_era = z - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  DateTime out;
  out.day = static_cast<std::uint8_t>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  out.month = static_cast<std::uint8_t>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  out.year = static_cast<std::int32_t>(year_of_era + era * 400 + (out.month <= 2 ? 1 : 0));
  out.hour = static_cast<std::uint8_t>(clock / 3600);
  out.minute = static_cast<std::uint8_t>(clock / 60 % 60);
  out.second = static_cast<std::uint8_t>(clock % 60);
  out.nanosecond = nanosecond;
  out.offset_minutes = offset_minutes;
  return out;
}

std::optional<DateTime> parse_date_time(std::string_view lexical) {
  Reader reader(lexical);
  DateTime value;
  bool midnight = false;
  if (!reader.date(value) || !reader.character('T') || !reader.time(value, midnight) ||
      !reader.zone_at_end(value.offset_minutes)) {
    return std::nullopt;
  }
  if (midnight) return from_local_seconds(local_seconds(value) + 86400, 0, value.offset_minutes);
  return value;
}

std::optional<DateTime> parse_date(std::string_view lexical) {
  Reader reader(lexical);
  DateTime value;
  if (!reader.date(value) || !reader.zone_at_end(value.offset_minutes)) return std::nullopt;
  return value;
}

std::optional<DateTime> parse_time(std::string_view lexical) {
  Reader reader(lexical);
  DateTime value;
  bool midnight = false;
  if (!reader.time(value, midnight) || !reader.zone_at_end(value.offset_minutes)) return std::nullopt;
  return value;
}

std::string format_offset(std::optional<std::int16_t> offset_minutes) {
  if (!offset_minutes) return {};
  if (*offset_minutes == 0) return "Z";
  const int minutes = *offset_minutes < 0 ? -*offset_minutes : *offset_minutes;
  return fmt::format("{}{:02}:{:02}", *offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::string format_date_time(const DateTime& value) {
  return format_calendar(value) + "T" + format_clock(value) + format_offset(value.offset_minutes);
}

std::string format_date(const DateTime& value) { return format_calendar(value) + format_offset(value.offset_minutes); }

std::string format_time(const DateTime& value) { return format_clock(value) + format_offset(value.offset_minutes); }

std::partial_ordering compare_instants(const DateTime& a, const DateTime& b) {
  const auto utc = [](const DateTime& value, int absent_offset) {
    return local_seconds(value) -
           std::int64_t{60} * value.offset_minutes.value_or(static_cast<std::int16_t>(absent_offset));
  };
  const auto ordered = [&](int absent_a, int absent_b) -> std::partial_ordering {
    const std::int64_t left = utc(a, absent_a);
    const std::int64_t right = utc(b, absent_b);
    return left != right ? left <=> right : a.nanosecond <=> b.nanosecond;
  };
  if (a.offset_minutes.has_value() == b.offset_minutes.has_value()) return ordered(0, 0);
  const std::partial_ordering early = ordered(840, 840);
  const std::partial_ordering late = ordered(-840, -840);
  return early == late && early != std::partial_ordering::equivalent ? early : std::partial_ordering::unordered;
}

}  // namespace scenograph::rdf
