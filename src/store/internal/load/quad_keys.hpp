#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include "store/internal/keys.hpp"
#include "store/internal/load/pages.hpp"

// Quads of a load as single numbers: the indexes of their ids in their columns side by side, as narrow as the load
// allows. They sort as quads do, and 64 bits are enough for most loads.

namespace scenograph::store::internal {

__extension__ using WideKey = unsigned __int128;

/// Where the members of a quad lie in a key that sorts in some order.
struct KeyLayout {
  std::array<unsigned, 4> shifts{};  ///< by position: S, P, O, G
  std::array<unsigned, 4> bits{};

  static KeyLayout make(Order order, const std::array<unsigned, 4>& bits) {
    KeyLayout layout{{}, bits};
    unsigned shift = 0;
    for (std::size_t place = 4; place > 0; --place) {
      const auto position = static_cast<std::size_t>(places_of(order)[place - 1]);
      layout.shifts[position] = shift;
      shift += bits[position];
    }
    return layout;
  }

  [[nodiscard]] unsigned total_bits() const { return bits[0] + bits[1] + bits[2] + bits[3]; }

  template <typename Key>
  [[nodiscard]] Key pack(const std::array<std::uint32_t, 4>& indexes) const {
    Key key = 0;
    for (std::size_t i = 0; i < 4; ++i) key |= static_cast<Key>(indexes[i]) << shifts[i];
    return key;
  }

  template <typename Key>
  [[nodiscard]] std::uint32_t index(Key key, std::size_t position) const {
    return static_cast<std::uint32_t>((key >> shifts[position]) & ((Key{1} << bits[position]) - 1));
  }

  template <typename Key>
  [[nodiscard]] std::array<std::uint32_t, 4> unpack(Key key) const {
    return {index(key, 0), index(key, 1), index(key, 2), index(key, 3)};
  }
};

/// Sorts keys by some of their bits and leaves keys equal in those in the order they were: from one sorted order the
/// others follow by few such passes.
///
/// Source: Knuth, The Art of Computer Programming, volume 3, section 5.2.5 (radix sorting, least significant first).
template <typename Key>
class StableSorter {
 public:
  /// @param source  also the result of the call before, which is overwritten then.
  /// @param check   called before each pass; may throw.
  /// @return        the sorted keys, valid until the next call; `source` itself if there is nothing to sort by.
  template <typename Check>
  [[nodiscard]] std::span<const Key> sort(std::span<const Key> source, unsigned shift, unsigned bits,
                                          const Check& check) {
    const unsigned passes = (bits + digit_bits - 1) / digit_bits;
    if (passes == 0 || source.empty()) return source;
    const unsigned width = (bits + passes - 1) / passes;
    for (unsigned pass = 0; pass < passes; ++pass) {
      check();
      const unsigned from = pass * width;
      source = scatter(source, shift + from, std::min(width, bits - from));
    }
    return source;
  }

 private:
  static constexpr unsigned digit_bits = 11;

  std::span<const Key> scatter(std::span<const Key> source, unsigned shift, unsigned bits) {
    const std::size_t mask = (std::size_t{1} << bits) - 1;
    std::array<std::size_t, std::size_t{1} << digit_bits> ends{};
    for (const Key key : source) ++ends[static_cast<std::size_t>(key >> shift) & mask];
    std::size_t begin = 0;
    for (std::size_t& end : ends) begin += std::exchange(end, begin);
    PageArray<Key>& target = source.data() == buffers_[0].data() ? buffers_[1] : buffers_[0];
    target.resize(source.size());
    Key* out = target.data();
    for (const Key key : source) out[ends[static_cast<std::size_t>(key >> shift) & mask]++] = key;
    return target.span();
  }

  std::array<PageArray<Key>, 2> buffers_;
};

}  // namespace scenograph::store::internal
