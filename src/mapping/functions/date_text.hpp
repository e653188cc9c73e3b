#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scenograph::mapping::functions {

/// What a text says about a day and a time of day; parts that it leaves out are absent.
struct DateText {
  struct Day {
    int year = 0;
    int month = 0;
    int day = 0;
  };
  struct Clock {
    int hour = 0;
    int minute = 0;
    int second = 0;
  };
  std::optional<Day> day;
  std::optional<Clock> clock;
  std::optional<int> offset_minutes;  ///< only if the text gives one
};

/// Reads French, English and ISO writing: "ven. 12 déc. 2025 à 20h30", "December 12, 2025 8:30 pm", "12/12/2025",
/// "2013-06-27 09:00:00", "20251212T203000Z". Of three short numbers the first is the day, unless only the second can
/// be. Days and times that do not exist are absent.
[[nodiscard]] DateText read_date_text(std::string_view text);

/// Reads by a pattern of YYYY, YY, MM, M, MMM (a month's name), DD, D, HH, H, mm, ss and a (am, pm); other characters
/// stand for themselves, one space for any.
[[nodiscard]] DateText read_by_pattern(std::string_view text, std::string_view pattern);

/// "2025-12-12", "20:30:00".
[[nodiscard]] std::string format(const DateText::Day& day);
[[nodiscard]] std::string format(const DateText::Clock& clock);

/// The zone's offset from UTC at a local time, e.g. 120 for Europe/Paris in summer; nullopt for an unknown zone. Of two
/// (when clocks go back) the first; where clocks skip the time, that before the skip.
[[nodiscard]] std::optional<int> offset_in_zone(std::string_view zone, const DateText::Day& day,
                                                const DateText::Clock& clock);

}  // namespace scenograph::mapping::functions
