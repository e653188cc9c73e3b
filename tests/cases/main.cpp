// Runs case files: data, queries and what should come out of them, as text.
//
// Usage: cases FILE-OR-FOLDER...
//
// Prints "file:line: what is wrong" for each failing section and the totals last; exits with 1 if any failed.

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>
#include <vector>

#include "cases/run_case.hpp"

using namespace scenograph;

namespace {

std::vector<std::filesystem::path> case_files(const std::filesystem::path& given) {
  if (!std::filesystem::is_directory(given)) return {given};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(given)) {
    if (entry.path().extension() == ".test") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct Totals {
  std::size_t checks = 0;
  std::size_t failed = 0;
};

void run(const std::filesystem::path& file, Totals& totals) {
  cases::Runner runner;
  for (const auto& section : cases::read_case_file(file)) {
    std::string wrong;
    try {
      wrong = runner.run(section);
    } catch (const std::exception& error) {
      wrong = error.what();
    }
    if (wrong.empty()) continue;
    ++totals.failed;
    std::cout << file.string() << ':' << section.line << ": == " << section.title << '\n' << wrong << '\n';
  }
  totals.checks += runner.checks();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Totals totals;
    for (int i = 1; i < argc; ++i) {
      for (const auto& file : case_files(argv[i])) run(file, totals);
    }
    std::cout << totals.checks - totals.failed << " passed, " << totals.failed << " failed\n";
    return totals.failed == 0 && totals.checks > 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "cases: " << error.what() << '\n';
    return 2;
  }
}
