#include "base/error.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace scenograph::base {

namespace {

constexpr std::array<std::string_view, 17> code_names = {
    "BadArgument", "BadSyntax", "BadData", "NotFound", "Unsupported", "TooLarge", "Timeout", "Cancelled", "OutOfMemory",
    "Denied",      "Busy",      "Locked",  "Io",       "DiskFull",    "ReadOnly", "Corrupt", "Remote"};

Code code_of(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return Code::DiskFull;
    case EROFS:
      return Code::ReadOnly;
    case ENOENT:
    case ENOTDIR:
      return Code::NotFound;
    case EACCES:
    case EPERM:
      return Code::Denied;
    default:
      return Code::Io;
  }
}

}  // namespace

std::string_view name_of(Code code) noexcept { return code_names[static_cast<std::size_t>(code)]; }

std::string to_string(const Where& where, std::string_view language) {
  const bool french = language == "fr";
  std::string text = where.source;
  if (where.line != 0) text += fmt::format("{}{}", text.empty() ? (french ? "ligne " : "line ") : ":", where.line);
  if (where.line != 0 && where.column != 0) text += fmt::format(":{}", where.column);
  if (where.record != 0) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", french ? "enregistrement" : "record", where.record);
  }
  return text;
}

Error::Error(Code code, std::string message, Where where)
    : code_(code), message_(std::move(message)), where_(std::move(where)) {
  const std::string place = to_string(where_);
  text_ = place.empty() ? message_ : place + ": " + message_;
}

Error system_error(int error_number, std::string_view doing, Where where) {
  const std::string reason = std::generic_category().message(error_number);
  return Error(code_of(error_number), fmt::format("{}: {}", doing, reason), std::move(where));
}

}  // namespace scenograph::base
