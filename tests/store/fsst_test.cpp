#include "store/internal/vocabulary/fsst.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace scenograph::store::internal::vocabulary {

namespace {

constexpr std::size_t everything = ~std::size_t{0};

/// Text with the bytes after it that compression wants; they are not 0, as they must not matter.
struct Padded {
  explicit Padded(std::string_view text) : bytes(std::string(text) + "paddings"), size(text.size()) {}
  [[nodiscard]] std::string_view text() const { return std::string_view(bytes).substr(0, size); }
  std::string bytes;
  std::size_t size;
};

std::string decompressed(const SymbolTable& table, std::string_view code) {
  std::string text(8 * code.size() + 8, '\0');
  const char* from = code.data();
  const char* const end = decompress(table, from, from + code.size(), text.data(), everything);
  CHECK(from == code.data() + code.size());
  text.resize(static_cast<std::size_t>(end - text.data()));
  return text;
}

void check_round_trips(const Compressor& compressor, const std::vector<Padded>& texts) {
  for (const Padded& padded : texts) {
    std::string code = "before";
    compressor.compress(padded.text(), code);
    code.erase(0, 6);
    REQUIRE(code.size() <= 2 * padded.size);
    REQUIRE(decompressed(compressor.table(), code) == padded.text());
  }
}

std::vector<Padded> random_texts(std::size_t count, unsigned letters, std::size_t most) {
  std::mt19937_64 random(letters);
  std::vector<Padded> texts;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text(random() % most, '\0');
    for (char& byte : text) byte = static_cast<char>(letters > 255 ? random() : '\0' + random() % letters);
    texts.emplace_back(text);
  }
  return texts;
}

Compressor trained(const std::vector<Padded>& texts) {
  std::vector<std::string_view> sample;
  for (const Padded& padded : texts) sample.push_back(padded.text());
  return Compressor(sample);
}

TEST_CASE("compressed text comes back, whatever the symbols were made for") {
  for (const unsigned letters : {1U, 2U, 3U, 10U, 36U, 255U, 256U}) {
    const std::vector<Padded> texts = random_texts(1000, letters, 100);
    const Compressor compressor = trained(texts);
    check_round_trips(compressor, texts);
    check_round_trips(compressor, random_texts(300, 256, 700));
  }
  const Compressor untrained = trained({});
  check_round_trips(untrained, random_texts(100, 256, 50));
}

TEST_CASE("text like the sample becomes shorter") {
  std::vector<Padded> texts;
  for (unsigned i = 0; i < 500; ++i) texts.emplace_back("Une création pour deux danseurs, saison " + std::to_string(i));
  const Compressor compressor = trained(texts);
  std::string code;
  compressor.compress(texts[7].text(), code);
  CHECK(code.size() * 4 < texts[7].size);
}

TEST_CASE("text is decompressed in parts") {
  const std::vector<Padded> texts = random_texts(300, 4, 200);
  const Compressor compressor = trained(texts);
  for (const Padded& padded : texts) {
    std::string code;
    compressor.compress(padded.text(), code);
    for (std::size_t enough = 0; enough <= padded.size; enough += 5) {
      std::string part(enough + 8, '\0');
      const char* from = code.data();
      const char* const end = decompress(compressor.table(), from, from + code.size(), part.data(), enough);
      const auto size = static_cast<std::size_t>(end - part.data());
      REQUIRE(size >= enough);
      REQUIRE(padded.text().substr(0, size) == std::string_view(part).substr(0, size));
      const std::string_view rest(from, code.size() - static_cast<std::size_t>(from - code.data()));
      REQUIRE(decompressed(compressor.table(), rest) == padded.text().substr(size));
    }
  }
}

TEST_CASE("any bytes decompress within their bounds") {
  std::mt19937_64 random(1);
  SymbolTable table;
  for (std::size_t i = 0; i < 256; ++i) {
    table.last[i] = static_cast<std::uint8_t>(random());
    for (char& byte : table.bytes[i]) byte = static_cast<char>(random());
  }
  for (const Padded& padded : random_texts(2000, 256, 60)) {
    std::string text(8 * padded.size + 8, '\0');
    const char* from = padded.text().data();
    const char* const end = decompress(table, from, from + padded.size, text.data(), everything);
    REQUIRE(static_cast<std::size_t>(end - text.data()) <= 8 * padded.size);
  }
}

}  // namespace

}  // namespace scenograph::store::internal::vocabulary
