#include <fmt/format.h>

#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "jsonld/any_syntax.hpp"
#include "markup/scan.hpp"

using namespace scenograph;

namespace {

constexpr std::string_view help = R"(Usage: markup_benchmark scan|read FILE [--seconds S]

Over and over for S seconds of processor time (2), tells which structured data a web page may have (scan), or turns it into quads (read),
and prints "RUNS BYTES QUADS SECONDS" of all runs. After scan, QUADS is how many runs found that there may be any.

Example: markup_benchmark read page.html --seconds 5
)";

std::size_t count_quads(const std::string& page) {
  std::size_t quads = 0;
  const auto source = base::open_text(page);
  syntax::ReadOptions options;
  options.base = "http://venue.example/page";
  jsonld::read_any(*source, syntax::Format::Html, options, [&quads](const rdf::Quad&) { ++quads; });
  return quads;
}

template <typename Once>
void measure(const std::string& page, double seconds, const Once& once) {
  std::size_t runs = 0;
  std::size_t found = 0;
  const std::clock_t start = std::clock();
  double passed = 0;
  do {
    found += once(page);
    ++runs;
    passed = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  } while (passed < seconds);
  fmt::print("{} {} {} {:.6f}\n", runs, runs * page.size(), found, passed);
}

int run(const std::vector<std::string>& arguments) {
  const bool timed = arguments.size() == 4 && arguments[2] == "--seconds";
  if ((arguments.size() != 2 && !timed) || (arguments[0] != "scan" && arguments[0] != "read")) {
    std::cout << help;
    return 2;
  }
  const double seconds = timed ? std::stod(arguments[3]) : 2;
  const auto source = base::open_file(arguments[1]);
  const std::string page = base::read_all(*source, 0, arguments[1]);
  if (arguments[0] == "scan") {
    measure(page, seconds, [](const std::string& html) { return std::size_t{markup::scan_kinds(html).any()}; });
  } else {
    measure(page, seconds, count_quads);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "markup_benchmark: " << error.what() << '\n';
    return 1;
  }
}
