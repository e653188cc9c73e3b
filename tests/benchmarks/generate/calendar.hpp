#pragma once

#include <cstdint>
#include <string>

namespace scenograph::benchmarks {

/// A moment on a clock on the wall: days since 1970 and minutes since midnight.
struct Moment {
  std::int32_t day = 0;
  std::int32_t minute = 0;

  [[nodiscard]] Moment plus_minutes(std::int32_t minutes) const;
};

[[nodiscard]] std::int32_t day_number(std::int32_t year, std::int32_t month, std::int32_t day);

/// 0 is Monday.
[[nodiscard]] std::int32_t weekday(std::int32_t day);

/// 2026-11-05.
[[nodiscard]] std::string date_text(std::int32_t day);

/// 2026-11-05T20:30:00, with the offset of central Europe or, `greenwich`, of western Europe; summer time from the last
/// Sunday in March to the last in October.
[[nodiscard]] std::string date_time_text(Moment moment, bool greenwich);

/// The same without the offset.
[[nodiscard]] std::string local_text(Moment moment);

}  // namespace scenograph::benchmarks
