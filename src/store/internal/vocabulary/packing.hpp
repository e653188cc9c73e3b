#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

// Texts of few letters, such as the random ends of identifiers, as digits of a fraction: up to 8 bytes hold as many
// digits as fit (12 of 36 letters), fewer digits take as many bytes as they need. The first letter is the highest
// digit.

namespace scenograph::store::internal::vocabulary {

inline constexpr std::size_t most_letters = 64;

/// What is read beyond packed text, without influence.
inline constexpr std::size_t packing_padding = 8;

/// How many bytes so many digits take, for one number of letters.
struct PackedSizes {
  std::size_t most_digits = 0;              ///< in 8 bytes
  std::array<std::uint8_t, 65> bytes = {};  ///< of up to most_digits digits
};

namespace detail {

__extension__ using Wide = unsigned __int128;

constexpr std::array<PackedSizes, most_letters + 1> packed_sizes() {
  std::array<PackedSizes, most_letters + 1> sizes;
  for (std::size_t letters = 2; letters <= most_letters; ++letters) {
    Wide values = 1;
    for (std::size_t digits = 0; values <= Wide{1} << 64U; ++digits, values *= letters) {
      std::uint8_t bytes = 0;
      while (Wide{1} << (8U * bytes) < values) ++bytes;
      sizes[letters].bytes[digits] = bytes;
      sizes[letters].most_digits = digits;
    }
  }
  return sizes;
}

}  // namespace detail

inline constexpr std::array<PackedSizes, most_letters + 1> packed_sizes = detail::packed_sizes();

/// REQUIRES: 2 <= letters <= most_letters.
[[nodiscard]] inline std::uint64_t packed_bytes(std::size_t letters, std::uint64_t length) {
  const PackedSizes& sizes = packed_sizes[letters];
  return length / sizes.most_digits * 8 + sizes.bytes[length % sizes.most_digits];
}

class Packer {
 public:
  /// REQUIRES: 2 to most_letters letters.
  explicit Packer(std::string_view letters);

  /// Appends the packed text. REQUIRES: all its bytes are among the letters.
  void pack(std::string_view text, std::string& out) const;

 private:
  std::size_t letters_;
  std::array<std::uint8_t, 256> digit_of_{};
};

/// Unpacks up to 8 bytes, `digits` letters. REQUIRES: digits <= most_digits; packing_padding bytes after the text.
inline void unpack_word(std::string_view letters, const char* from, std::size_t digits, char* out) {
  if (digits == 0) return;
  const unsigned bytes = packed_sizes[letters.size()].bytes[digits];
  std::uint64_t fraction = 0;
  std::memcpy(&fraction, from, sizeof fraction);
  fraction <<= 64U - 8U * bytes;
  for (std::size_t i = 0; i < digits; ++i) {
    const detail::Wide product = detail::Wide{fraction} * letters.size();
    out[i] = letters[static_cast<std::size_t>(product >> 64U)];
    fraction = static_cast<std::uint64_t>(product);
  }
}

}  // namespace scenograph::store::internal::vocabulary
