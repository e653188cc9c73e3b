#include "base/quantity.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/error.hpp"

namespace scenograph::base {

namespace {

struct Unit {
  std::string_view suffix;
  std::uint64_t factor;
};

constexpr Unit byte_units[] = {{"", 1},
                               {"K", std::uint64_t{1} << 10U},
                               {"M", std::uint64_t{1} << 20U},
                               {"G", std::uint64_t{1} << 30U},
                               {"T", std::uint64_t{1} << 40U}};
constexpr Unit no_units[] = {{"", 1}};
constexpr Unit time_units[] = {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"", 1000}};

template <std::size_t count>
std::uint64_t parse_with_unit(std::string_view name, std::string_view text, const Unit (&units)[count],
                              std::string_view example) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view suffix = text.substr(static_cast<std::size_t>(end - text.data()));
  std::uint64_t product = 0;
  for (const Unit& unit : units) {
    if (failure == std::errc() && suffix == unit.suffix && !__builtin_mul_overflow(number, unit.factor, &product)) {
      return product;
    }
  }
  throw Error(Code::BadArgument, fmt::format("{} takes a number such as {}, not \"{}\"", name, example, text));
}

}  // namespace

std::uint64_t parse_bytes(std::string_view name, std::string_view text) {
  return parse_with_unit(name, text, byte_units, "512M or 2G");
}

std::uint64_t parse_milliseconds(std::string_view name, std::string_view text) {
  return parse_with_unit(name, text, time_units, "30s or 500ms");
}

std::uint64_t parse_count(std::string_view name, std::string_view text) {
  return parse_with_unit(name, text, no_units, "1000");
}

}  // namespace scenograph::base
