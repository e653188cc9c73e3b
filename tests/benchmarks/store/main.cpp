#include <charconv>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "measures.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::string_view usage =
    "Usage: store_benchmark MEASURE DIR [--file F] [--writers N] [--seconds N] [--quads N] [--batch N] [--repeats "
    "N]\n\n"
    "One measure of a store that holds generated data; tests/benchmarks/store_benchmark.py runs them all.\n\n"
    "  disk         fdatasync of the disk under DIR\n"
    "  open         opening the store in DIR\n"
    "  scan         one predicate, and everything\n"
    "  queries      some of SPARQL\n"
    "  lookup       objects of a subject and predicate\n"
    "  commits      small durable commits\n"
    "  replace      replacing graphs of 30 quads\n"
    "  commit-file  committing --file, --batch quads at a time\n"
    "  remove       removing --quads quads in one commit, by graph\n";

struct Measure {
  std::string_view name;
  void (*run)(const Settings&);
};

constexpr Measure measures[] = {
    {"disk", measure_disk},       {"open", measure_open},       {"scan", measure_scan},
    {"queries", measure_queries}, {"lookup", measure_lookup},   {"commits", measure_commits},
    {"replace", measure_replace}, {"commit-file", commit_file}, {"remove", measure_remove}};

std::uint64_t parse_count(std::string_view option, std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0) {
    throw std::invalid_argument(std::string(option) + " takes a whole number above 0, not \"" + std::string(text) +
                                "\"");
  }
  return number;
}

Settings parse(int count, char** words) {
  Settings settings;
  settings.place = words[2];
  for (int i = 3; i < count; i += 2) {
    const std::string_view option = words[i];
    if (i + 1 == count) throw std::invalid_argument(std::string(option) + " needs a value");
    const std::string_view value = words[i + 1];
    if (option == "--file") {
      settings.file = value;
      continue;
    }
    const std::uint64_t number = parse_count(option, value);
    if (option == "--writers")
      settings.writers = static_cast<unsigned>(number);
    else if (option == "--seconds")
      settings.seconds = static_cast<double>(number);
    else if (option == "--quads")
      settings.quads = number;
    else if (option == "--batch")
      settings.batch = number;
    else if (option == "--repeats")
      settings.repeats = static_cast<unsigned>(number);
    else
      throw std::invalid_argument("there is no option " + std::string(option));
  }
  return settings;
}

void run(int count, char** words) {
  if (count < 3) throw std::invalid_argument("a measure and a folder are needed");
  for (const Measure& measure : measures) {
    if (measure.name == words[1]) return measure.run(parse(count, words));
  }
  throw std::invalid_argument("there is no measure " + std::string(words[1]));
}

}  // namespace

void report(std::string_view name, double value) {
  std::printf("%.*s %.6g\n", static_cast<int>(name.size()), name.data(), value);
}

}  // namespace scenograph::benchmarks

int main(int count, char** words) {
  try {
    scenograph::benchmarks::run(count, words);
    return 0;
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "store_benchmark: %s\n\n%s", error.what(), scenograph::benchmarks::usage.data());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "store_benchmark: %s\n", error.what());
    return 1;
  }
}
