#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::tests {

/// The files below a folder of the source tree whose name ends so, sorted.
[[nodiscard]] std::vector<std::filesystem::path> files_below(std::string_view folder, std::string_view ending);

/// The quads of a Turtle file. @throws Error(Code::BadSyntax) at its first fault.
[[nodiscard]] std::vector<rdf::Quad> read_turtle(const std::filesystem::path& path);

}  // namespace scenograph::tests
