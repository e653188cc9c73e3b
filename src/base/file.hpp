#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace scenograph::base {

/// The whole file. @throws Error(Io, NotFound, Denied) naming it; Error(Code::TooLarge) past `max_bytes` (0: no limit).
[[nodiscard]] std::string read_file(const std::filesystem::path& path, std::size_t max_bytes = 0);

/// Replaces the file in one step: a reader, or a crash, sees the old content or the new, never a part (write to a
/// neighbour, fsync, rename, fsync of the folder). Of several writers at once, in one process or in more, each writes
/// to a neighbour of its own, and the last one's content stays; neighbours that killed ones left in the folder are
/// removed.
///
/// @throws Error(Io, DiskFull, ReadOnly, Denied)
void write_file(const std::filesystem::path& path, std::string_view content);

/// Makes the entries of a folder, files that came and went, survive a loss of power. @throws Error(Io, NotFound,
/// Denied)
void sync_folder(const std::filesystem::path& path);

/// Creates the folder and its parents, so that they survive a loss of power. @throws Error(Io, ReadOnly, Denied)
void make_folder(const std::filesystem::path& path);

}  // namespace scenograph::base
