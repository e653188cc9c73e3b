#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shacl/internal/wording.hpp"
#include "shacl/trend.hpp"

namespace scenograph::shacl {

/// A time in the machine's time zone: "3 March 2026, 14:02".
[[nodiscard]] std::string shown_time(const Wording& words, std::int64_t time_ms);

/// "12 mended, 3 new"; "" if nothing changed.
[[nodiscard]] std::string shown_change(const Wording& words, const Trend::Change& change);

/// "Since 3 March 2026, 14:02: 12 mended, 3 new".
[[nodiscard]] std::string trend_line(const Wording& words, const Trend& trend);

/// A check with results that were mended or are new.
struct ChangedCheck {
  std::string field;  ///< what people call it
  Severity severity = Severity::Violation;
  std::string change;
};

/// Those of the report in its order, then those without results now.
[[nodiscard]] std::vector<ChangedCheck> changed_checks(const Wording& words, const Report& report, const Trend& trend);

/// Members of a JSON object, each after a comma: of the whole trend, with `checks` that are gone; of one check.
[[nodiscard]] std::string json_trend(const Trend& trend);
[[nodiscard]] std::string json_change(const Trend::Change& change);

}  // namespace scenograph::shacl
