#include "domain/files.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/file.hpp"
#include "syntax/reader.hpp"

namespace scenograph::tests {

std::vector<std::filesystem::path> files_below(std::string_view folder, std::string_view ending) {
  std::vector<std::filesystem::path> found;
  const std::filesystem::path root = std::filesystem::path(SCENOGRAPH_SOURCE) / folder;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.is_regular_file() && entry.path().filename().string().ends_with(ending)) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<rdf::Quad> read_turtle(const std::filesystem::path& path) {
  std::vector<rdf::Quad> quads;
  syntax::ReadOptions options;
  options.base = "https://w3id.org/scenograph/";
  options.source_name = path.filename().string();
  const auto source = base::open_file(path);
  syntax::read(*source, syntax::Format::Turtle, options, [&](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

}  // namespace scenograph::tests
