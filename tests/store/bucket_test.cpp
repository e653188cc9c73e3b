#include "store/internal/vocabulary/bucket.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <random>

namespace scenograph::store::internal::vocabulary {

namespace {

SymbolTable random_table(std::mt19937_64& random) {
  SymbolTable table;
  for (std::size_t i = 0; i < table.last.size(); ++i) {
    table.last[i] = static_cast<std::uint8_t>(random());
    for (char& byte : table.bytes[i]) byte = static_cast<char>(random());
  }
  return table;
}

/// Bytes that often make whole entries with short shared lengths, as wholly random ones seldom do.
std::string random_bucket(std::mt19937_64& random) {
  std::string bytes;
  const bool wild = random() % 4 == 0;
  for (std::size_t entry = 0; entry < bucket_terms; ++entry) {
    const std::size_t length = random() % 15;
    const std::size_t shared = entry == 0 ? 0 : random() % 4;
    bytes.push_back(static_cast<char>(wild ? random() : shared << 4U | length));
    for (std::size_t i = 0; i < length; ++i) bytes.push_back(static_cast<char>(random()));
  }
  bytes.resize(random() % 3 == 0 ? random() % (bytes.size() + 1) : bytes.size());
  return bytes;
}

/// Terms read one over the other are what each is by itself. More damage is seen that way, as the bounds are closer.
/// @return  how many were read.
std::size_t read_in_steps(const Bucket& bucket, std::size_t step) {
  BucketReader reader(bucket);
  std::string text = "before";
  std::size_t count = 0;
  for (std::size_t index = step - 1; index < bucket.terms && reader.read(index, text, 6); index += step) {
    std::string alone = "before";
    REQUIRE(append_rest(bucket, index, alone));
    REQUIRE(text.substr(0, 6 + reader.size()) == alone);
    REQUIRE(reader.next() == index + 1);
    ++count;
  }
  return count;
}

TEST_CASE("a bucket of any bytes is read within its bounds, or refused") {
  std::mt19937_64 random(12);
  const std::string letters = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::size_t whole = 0;
  std::size_t refused = 0;
  std::size_t in_steps = 0;
  for (unsigned round = 0; round < 20'000; ++round) {
    const SymbolTable table = random_table(random);
    const std::string bytes = random_bucket(random);
    // Of exact size, for the address sanitizer to see what is read beyond.
    const auto memory = std::make_unique<char[]>(bytes.size() + packing_padding);
    std::copy(bytes.begin(), bytes.end(), memory.get());
    Bucket bucket{.begin = memory.get(), .end = memory.get() + bytes.size(), .terms = bucket_terms, .codec = {}};
    if (round % 3 == 1) bucket.codec.table = &table;
    if (round % 3 == 2) bucket.codec.letters = std::string_view(letters).substr(0, 2 + random() % 35);
    for (std::size_t index = 0; index < bucket.terms; ++index) {
      std::string rest;
      const bool fine = append_rest(bucket, index, rest);
      (fine ? whole : refused) += 1;
      if (fine) REQUIRE(rest.size() <= 64 * (bytes.size() + 1));
      Place place;
      if (find_rest(bucket, rest, place)) REQUIRE(place.index <= bucket.terms);
    }
    in_steps += read_in_steps(bucket, 1 + random() % 5);
  }
  CHECK(whole > 1000);
  CHECK(refused > 1000);
  CHECK(in_steps > 1000);
}

}  // namespace

}  // namespace scenograph::store::internal::vocabulary
