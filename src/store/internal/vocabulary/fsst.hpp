#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Text compressed by a static table of up to 255 symbols of 1 to 8 bytes: each byte of compressed text is a symbol, or
// an escape that one plain byte follows. Any part of the text can be read on its own.
//
// Source: P. Boncz, T. Neumann, V. Leis: FSST: Fast Random Access String Compression. PVLDB 13 (2020).

namespace scenograph::store::internal::vocabulary {

/// What decompression needs, as it lies in files.
struct SymbolTable {
  std::array<std::uint8_t, 256> last;                   ///< a symbol's length - 1; other bits than the lowest 3 are 0
  std::array<std::array<char, 8>, 256> bytes;           ///< filled up with 0
  static constexpr unsigned char escape = 255;          ///< the next byte stands for itself
  static constexpr std::size_t most_bytes_of_code = 8;  ///< that one byte of compressed text stands for
};
static_assert(sizeof(SymbolTable) == 2304 && alignof(SymbolTable) == 1);

/// Decompresses from `from`, which moves on, until `end` or until at least `enough` bytes are out.
///
/// REQUIRES: room for min(enough, 8 * (end - from)) + 8 bytes at `out`.
/// @return  the end of what was written; bytes after it may be overwritten as well. An escape without its byte is left.
[[nodiscard]] inline char* decompress(const SymbolTable& table, const char*& from, const char* end, char* out,
                                      std::size_t enough) {
  const char* const begin = out;
  while (from != end && static_cast<std::size_t>(out - begin) < enough) {
    const auto code = static_cast<unsigned char>(*from);
    if (code == SymbolTable::escape) [[unlikely]] {
      if (end - from < 2) break;
      *out++ = from[1];
      from += 2;
      continue;
    }
    std::memcpy(out, table.bytes[code].data(), sizeof table.bytes[code]);
    out += (table.last[code] & 7U) + 1;
    ++from;
  }
  return out;
}

/// Compresses text with one symbol table. Its methods may be called from several threads at once.
class Compressor {
 public:
  /// The bytes after a text that must be readable; they have no influence.
  static constexpr std::size_t padding = 8;

  /// Finds symbols that suit texts like those of `sample`. REQUIRES: `padding` bytes after each text.
  /// Cost: some 100 ns for each byte of the sample.
  explicit Compressor(std::span<const std::string_view> sample);

  [[nodiscard]] const SymbolTable& table() const { return table_; }

  /// Appends the compressed text: at most 2 * text.size() bytes. REQUIRES: `padding` bytes after the text.
  void compress(std::string_view text, std::string& out) const;

 private:
  struct Symbol {
    std::uint64_t bytes = 0;  ///< the first one is the lowest; filled up with 0
    std::uint64_t size = 0;

    [[nodiscard]] std::uint64_t mask() const { return ~std::uint64_t{0} >> (64 - 8 * size); }
  };

  /// A symbol of 3 bytes or more, as matching wants it.
  struct LongSymbol {
    std::uint64_t bytes = 0;
    std::uint64_t mask = 0;
    std::uint8_t size = 0;
    std::uint8_t code = 0;
  };

  /// What the next bytes of a text are coded as.
  struct Match {
    unsigned code = SymbolTable::escape;
    std::size_t size = 1;
  };

  struct Counts;

  static constexpr unsigned hash_bits = 10;
  [[nodiscard]] static std::size_t hash_of(std::uint64_t word) {
    return static_cast<std::size_t>(((word & 0xFFFFFFU) * 0x9E37'79B9'7F4A'7C15U) >> (64 - hash_bits));
  }

  /// The longest symbol that the next bytes start with. @param left  bytes of the text, 1 or more.
  [[nodiscard]] Match match(const char* text, std::size_t left) const;

  void count(std::span<const std::string_view> sample, Counts& counts) const;
  [[nodiscard]] std::vector<Symbol> best_symbols(const Counts& counts) const;
  void use(const std::vector<Symbol>& symbols);

  SymbolTable table_{};
  std::vector<Symbol> symbols_;
  std::vector<LongSymbol> long_symbols_;                                         ///< by hash, the longer first
  std::array<std::uint8_t, (std::size_t{1} << hash_bits) + 1> first_of_hash_{};  ///< in long_symbols_
  std::vector<std::uint16_t> short_;                                             ///< for two bytes: code, and size << 8
  std::array<std::uint16_t, 256> single_{};                                      ///< for one byte, likewise
};

}  // namespace scenograph::store::internal::vocabulary
