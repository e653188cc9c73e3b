#include <charconv>
#include <cstdio>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "output.hpp"
#include "world.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::string_view usage =
    "Usage: generate --triples N [--relation] [--seed S] [--format ntriples|nquads|turtle] [--faulty PERCENT] > "
    "FILE\n\n"
    "Writes made-up data of the performing arts: exactly N triples, the same ones for the same options.\n"
    "N and S may end in k, M or G. A longer file begins as a shorter one does.\n\n"
    "  --relation        only who works with whom, which follows a power law; its size decides on everything in it\n"
    "  --seed S          another world (default: 1)\n"
    "  --format FORMAT   nquads puts each venue's data into a graph of its own (default: ntriples)\n"
    "  --faulty PERCENT  break so many of the entities, in the ways that venues do (default: 0)\n";

struct Options {
  std::uint64_t triples = 0;
  std::uint64_t seed = 1;
  Format format = Format::NTriples;
  std::uint32_t faulty = 0;
  bool relation = false;
};

std::uint64_t parse_count(std::string_view option, std::string_view text) {
  std::uint64_t scale = 1;
  std::string_view digits = text;
  for (const auto& [suffix, factor] :
       {std::pair{'k', 1'000ULL}, std::pair{'M', 1'000'000ULL}, std::pair{'G', 1'000'000'000ULL}}) {
    if (digits.ends_with(suffix)) {
      scale = factor;
      digits.remove_suffix(1);
      break;
    }
  }
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number > 1'000'000'000'000ULL) {
    throw std::invalid_argument(std::string(option) + " takes a whole number such as 250, 10k, 1M, not \"" +
                                std::string(text) + "\"");
  }
  return number * scale;
}

Format parse_format(std::string_view text) {
  if (text == "ntriples") return Format::NTriples;
  if (text == "nquads") return Format::NQuads;
  if (text == "turtle") return Format::Turtle;
  throw std::invalid_argument("--format is ntriples, nquads or turtle, not \"" + std::string(text) + "\"");
}

/// @return  nothing if help is asked for.
std::optional<Options> parse(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view option = words[i];
    if (option == "--help" || option == "-h") return std::nullopt;
    if (option == "--relation") {
      options.relation = true;
      continue;
    }
    if (i + 1 == count) throw std::invalid_argument(std::string(option) + " needs a value");
    const std::string_view value = words[++i];
    if (option == "--triples")
      options.triples = parse_count(option, value);
    else if (option == "--seed")
      options.seed = parse_count(option, value);
    else if (option == "--format")
      options.format = parse_format(value);
    else if (option == "--faulty")
      options.faulty = static_cast<std::uint32_t>(parse_count(option, value));
    else
      throw std::invalid_argument("there is no option " + std::string(option));
  }
  if (options.triples == 0) throw std::invalid_argument("--triples says how many; it is needed");
  if (options.faulty > 100) throw std::invalid_argument("--faulty takes 0 to 100");
  return options;
}

void generate(const Options& options) {
  Output out(options.format, options.triples, options.seed);
  World world{out, options.seed, options.faulty};
  if (options.relation) describe_colleagues(world, options.triples);
  for (std::uint32_t contributor = 0; !out.full(); ++contributor) describe_contributor(world, contributor);
  out.finish();
}

}  // namespace

}  // namespace scenograph::benchmarks

int main(int count, char** words) {
  using namespace scenograph::benchmarks;
  try {
    if (const auto options = parse(count, words)) {
      generate(*options);
    } else {
      std::fputs(usage.data(), stdout);
    }
    return 0;
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "generate: %s\n\n%s", error.what(), usage.data());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "generate: %s\n", error.what());
    return 1;
  }
}
