#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "store/internal/vocabulary/fsst.hpp"
#include "store/internal/vocabulary/packing.hpp"

namespace scenograph::store::internal::vocabulary {

/// How a group stores text: packed if it has letters, else by symbols if it has a table, else as it is.
struct Codec {
  const SymbolTable* table = nullptr;
  std::string_view letters;

  /// A stored length counts letters of packed text, and bytes of code else.
  [[nodiscard]] std::uint64_t code_bytes(std::uint64_t length) const {
    return letters.empty() ? length : packed_bytes(letters.size(), length);
  }

  [[nodiscard]] std::uint64_t most_text(std::uint64_t length) const {
    return letters.empty() ? SymbolTable::most_bytes_of_code * length : length;
  }
};

/// Bytes after a text that is decoded that may be overwritten.
inline constexpr std::size_t output_padding = 2 * SymbolTable::most_bytes_of_code;

/// One text, decoded part by part.
class TextReader {
 public:
  /// @param length  as stored. REQUIRES: packing_padding readable bytes after the code.
  TextReader(const Codec& codec, const char* code, std::uint64_t length)
      : codec_(codec), at_(code), left_(length), unpacker_(codec.letters, code, length) {}

  /// Decodes to `out` until the text ends or at least `enough` bytes are out.
  ///
  /// REQUIRES: room for min(enough, most_text) + output_padding bytes.
  /// @return  how many; less than `enough` only at the end.
  [[nodiscard]] std::size_t read(char* out, std::size_t enough) {
    if (!codec_.letters.empty()) return unpacker_.read(out, enough);
    if (codec_.table != nullptr) {
      const char* const begin = at_;
      const std::size_t size = static_cast<std::size_t>(decompress(*codec_.table, at_, at_ + left_, out, enough) - out);
      left_ -= static_cast<std::uint64_t>(at_ - begin);
      return size;
    }
    const std::size_t size = std::min<std::uint64_t>(left_, enough);
    std::memcpy(out, at_, size);
    at_ += size;
    left_ -= size;
    return size;
  }

 private:
  const Codec& codec_;
  const char* at_;
  std::uint64_t left_;
  Unpacker unpacker_;
};

}  // namespace scenograph::store::internal::vocabulary
