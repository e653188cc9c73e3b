#pragma once

#include <string_view>

namespace scenograph::base {

/// A file of the project that the program carries within itself (`scenograph_embed` in src/embed.cmake).
struct EmbeddedFile {
  std::string_view path;  ///< in the project, e.g. "shapes/person.ttl"
  std::string_view content;
};

}  // namespace scenograph::base
