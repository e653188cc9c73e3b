#pragma once

#include <algorithm>
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

/// Reads packed text letter by letter.
class Unpacker {
 public:
  /// @param length  of the text. REQUIRES: as Packer; packing_padding readable bytes after the packed text.
  Unpacker(std::string_view letters, const char* from, std::uint64_t length)
      : letters_(letters), from_(from), left_(length) {}

  /// The next letters: `most`, or fewer at the end. @return how many.
  std::size_t read(char* out, std::size_t most) {
    std::size_t size = 0;
    while (size < most && left_ != 0) {
      if (word_ == 0) next_word();
      const std::size_t digits = std::min(word_, most - size);
      for (std::size_t i = 0; i < digits; ++i) {
        const detail::Wide product = detail::Wide{fraction_} * letters_.size();
        out[size + i] = letters_[static_cast<std::size_t>(product >> 64U)];
        fraction_ = static_cast<std::uint64_t>(product);
      }
      size += digits;
      word_ -= digits;
      left_ -= digits;
    }
    return size;
  }

 private:
  void next_word() {
    const PackedSizes& sizes = packed_sizes[letters_.size()];
    word_ = std::min<std::uint64_t>(left_, sizes.most_digits);
    std::memcpy(&fraction_, from_, sizeof fraction_);
    fraction_ <<= 64U - 8U * sizes.bytes[word_];
    from_ += sizeof fraction_;
  }

  std::string_view letters_;
  const char* from_;
  std::uint64_t left_;
  std::size_t word_ = 0;  ///< letters left of the current 8 bytes
  std::uint64_t fraction_ = 0;
};

}  // namespace scenograph::store::internal::vocabulary
