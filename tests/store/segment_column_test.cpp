#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <random>
#include <vector>

#include "store/internal/segment/column.hpp"
#include "store/term_id.hpp"

namespace scenograph::store::internal {

namespace {

using Numbers = std::vector<std::uint64_t>;
using Random = std::mt19937_64;

std::vector<std::byte> encoded(const Numbers& numbers) {
  ColumnEncoder encoder;
  std::vector<std::byte> bytes;
  encoder.encode(numbers, bytes);
  return bytes;
}

/// Checks whole reads, reads of parts and single numbers against what was encoded. @return the encoded length
std::size_t check_round_trip(const Numbers& numbers, Random& random) {
  std::vector<std::byte> bytes = encoded(numbers);
  const std::size_t length = bytes.size();
  bytes.resize(length + packing_slack);
  bytes.shrink_to_fit();
  REQUIRE(is_column(std::span(bytes).first(length), numbers.size()));
  const Column column(bytes.data(), numbers.size());
  Numbers read(numbers.size());
  column.read(0, read.size(), read.data());
  REQUIRE(read == numbers);
  for (int round = 0; round < 20; ++round) {
    const std::size_t first = random() % numbers.size();
    const std::size_t count = 1 + random() % (round < 10 ? 10 : numbers.size());
    Numbers part(std::min(count, numbers.size() - first));
    column.read(first, part.size(), part.data());
    REQUIRE(std::equal(part.begin(), part.end(), numbers.begin() + static_cast<std::ptrdiff_t>(first)));
    REQUIRE(column.at(first) == numbers[first]);
  }
  return length;
}

void check_bounds(const Numbers& numbers, Random& random) {
  std::vector<std::byte> bytes = encoded(numbers);
  bytes.resize(bytes.size() + packing_slack);
  const Column column(bytes.data(), numbers.size());
  for (int round = 0; round < 40; ++round) {
    const std::size_t low = random() % (numbers.size() + 1);
    const std::size_t high = low + random() % (numbers.size() - low + 1);
    const std::uint64_t near = numbers[random() % numbers.size()];
    for (const std::uint64_t value : {near, near - 1, near + 1, std::uint64_t{random()}, std::uint64_t{0}}) {
      const auto begin = numbers.begin();
      const auto found =
          std::lower_bound(begin + static_cast<std::ptrdiff_t>(low), begin + static_cast<std::ptrdiff_t>(high), value);
      const auto end =
          std::upper_bound(begin + static_cast<std::ptrdiff_t>(low), begin + static_cast<std::ptrdiff_t>(high), value);
      const RowSpan range = column.equal_range({low, high}, value);
      REQUIRE(range.low == static_cast<std::size_t>(found - begin));
      REQUIRE(range.high == static_cast<std::size_t>(end - begin));
    }
  }
}

const std::vector<std::size_t> lengths = {1, 2, 7, 8, 127, 128, 129, 256, 1000, 2047, 2048};

using Maker = std::function<std::uint64_t(Random&, std::size_t)>;

std::uint64_t mixed_term(Random& random) {
  switch (random() % 20) {
    case 0:
      return TermId::make(IdKind::Date, (700000 + random() % 9000) * 86400 << 21U).bits();
    case 1:
      return TermId::make(IdKind::DateTime, ((random() % 300000000) << 21U) | (random() % 2 * 60 + 842)).bits();
    case 2:
      return TermId::make(IdKind::ShortString, random()).bits();
    case 3:
      return TermId::make(IdKind::Integer, (std::uint64_t{1} << 59U) + random() % 100).bits();
    default:
      return TermId::make(random() % 2 == 0 ? IdKind::Iri : IdKind::Literal, random() % 1000000).bits();
  }
}

const std::vector<Maker> makers = {
    [](Random&, std::size_t) { return std::uint64_t{42}; },
    [](Random&, std::size_t row) { return row; },
    [](Random&, std::size_t row) { return ~std::uint64_t{0} - row; },
    [](Random& random, std::size_t) { return random(); },
    [](Random& random, std::size_t) { return random() % 3; },
    [](Random& random, std::size_t) { return (random() % 300) * 0x123456789ABCULL; },
    [](Random& random, std::size_t row) { return row / 9 * 1000 + random() % 2; },
    [](Random&, std::size_t row) { return row / 50 * 0x1000000000000ULL; },
    [](Random& random, std::size_t row) { return row % 100 == 0 ? random() : row; },
    [](Random& random, std::size_t) { return mixed_term(random); },
    [](Random& random, std::size_t) { return random() % 2 == 0 ? ~std::uint64_t{0} : 0; },
    [](Random& random, std::size_t) { return (random() % 2000 * 86400) << 21U | std::uint64_t{0xA} << 60U; },
};

}  // namespace

TEST_CASE("a packed number comes back at every width", "[segment]") {
  Random random(1);
  for (unsigned width = 0; width <= 64; ++width) {
    Numbers numbers(77);
    for (auto& number : numbers) number = random() & low_bits(width);
    std::vector<std::byte> bytes(packed_bytes(numbers.size(), width) + packing_slack);
    pack(numbers.data(), numbers.size(), width, bytes.data());
    for (std::size_t first = 0; first < numbers.size(); ++first) {
      CHECK(packed_at(bytes.data(), width, first) == numbers[first]);
      Numbers read(numbers.size() - first);
      unpack(bytes.data(), width, first, read.size(), 5, read.data());
      for (std::size_t row = 0; row < read.size(); ++row) REQUIRE(read[row] == numbers[first + row] + 5);
    }
  }
}

TEST_CASE("columns of all shapes come back", "[segment]") {
  Random random(2);
  for (const std::size_t length : lengths) {
    for (std::size_t maker = 0; maker < makers.size(); ++maker) {
      CAPTURE(length, maker);
      Numbers numbers(length);
      for (std::size_t row = 0; row < length; ++row) numbers[row] = makers[maker](random, row);
      check_round_trip(numbers, random);
      std::sort(numbers.begin(), numbers.end());
      check_round_trip(numbers, random);
      check_bounds(numbers, random);
    }
  }
}

TEST_CASE("columns of every width come back", "[segment]") {
  Random random(3);
  for (unsigned width = 0; width <= 64; ++width) {
    CAPTURE(width);
    Numbers numbers(300);
    for (auto& number : numbers) number = random() & low_bits(width);
    check_round_trip(numbers, random);
    for (std::size_t row = 1; row < numbers.size(); ++row) numbers[row] += numbers[row - 1];
    check_round_trip(numbers, random);
    std::sort(numbers.begin(), numbers.end());
    check_bounds(numbers, random);
  }
}

TEST_CASE("typical columns are small", "[segment]") {
  Random random(4);
  const auto bits_a_row = [&](const Maker& make, bool sorted) {
    Numbers numbers(column_rows);
    for (std::size_t row = 0; row < numbers.size(); ++row) numbers[row] = make(random, row);
    if (sorted) std::sort(numbers.begin(), numbers.end());
    return static_cast<double>(check_round_trip(numbers, random)) * 8 / static_cast<double>(numbers.size());
  };
  CHECK(bits_a_row([](Random&, std::size_t) { return ~std::uint64_t{0}; }, false) < 0.05);
  CHECK(bits_a_row([](Random&, std::size_t row) { return row / 8; }, true) < 1.2);
  CHECK(bits_a_row([](Random& some, std::size_t) { return some() % 1000000; }, true) < 13);
  CHECK(bits_a_row([](Random& some, std::size_t) { return some() % 40 * 12345; }, false) < 6.5);
  // Numbers of the dictionary and a few dates, which are multiples of days.
  CHECK(bits_a_row(
            [](Random& some, std::size_t) {
              if (some() % 20 != 0) return TermId::make(IdKind::Iri, some() % 1000000).bits();
              return TermId::make(IdKind::Date, (800000 + some() % 7000) * 86400 << 21U).bits();
            },
            false) < 21.5);
}

TEST_CASE("damaged columns are refused or decoded within bounds", "[segment]") {
  Random random(5);
  for (int round = 0; round < 4000; ++round) {
    const std::size_t length = lengths[random() % lengths.size()];
    Numbers numbers(length);
    const Maker& maker = makers[random() % makers.size()];
    for (std::size_t row = 0; row < length; ++row) numbers[row] = maker(random, row);
    if (random() % 2 == 0) std::sort(numbers.begin(), numbers.end());
    std::vector<std::byte> bytes = encoded(numbers);
    for (int flips = 0; flips < 3; ++flips) {
      const std::size_t at = random() % std::min<std::size_t>(bytes.size(), random() % 2 == 0 ? 40 : bytes.size());
      bytes[at] ^= static_cast<std::byte>(1U << random() % 8);
    }
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    bytes.resize(bytes.size() + packing_slack);
    bytes.shrink_to_fit();
    if (!is_column(std::span(bytes).first(bytes.size() - packing_slack), length)) continue;
    const Column column(bytes.data(), length);
    column.read(0, length, numbers.data());
    const std::size_t row = random() % length;
    REQUIRE(column.at(row) == numbers[row]);
    const RowSpan range = column.equal_range({row, length}, numbers[row]);
    REQUIRE((row <= range.low && range.low <= range.high && range.high <= length));
  }
}

}  // namespace scenograph::store::internal
