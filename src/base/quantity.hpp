#pragma once

#include <cstdint>
#include <string_view>

namespace scenograph::base {

/// A whole number with an optional binary suffix K, M, G or T ("512M"), in bytes.
///
/// @param name  what takes it, for the message: "--query-memory".
/// @throws      Error(Code::BadArgument) for anything else.
[[nodiscard]] std::uint64_t parse_bytes(std::string_view name, std::string_view text);

/// A time such as "30s", "500ms", "2m", "1h" or "30", which is in seconds; in milliseconds. The rest as `parse_bytes`.
[[nodiscard]] std::uint64_t parse_milliseconds(std::string_view name, std::string_view text);

/// A whole number. The rest as `parse_bytes`.
[[nodiscard]] std::uint64_t parse_count(std::string_view name, std::string_view text);

}  // namespace scenograph::base
