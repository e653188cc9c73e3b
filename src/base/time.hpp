#pragma once

#include <cstdint>
#include <string>

namespace scenograph::base {

/// The time in milliseconds since 1970-01-01T00:00:00Z.
[[nodiscard]] std::int64_t now_ms();

/// Such a time as an xsd:dateTime: "2026-01-31T20:30:00.123Z".
[[nodiscard]] std::string utc_text(std::int64_t time_ms);

}  // namespace scenograph::base
