#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "jsonld/any_syntax.hpp"
#include "jsonld/document.hpp"

using namespace scenograph;

namespace {

constexpr std::string_view help = R"(Usage: jsonld_benchmark FILE... [--seconds S]
       jsonld_benchmark --context

Turns JSON-LD files into quads, each time from its bytes, over and over for S seconds (2), and prints
"DOCUMENTS QUADS SECONDS" of all runs. --context prints the context of schema.org that the program holds.

Example: jsonld_benchmark event1.jsonld event2.jsonld --seconds 5
)";

std::size_t count_quads(const std::string& text) {
  std::size_t quads = 0;
  const auto source = base::open_text(text);
  syntax::ReadOptions options;
  options.base = "http://data.example/";
  jsonld::read_any(*source, syntax::Format::JsonLd, options, [&quads](const rdf::Quad&) { ++quads; });
  return quads;
}

void measure(const std::vector<std::string>& documents, double seconds) {
  using Clock = std::chrono::steady_clock;
  std::size_t runs = 0;
  std::size_t quads = 0;
  const auto start = Clock::now();
  double passed = 0;
  do {
    for (const std::string& document : documents) quads += count_quads(document);
    runs += documents.size();
    passed = std::chrono::duration<double>(Clock::now() - start).count();
  } while (passed < seconds);
  fmt::print("{} {} {:.6f}\n", runs, quads, passed);
}

int run(const std::vector<std::string>& arguments) {
  std::vector<std::string> documents;
  double seconds = 2;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--context") {
      std::cout << jsonld::bundled_document("https://schema.org")->text;
      return 0;
    }
    if (arguments[i] == "--seconds" && i + 1 < arguments.size()) {
      seconds = std::stod(arguments[++i]);
    } else {
      const auto source = base::open_file(arguments[i]);
      documents.push_back(base::read_all(*source, 0, arguments[i]));
    }
  }
  if (documents.empty()) {
    std::cout << help;
    return 2;
  }
  measure(documents, seconds);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "jsonld_benchmark: " << error.what() << '\n';
    return 1;
  }
}
