#include "base/checked_sort.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace scenograph::base {

namespace {

std::vector<std::uint32_t> shuffled(std::uint32_t size) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < size; ++i) out.push_back(i * 2'654'435'761U);
  return out;
}

}  // namespace

TEST_CASE("A checked sort sorts") {
  for (const std::uint32_t size : {0U, 1U, 100U, 100'000U}) {
    auto numbers = shuffled(size);
    checked_sort(
        numbers.begin(), numbers.end(), [] {}, std::greater<>());
    CHECK(std::is_sorted(numbers.begin(), numbers.end(), std::greater<>()));
  }
}

TEST_CASE("A checked sort looks often, and ends where it is told to") {
  auto numbers = shuffled(300'000);
  std::size_t compared = 0;
  std::size_t at_last_check = 0;
  std::size_t longest = 0;
  const auto less = [&](std::uint32_t a, std::uint32_t b) {
    ++compared;
    return a < b;
  };
  const auto look = [&] {
    longest = std::max(longest, compared - at_last_check);
    at_last_check = compared;
  };
  checked_sort(numbers.begin(), numbers.end(), look, less);
  CHECK(compared > 1'000'000);
  CHECK(longest <= 16'384);

  numbers = shuffled(300'000);
  compared = 0;
  int left = 3;
  const auto stop = [&] {
    if (--left == 0) throw std::runtime_error("enough");
  };
  CHECK_THROWS_AS(checked_sort(numbers.begin(), numbers.end(), stop, less), std::runtime_error);
  CHECK(compared < 3 * 16'384);
}

}  // namespace scenograph::base
