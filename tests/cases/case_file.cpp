#include "cases/case_file.hpp"

#include <fstream>
#include <stdexcept>

namespace scenograph::cases {

std::vector<Section> read_case_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::vector<Section> sections;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with("== ")) {
      sections.push_back({line.substr(3), {}, number});
    } else if (!sections.empty()) {
      sections.back().text += line + "\n";
    }
  }
  if (sections.empty()) throw std::runtime_error(path.string() + " has no section");
  for (Section& section : sections) {
    const std::size_t last = section.text.find_last_not_of('\n');
    section.text.resize(last == std::string::npos ? 0 : last + 1);
  }
  return sections;
}

}  // namespace scenograph::cases
