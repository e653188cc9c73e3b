#include "store/internal/vocabulary/packing.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace scenograph::store::internal::vocabulary {

namespace {

std::string letters_of(std::size_t count) {
  std::string letters;
  for (std::size_t i = 0; i < count; ++i) letters.push_back(static_cast<char>(i * 4));
  return letters;
}

std::string unpacked(std::string_view letters, const std::string& packed, std::size_t size) {
  const std::string padded = packed + "paddings";
  Unpacker unpacker(letters, padded.data(), size);
  std::string text(size, '\0');
  std::size_t at = unpacker.read(text.data(), size / 3);  // in parts
  while (at < size) at += unpacker.read(text.data() + at, size - at);
  REQUIRE(unpacker.read(text.data(), 1) == 0);
  return text;
}

TEST_CASE("packed text comes back, for each number of letters") {
  std::mt19937_64 random(4);
  for (std::size_t count = 2; count <= most_letters; ++count) {
    const std::string letters = letters_of(count);
    const Packer packer(letters);
    for (std::size_t size = 0; size < 150; ++size) {
      std::string any(size, '\0');
      for (char& byte : any) byte = letters[random() % count];
      for (const std::string& text : {any, std::string(size, letters.front()), std::string(size, letters.back())}) {
        std::string packed;
        packer.pack(text, packed);
        REQUIRE(packed.size() == packed_bytes(count, size));
        REQUIRE(unpacked(letters, packed, size) == text);
      }
    }
  }
}

TEST_CASE("packed text takes no more bytes than its values need") {
  CHECK(packed_bytes(2, 64) == 8);
  CHECK(packed_bytes(10, 3) == 2);   // 1,000 values
  CHECK(packed_bytes(32, 13) == 9);  // 12 digits in 8 bytes, one in another
  CHECK(packed_bytes(36, 9) == 6);   // 46.5 bits
  CHECK(packed_bytes(64, 4) == 3);
  CHECK(packed_bytes(64, 0) == 0);
}

}  // namespace

}  // namespace scenograph::store::internal::vocabulary
