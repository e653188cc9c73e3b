#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

// Numbers of 0 to 64 bits, one after the other, lowest bit first. Groups of eight numbers of w bits fill w bytes.

namespace scenograph::store::internal {

/// Bytes that must be readable past the last packed number.
inline constexpr std::size_t packing_slack = 16;

[[nodiscard]] constexpr std::size_t packed_bytes(std::size_t count, unsigned width) { return (count * width + 7) / 8; }

[[nodiscard]] constexpr std::uint64_t low_bits(unsigned width) {
  return width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

[[nodiscard]] constexpr unsigned bits_of(std::uint64_t number) {
  return number == 0 ? 0 : 64 - static_cast<unsigned>(__builtin_clzll(number));
}

[[nodiscard]] inline std::uint64_t load_number(const std::byte* bytes) {
  std::uint64_t number;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

inline void store_number(std::byte* bytes, std::uint64_t number) { std::memcpy(bytes, &number, sizeof number); }

/// The number at `index`.
[[nodiscard]] inline std::uint64_t packed_at(const std::byte* bytes, unsigned width, std::size_t index) {
  const std::size_t bit = index * width;
  const std::byte* const at = bytes + bit / 8;
  const unsigned shift = bit % 8;
  std::uint64_t number = load_number(at) >> shift;
  if (shift + width > 64) number |= load_number(at + 8) << (64 - shift);
  return number & low_bits(width);
}

/// Packs `count` numbers, none of more than `width` bits. Writes up to `packing_slack` bytes past the last one.
void pack(const std::uint64_t* numbers, std::size_t count, unsigned width, std::byte* out);

/// Writes the numbers from `first` on, each plus `base`. Reads up to `packing_slack` bytes past the last one.
void unpack(const std::byte* bytes, unsigned width, std::size_t first, std::size_t count, std::uint64_t base,
            std::uint64_t* out);

}  // namespace scenograph::store::internal
