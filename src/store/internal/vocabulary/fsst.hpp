#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

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

}  // namespace scenograph::store::internal::vocabulary
