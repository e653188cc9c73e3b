#include "store/internal/vocabulary/fsst.hpp"

#include <algorithm>
#include <vector>

#include "fuzz/fuzz.hpp"

// Decompresses by hostile tables, and compresses hostile texts, which must come back.

namespace {

namespace vocabulary = scenograph::store::internal::vocabulary;
using scenograph::fuzz::require;
using vocabulary::SymbolTable;

/// @param enough  bytes to stop at.
std::string decompress(const SymbolTable& table, std::string_view code, std::size_t enough) {
  const std::size_t room = std::min(enough, SymbolTable::most_bytes_of_code * code.size());
  std::string out(room + SymbolTable::most_bytes_of_code, '\0');
  out.shrink_to_fit();
  const char* from = code.data();
  char* const end = vocabulary::decompress(table, from, code.data() + code.size(), out.data(), enough);
  require(from <= code.data() + code.size());
  out.resize(static_cast<std::size_t>(end - out.data()));
  return out;
}

void decompress_by_any_table(std::string_view bytes) {
  SymbolTable table{};
  for (std::size_t i = 0; i < table.last.size() && !bytes.empty(); ++i) {
    table.last[i] = static_cast<std::uint8_t>(bytes[i % bytes.size()]);
    table.bytes[i].fill(bytes[i * 3 % bytes.size()]);
  }
  const std::string whole = decompress(table, bytes, ~std::size_t{0});
  for (const std::size_t enough : {std::size_t{0}, std::size_t{1}, whole.size() / 2}) {
    require(whole.starts_with(decompress(table, bytes, enough)));
  }
}

void compress_and_back(scenograph::fuzz::Input input) {
  std::vector<std::string> texts;
  while (!input.empty()) texts.emplace_back(input.until("\n"));
  std::vector<std::string> padded;
  for (const std::string& text : texts) padded.push_back(text + std::string(vocabulary::Compressor::padding, '\0'));
  std::vector<std::string_view> views;
  for (std::size_t i = 0; i < texts.size(); ++i)
    views.push_back(std::string_view(padded[i]).substr(0, texts[i].size()));
  const vocabulary::Compressor compressor(views);
  for (const std::string_view text : views) {
    std::string code;
    compressor.compress(text, code);
    require(code.size() <= 2 * text.size());
    require(decompress(compressor.table(), code, ~std::size_t{0}) == text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  scenograph::fuzz::Input input(data, size);
  if (input.byte() % 2 == 0) {
    decompress_by_any_table(input.rest());
  } else {
    compress_and_back(input);
  }
  return 0;
}
