#include "store/internal/segment/bit_packing.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace scenograph::store::internal {

namespace {

// One function a width: the places of all bits are then known to the compiler and no loop step branches.

template <unsigned width, std::size_t index>
inline void unpack_one(const std::byte* bytes, std::uint64_t base, std::uint64_t* out) {
  constexpr std::size_t byte = index * width / 8;
  constexpr unsigned shift = index * width % 8;
  std::uint64_t number = load_number(bytes + byte) >> shift;
  if constexpr (shift + width > 64) number |= load_number(bytes + byte + 8) << (64 - shift);
  out[index] = base + (number & low_bits(width));
}

template <unsigned width, std::size_t... index>
inline void unpack_eight(const std::byte* bytes, std::uint64_t base, std::uint64_t* out,
                         std::index_sequence<index...> /*places*/) {
  (unpack_one<width, index>(bytes, base, out), ...);
}

template <unsigned width>
void unpack_groups(const std::byte* bytes, std::size_t groups, std::uint64_t base, std::uint64_t* out) {
  for (std::size_t group = 0; group < groups; ++group) {
    unpack_eight<width>(bytes + group * width, base, out + group * 8, std::make_index_sequence<8>());
  }
}

template <unsigned width, std::size_t index>
inline void pack_one(const std::uint64_t* numbers, std::uint64_t& word, std::byte* out) {
  constexpr std::size_t bit = index * width;
  constexpr unsigned shift = bit % 64;
  if constexpr (width > 0) {
    word |= numbers[index] << shift;
    if constexpr (shift + width >= 64) {
      store_number(out + bit / 64 * 8, word);
      word = 0;
      if constexpr (shift + width > 64) word = numbers[index] >> (64 - shift);
    }
  }
}

template <unsigned width, std::size_t... index>
inline void pack_eight(const std::uint64_t* numbers, std::byte* out, std::index_sequence<index...> /*places*/) {
  std::uint64_t word = 0;
  (pack_one<width, index>(numbers, word, out), ...);
  if constexpr (width % 8 != 0) store_number(out + width / 8 * 8, word);
}

template <unsigned width>
void pack_groups(const std::uint64_t* numbers, std::size_t groups, std::byte* out) {
  for (std::size_t group = 0; group < groups; ++group) {
    pack_eight<width>(numbers + group * 8, out + group * width, std::make_index_sequence<8>());
  }
}

using Unpacker = void (*)(const std::byte*, std::size_t, std::uint64_t, std::uint64_t*);
using Packer = void (*)(const std::uint64_t*, std::size_t, std::byte*);

template <std::size_t... width>
constexpr std::array<Unpacker, 65> make_unpackers(std::index_sequence<width...> /*widths*/) {
  return {&unpack_groups<width>...};
}

template <std::size_t... width>
constexpr std::array<Packer, 65> make_packers(std::index_sequence<width...> /*widths*/) {
  return {&pack_groups<width>...};
}

constexpr std::array<Unpacker, 65> unpackers = make_unpackers(std::make_index_sequence<65>());
constexpr std::array<Packer, 65> packers = make_packers(std::make_index_sequence<65>());

}  // namespace

void pack(const std::uint64_t* numbers, std::size_t count, unsigned width, std::byte* out) {
  const std::size_t groups = count / 8;
  packers[width](numbers, groups, out);
  const std::size_t left = count % 8;
  if (left == 0) return;
  std::array<std::uint64_t, 8> last{};
  std::copy_n(numbers + groups * 8, left, last.begin());
  std::array<std::byte, 72> packed;
  packers[width](last.data(), 1, packed.data());
  std::copy_n(packed.begin(), packed_bytes(left, width), out + groups * width);
}

void unpack(const std::byte* bytes, unsigned width, std::size_t first, std::size_t count, std::uint64_t base,
            std::uint64_t* out) {
  while (count > 0 && first % 8 != 0) {
    *out++ = base + packed_at(bytes, width, first++);
    --count;
  }
  const std::size_t groups = count / 8;
  unpackers[width](bytes + first / 8 * width, groups, base, out);
  for (std::size_t done = groups * 8; done < count; ++done) out[done] = base + packed_at(bytes, width, first + done);
}

}  // namespace scenograph::store::internal
