#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace scenograph::base {

/// What went wrong, as callers tell cases apart: exit codes and HTTP statuses follow from it.
enum class Code : std::uint8_t {
  BadArgument,  ///< an option, parameter or call that makes no sense
  BadSyntax,    ///< text that its grammar refuses
  BadData,      ///< well-formed input with unusable content
  NotFound,
  Unsupported,  ///< a named feature that is not there
  TooLarge,     ///< a size or count limit; the message names the option that raises it
  Timeout,
  Cancelled,
  OutOfMemory,  ///< the memory budget of a request, not of the process
  Denied,
  Busy,    ///< try again later: too many requests at once
  Locked,  ///< another process holds the data directory
  Io,      ///< the operating system refused to read or write
  DiskFull,
  ReadOnly,
  Corrupt,  ///< stored data that fails its own checks
  Remote,   ///< another server could not be reached, or did not answer as it should
};

/// The code's name as tests and JSON error bodies spell it, e.g. "BadSyntax".
[[nodiscard]] std::string_view name_of(Code code) noexcept;

/// A place in an input. Lines, columns and records count from 1; 0 means unknown.
struct Where {
  std::string source;  ///< a file's name, an address, "query"; empty if unknown
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  std::uint64_t record = 0;

  friend bool operator==(const Where&, const Where&) = default;
};

/// "file:3:14", "file, record 7", or "" when nothing is known.
///
/// @param language  "fr" or "en"
[[nodiscard]] std::string to_string(const Where& where, std::string_view language = "en");

/// The one exception type. Thrown only to end a request; caught only in the HTTP handler and in `main`.
///
/// A message says what is wrong and how to mend it, as a sentence without final full stop; the place goes into `where`.
class Error : public std::exception {
 public:
  Error(Code code, std::string message, Where where = {});

  [[nodiscard]] Code code() const noexcept { return code_; }
  [[nodiscard]] const std::string& message() const noexcept { return message_; }
  [[nodiscard]] const Where& where() const noexcept { return where_; }

  /// "file:3:14: message".
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

 private:
  Code code_;
  std::string message_;
  Where where_;
  std::string text_;
};

/// An Error for a failed system call: picks DiskFull, ReadOnly, NotFound, Denied or Io from `error_number`.
///
/// @param doing  what was attempted, e.g. "cannot write data.mdb"; the system's reason is appended.
[[nodiscard]] Error system_error(int error_number, std::string_view doing, Where where = {});

}  // namespace scenograph::base
