#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace scenograph::base {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error, Off };

/// A named value of a log line.
struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double> value;
};

/// Sets the lowest level that is written, for the whole process. Lines go to standard error.
void set_log_level(LogLevel level);

/// Writes one structured line, `2026-01-31T20:30:00.123Z info commit quads=12 ms=3.1`: values are quoted where they
/// hold spaces. Thread-safe; one write per line.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

}  // namespace scenograph::base
