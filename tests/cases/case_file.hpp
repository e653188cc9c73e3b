#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace scenograph::cases {

/// What stands below a line "== title".
struct Section {
  std::string title;
  std::string text;
  std::size_t line = 0;  ///< of the title, from 1
};

/// The sections of a case file, in order. Lines before the first are comments.
///
/// @throws std::runtime_error if the file cannot be read or has no section.
[[nodiscard]] std::vector<Section> read_case_file(const std::filesystem::path& path);

}  // namespace scenograph::cases
