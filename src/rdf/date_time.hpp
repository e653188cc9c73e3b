#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scenograph::rdf {

/// The seven-property model of XSD's dates and times: what its datatypes leave out stays at its default.
///
/// Source: XML Schema 1.1 Part 2, appendix D.2.
struct DateTime {
  std::int32_t year = 1972;
  std::uint8_t month = 1;
  std::uint8_t day = 1;
  std::uint8_t hour = 0;
  std::uint8_t minute = 0;
  std::uint8_t second = 0;
  std::uint32_t nanosecond = 0;
  std::optional<std::int16_t> offset_minutes;  ///< from UTC, -840 to 840; absent when no zone is given

  friend bool operator==(const DateTime&, const DateTime&) = default;
};

/// Lexical forms without surrounding space; nullopt if the text is none: years of 4 to 9 digits (0000 allowed), real
/// days of the month, at most 9 digits of a second's fraction (further ones must be 0), 24:00:00 as the next day's
/// midnight.
[[nodiscard]] std::optional<DateTime> parse_date_time(std::string_view lexical);
[[nodiscard]] std::optional<DateTime> parse_date(std::string_view lexical);
[[nodiscard]] std::optional<DateTime> parse_time(std::string_view lexical);

/// Canonical lexical forms; the zone is kept as given (UTC is "Z"), fractions lose trailing zeros.
[[nodiscard]] std::string format_date_time(const DateTime& value);
[[nodiscard]] std::string format_date(const DateTime& value);
[[nodiscard]] std::string format_time(const DateTime& value);

/// "+02:00", "-05:30", "Z", or "" for an absent zone.
[[nodiscard]] std::string format_offset(std::optional<std::int16_t> offset_minutes);

/// Seconds since 1970-01-01T00:00:00 of the clock reading, the zone left out of account.
[[nodiscard]] std::int64_t local_seconds(const DateTime& value);

/// The clock reading at `local_seconds`, with the given nanosecond and offset.
[[nodiscard]] DateTime from_local_seconds(std::int64_t seconds, std::uint32_t nanosecond = 0,
                                          std::optional<std::int16_t> offset_minutes = std::nullopt);

/// Order of two instants. With a zone on one side only it is `unordered` unless they are more than 14 hours apart
/// (XSD 1.1, D.2.1); SPARQL makes a type error of that.
[[nodiscard]] std::partial_ordering compare_instants(const DateTime& a, const DateTime& b);

/// Days since 1970-01-01 of a proleptic Gregorian date.
[[nodiscard]] std::int64_t days_from_civil(std::int32_t year, unsigned month, unsigned day);

[[nodiscard]] unsigned days_in_month(std::int32_t year, unsigned month);

}  // namespace scenograph::rdf
