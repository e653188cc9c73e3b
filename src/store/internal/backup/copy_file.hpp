#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace scenograph::store::internal {

inline constexpr std::size_t hash_digits = 32;

/// 128 bits of XXH3 in hexadecimal.
[[nodiscard]] std::string hash_of(std::string_view bytes);

/// As `hash_of` of a file's content. @throws Error(NotFound, Io, Denied)
[[nodiscard]] std::string hash_of_file(const std::filesystem::path& path);

/// What was copied.
struct CopiedFile {
  std::string hash;
  std::uint64_t size = 0;
};

/// Writes the file anew under another name and synchronises it; what was there is replaced.
///
/// @param progress  told of each piece's bytes; may throw to stop.
/// @throws          Error(Code::NotFound) if `from` is not there; Error(DiskFull, Io, Denied).
[[nodiscard]] CopiedFile copy_file(const std::filesystem::path& from, const std::filesystem::path& to,
                                   const std::function<void(std::uint64_t)>& progress);

}  // namespace scenograph::store::internal
