// Reads the JSON-LD, Turtle and N-Quads among the samples leniently, and compares what is told of repairs with a list.
//
// Usage: lenient_samples FOLDER LIST [--write]
//
// The list has a line for each file: its path in the folder, how many quads it has, and "repair×count" for each kind of
// repair; "other×count" for remarks that are no repairs of JSON-LD. Files of JSON without @context or @graph are data
// of other kinds and left aside. Prints what differs; exits with 77 if the folder is not there. --write writes the
// list.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

#include "lenient/run_case.hpp"

using namespace scenograph;
namespace fs = std::filesystem;

namespace {

constexpr int skipped = 77;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// How many repairs a diagnostic stands for: "(12 more like this)" for twelve.
std::size_t count_of(const base::Diagnostic& diagnostic) {
  const std::string& text = diagnostic.message.en;
  if (!text.ends_with(" more like this)")) return 1;
  std::size_t count = 0;
  const std::size_t begin = text.rfind('(') + 1;
  std::from_chars(text.data() + begin, text.data() + text.size(), count);
  return count;
}

/// The line of a file in the list; "" if the file is of no interest.
std::string line_of(const fs::path& folder, const fs::path& path) {
  static const std::map<std::string, syntax::Format> formats = {{".jsonld", syntax::Format::JsonLd},
                                                                {".json", syntax::Format::JsonLd},
                                                                {".html", syntax::Format::Html},
                                                                {".ttl", syntax::Format::Turtle},
                                                                {".nq", syntax::Format::NQuads}};
  const auto format = formats.find(path.extension().string());
  if (format == formats.end()) return {};
  const std::string text = content_of(path);
  const bool is_json = path.extension() == ".json";
  if (is_json && text.find("\"@context\"") == std::string::npos && text.find("\"@graph\"") == std::string::npos)
    return {};
  const lenient::Outcome outcome = lenient::read(text, format->second, true);
  std::map<std::string, std::size_t> repairs;
  for (const base::Diagnostic& each : outcome.diagnostics) {
    const std::string name = lenient::repair_name(each);
    repairs[name.empty() ? "other" : name] += count_of(each);
  }
  std::string line = fmt::format("{} {}", fs::relative(path, folder).generic_string(), outcome.quads.size());
  if (!outcome.error.empty()) line += " FAILED:" + outcome.error;
  for (const auto& [name, count] : repairs) line += fmt::format(" {}×{}", name, count);
  return line;
}

std::set<std::string> read_list(const fs::path& path) {
  std::ifstream file(path);
  std::set<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.front() != '#') lines.insert(line);
  }
  return lines;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: lenient_samples FOLDER LIST [--write]\n";
    return 2;
  }
  const fs::path folder = argv[1];
  if (!fs::is_directory(folder)) {
    std::cout << "skipped: there are no samples in " << folder.string() << '\n';
    return skipped;
  }
  std::set<std::string> lines;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (std::string line = entry.is_regular_file() ? line_of(folder, entry.path()) : ""; !line.empty()) {
      lines.insert(std::move(line));
    }
  }
  if (argc > 3) {
    std::ofstream file(argv[2]);
    file << "# What lenient reading tells of the samples: see samples.cpp.\n";
    for (const std::string& line : lines) file << line << '\n';
    return 0;
  }
  const std::set<std::string> expected = read_list(argv[2]);
  std::size_t wrong = 0;
  for (const std::string& line : lines) {
    const bool failed = line.find(" FAILED:") != std::string::npos;
    if (expected.contains(line) && !failed) continue;
    ++wrong;
    std::cout << "now:      " << line << '\n';
  }
  for (const std::string& line : expected) {
    if (lines.contains(line)) continue;
    ++wrong;
    std::cout << "expected: " << line << '\n';
  }
  std::cout << lines.size() << " files read, " << wrong << " lines differ\n";
  return wrong == 0 && !lines.empty() ? 0 : 1;
}
